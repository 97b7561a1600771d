package proxima.gp;

/// A prediction at one point and how it changes with the point. Immutable.
public final class Gradient {

  private final Normal value;
  private final double[] mean;
  private final double[] sd;

  Gradient(Normal value, double[] mean, double[] sd) {
    this.value = value;
    this.mean = mean;
    this.sd = sd;
  }

  /// Mean and sd at the point.
  public Normal value() {
    return value;
  }

  /// d mean / d x, one entry a coordinate of the unit cube; a copy.
  public double[] mean() {
    return mean.clone();
  }

  /// d sd / d x, one entry a coordinate of the unit cube; a copy.
  public double[] sd() {
    return sd.clone();
  }
}
