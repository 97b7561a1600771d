package proxima.gp;

import java.util.Arrays;

/// What is observed of f: a value a point, some with a noise whose variance is known. The noise of all others has one variance u, which is fitted. Immutable.
public final class Targets {

  final double[] values; // never written
  private final double[] variances; // NaN where not known

  private Targets(double[] values, double[] variances) {
    this.values = values;
    this.variances = variances;
  }

  /// Of fitted noise.
  ///
  /// @param values finite
  public static Targets of(double[] values) {
    double[] unknown = new double[values.length];
    Arrays.fill(unknown, Double.NaN);
    return of(values, unknown);
  }

  /// @param values finite, of about unit variance unless the output scale is free
  /// @param variances one a value, of its noise, finite; NaN where it is not known; below the least noise that is fitted, 1e-4, they count as that
  public static Targets of(double[] values, double[] variances) {
    if (variances.length != values.length) {
      throw new IllegalArgumentException("each target has a variance, NaN where it is not known, got " + values.length + " targets and " + variances.length + " variances");
    }
    double[] floored = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("targets are finite, target " + i + " is " + values[i] + "; warp losses first");
      }
      if (variances[i] < 0 || variances[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("a variance of noise is finite and 0 or more, or NaN where it is not known, got " + variances[i]);
      }
      floored[i] = Math.max(variances[i], Prior.LEAST_NOISE);
    }
    return new Targets(values.clone(), floored);
  }

  /// Other values with the same noise, and some more, of fitted noise.
  ///
  /// @param longer finite, those of these targets first
  Targets retold(double[] longer) {
    double[] more = Arrays.copyOf(variances, longer.length);
    Arrays.fill(more, size(), longer.length, Double.NaN);
    return of(longer, more);
  }

  Targets only(int[] indices) {
    return new Targets(Arrays.stream(indices).mapToDouble(i -> values[i]).toArray(), Arrays.stream(indices).mapToDouble(i -> variances[i]).toArray());
  }

  /// One a point; a copy.
  public double[] values() {
    return values.clone();
  }

  public int size() {
    return values.length;
  }

  /// Whether the variance of the noise of any is known.
  public boolean isAnyKnown() {
    return Arrays.stream(variances).anyMatch(v -> v > 0);
  }

  boolean isKnown(int i) {
    return variances[i] > 0;
  }

  /// The variance of the noise of a target, where the fitted one is u.
  double noise(int i, double u) {
    return variances[i] > 0 ? variances[i] : u;
  }

  /// The median of their noise's variances, where the fitted one is u; u without targets.
  double medianNoise(double u) {
    double[] sorted = new double[size()];
    for (int i = 0; i < size(); i++) {
      sorted[i] = noise(i, u);
    }
    Arrays.sort(sorted);
    return sorted.length == 0 ? u : sorted[sorted.length / 2];
  }
}
