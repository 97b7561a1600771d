package proxima.space;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The part inside the cube of an ellipsoid {c + F z : |z| <= 1}. Immutable; equal where centre and factor are.
public final class Ellipsoid implements Region {

  // 10^6: an acceptance of 1e-6 would make a sample slow; the centre lies in the cube, so that only long thin ellipsoids come near it.
  private static final int TRIES = 1_000_000;

  private final Point centre;
  private final double[][] factor;

  private Ellipsoid(Point centre, double[][] factor) {
    this.centre = centre;
    this.factor = factor;
  }

  /// The ellipsoid of a centre c and a lower triangular factor F: the points with (x - c)^T (F F^T)^-1 (x - c) <= 1.
  ///
  /// @param factor d x d, positive on the diagonal; what stands above the diagonal is ignored
  public static Ellipsoid of(Point centre, double[][] factor) {
    int d = centre.dimension();
    double[][] lower = new double[d][d];
    if (factor.length != d) {
      throw new IllegalArgumentException("an ellipsoid in " + d + " dimensions needs a factor of " + d + " rows, got " + factor.length);
    }
    for (int i = 0; i < d; i++) {
      System.arraycopy(factor[i], 0, lower[i], 0, i + 1);
      if (!(lower[i][i] > 0) || !Arrays.stream(lower[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("row " + i + " of an ellipsoid's factor must be finite and positive on the diagonal, got " + Arrays.toString(lower[i]));
      }
    }
    return new Ellipsoid(centre, lower);
  }

  /// The ball of a radius.
  public static Ellipsoid ball(Point centre, double radius) {
    int d = centre.dimension();
    double[][] factor = new double[d][d];
    for (int i = 0; i < d; i++) {
      factor[i][i] = radius;
    }
    return of(centre, factor);
  }

  public Point centre() {
    return centre;
  }

  /// A copy of F: d x d, lower triangular.
  public double[][] factor() {
    return Arrays.stream(factor).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public int dimension() {
    return centre.dimension();
  }

  @Override
  public boolean contains(Point x) {
    return norm(x) <= 1;
  }

  /// |F^-1 (x - c)|: 0 at the centre, 1 on the border.
  public double norm(Point x) {
    check(x, dimension());
    double[] z = new double[dimension()];
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double rest = x.get(i) - centre.get(i);
      for (int j = 0; j < i; j++) {
        rest -= factor[i][j] * z[j];
      }
      z[i] = rest / factor[i][i];
      sum += z[i] * z[i];
    }
    return Math.sqrt(sum);
  }

  /// By rejection: uniform in the ellipsoid until a point lies in the cube.
  /// @throws IllegalStateException if a million points lie outside.
  @Override
  public Point sample(RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double[] x = uniform(random);
      if (Arrays.stream(x).allMatch(v -> v >= 0 && v <= 1)) {
        return Point.of(x);
      }
    }
    throw new IllegalStateException("of " + TRIES + " points of the ellipsoid around " + centre + " none lies in the cube; make it smaller");
  }

  /// c + F z, z = r g / |g| with g normal and r^d uniform (Muller 1959).
  private double[] uniform(RandomGenerator random) {
    int d = dimension();
    double[] z = new double[d];
    double square = 0;
    for (int i = 0; i < d; i++) {
      z[i] = random.nextGaussian();
      square += z[i] * z[i];
    }
    double scale = Math.pow(random.nextDouble(), 1.0 / d) / Math.sqrt(square);
    double[] x = centre.toArray();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        x[i] += factor[i][j] * z[j] * scale;
      }
    }
    return x;
  }

  /// log V_d + log det F, where V_d = pi^(d/2) / Gamma(d/2 + 1) is the unit ball's volume.
  @Override
  public double logVolume() {
    int d = dimension();
    double sum = 0;
    // V_d = V_(d-2) 2 pi / d, from V_0 = 1 and V_1 = 2.
    for (int k = d; k > 1; k -= 2) {
      sum += Math.log(2 * Math.PI / k);
    }
    if (d % 2 == 1) {
      sum += Math.log(2);
    }
    for (int i = 0; i < d; i++) {
      sum += Math.log(factor[i][i]);
    }
    return sum;
  }

  /// The point at the border on the way from `x` to the centre, which stays in the cube; `x` itself where it lies inside.
  @Override
  public Point clip(Point x) {
    double norm = norm(x);
    if (norm <= 1) {
      return x;
    }
    double[] clipped = centre.toArray();
    // 1 - 1e-12: rounding does not leave the point outside.
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] += (x.get(i) - clipped[i]) / norm * (1 - 1e-12);
    }
    return Point.clip(clipped);
  }

  static void check(Point x, int d) {
    if (x.dimension() != d) {
      throw new IllegalArgumentException("the region has " + d + " dimensions, the point " + x.dimension());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ellipsoid e && centre.equals(e.centre) && Arrays.deepEquals(factor, e.factor);
  }

  @Override
  public int hashCode() {
    return 31 * centre.hashCode() + Arrays.deepHashCode(factor);
  }

  @Override
  public String toString() {
    return "Ellipsoid around " + centre;
  }
}
