package proxima.space;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The part inside a box, by default the cube, of an ellipsoid {c + F z : |z| <= 1}. Immutable; equal where centre, factor and box are.
public final class Ellipsoid implements Region {

  // Where fewer than one in 10^4 points of either kind lies in both, a walk is faster than rejection.
  private static final int TRIES = 10_000;

  // Chords walked for each dimension: after some d of them the start is forgotten, as F makes the ellipsoid round.
  private static final int CHORDS = 50;

  private final Point centre;
  private final double[][] factor;
  private final Box box;

  private Ellipsoid(Point centre, double[][] factor, Box box) {
    this.centre = centre;
    this.factor = factor;
    this.box = box;
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
    return new Ellipsoid(centre, lower, Box.cube(d));
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

  /// The part of the ellipsoid inside another box.
  /// @throws IllegalArgumentException if the centre lies outside.
  public Ellipsoid within(Box other) {
    if (!other.contains(centre)) {
      throw new IllegalArgumentException("an ellipsoid's box contains its centre, got " + other + " and " + centre);
    }
    return new Ellipsoid(centre, factor, other);
  }

  public Point centre() {
    return centre;
  }

  /// A copy of F: d x d, lower triangular.
  public double[][] factor() {
    return Arrays.stream(factor).map(double[]::clone).toArray(double[][]::new);
  }

  /// The box that cuts it.
  public Box box() {
    return box;
  }

  @Override
  public int dimension() {
    return centre.dimension();
  }

  @Override
  public boolean contains(Point x) {
    return norm(x) <= 1 && box.contains(x);
  }

  /// |F^-1 (x - c)|: 0 at the centre, 1 on the border.
  public double norm(Point x) {
    check(x, dimension());
    return length(solve(minus(x.toArray())));
  }

  /// In coordinate i the ellipsoid reaches from c as far as F's row i is long.
  @Override
  public Box bounds() {
    double[] low = new double[dimension()];
    double[] high = new double[dimension()];
    for (int i = 0; i < low.length; i++) {
      double reach = length(factor[i]);
      low[i] = Math.max(box.low().get(i), centre.get(i) - reach);
      high[i] = Math.min(box.high().get(i), centre.get(i) + reach);
    }
    return new Box(Point.of(low), Point.of(high));
  }

  /// By rejection: the first that lies in both, of points uniform in the ellipsoid and points uniform in its bounds in turn, is uniform in both. Where
  /// both kinds are rejected throughout, which takes many dimensions, the end of a walk over random chords (hit-and-run: Smith 1984).
  @Override
  public Point sample(RandomGenerator random) {
    Box bounds = bounds();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double[] x = uniform(random);
      if (box.contains(x)) {
        return Point.of(x);
      }
      Point y = bounds.sample(random);
      if (norm(y) <= 1) {
        return y;
      }
    }
    return walk(random);
  }

  /// Whether a point drawn uniformly from the whole ellipsoid lies in the box: how often it does is the share of the volume there.
  public boolean drawLiesInBox(RandomGenerator random) {
    return box.contains(uniform(random));
  }

  /// c + F z, z = r g / |g| with g normal and r^d uniform (Muller 1959).
  private double[] uniform(RandomGenerator random) {
    double[] z = normal(random);
    double scale = Math.pow(random.nextDouble(), 1.0 / dimension()) / length(z);
    double[] x = times(z);
    for (int i = 0; i < x.length; i++) {
      x[i] = centre.get(i) + scale * x[i];
    }
    return x;
  }

  private Point walk(RandomGenerator random) {
    double[] x = centre.toArray();
    for (int chord = 0; chord < CHORDS * dimension(); chord++) {
      double[] step = times(normal(random));
      for (int i = 0; i < step.length; i++) {
        step[i] = isFlat(i) ? 0 : step[i];
      }
      double[] z = solve(minus(x));
      double[] v = solve(step);
      // |z + t v| = 1.
      double a = dot(v, v);
      double b = dot(z, v);
      double root = Math.sqrt(Math.max(0, b * b - a * (dot(z, z) - 1)));
      double from = (-b - root) / a;
      double to = (-b + root) / a;
      for (int i = 0; i < x.length; i++) {
        if (isFlat(i)) {
          continue;
        }
        double one = (box.low().get(i) - x[i]) / step[i];
        double other = (box.high().get(i) - x[i]) / step[i];
        from = Math.max(from, Math.min(one, other));
        to = Math.min(to, Math.max(one, other));
      }
      double t = from < to ? from + random.nextDouble() * (to - from) : 0;
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.clamp(x[i] + t * step[i], box.low().get(i), box.high().get(i));
      }
    }
    return clip(Point.of(x));
  }

  /// Whether the box has one value alone of a coordinate.
  private boolean isFlat(int i) {
    return box.low().get(i) == box.high().get(i);
  }

  private double[] normal(RandomGenerator random) {
    double[] g = new double[dimension()];
    for (int i = 0; i < g.length; i++) {
      g[i] = random.nextGaussian();
    }
    return g;
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

  /// The point at the border on the way from the box's nearest point to the centre; `x` itself where it lies inside.
  @Override
  public Point clip(Point x) {
    Point inBox = box.clip(x);
    double norm = norm(inBox);
    if (norm <= 1) {
      return inBox;
    }
    double[] clipped = centre.toArray();
    // 1 - 1e-12: rounding does not leave the point outside.
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] += (inBox.get(i) - clipped[i]) / norm * (1 - 1e-12);
    }
    return box.clip(Point.clip(clipped));
  }

  /// x = c + (y - c) / n for y in the box, n = |F^-1 (y - c)| > 1, so that dx = dy / n - (y - c) (dn, dy) / n^2 with dn = F^-T F^-1 (y - c) / n.
  @Override
  public void pull(Point x, double[] slope) {
    Point y = box.clip(x);
    double[] from = minus(y.toArray());
    double[] z = solve(from);
    double n = length(z);
    if (n > 1) {
      double[] normal = solveTransposed(z);
      double along = dot(slope, from) / (n * n * n);
      for (int i = 0; i < slope.length; i++) {
        slope[i] = slope[i] / n - along * normal[i];
      }
    }
    box.pull(x, slope);
  }

  private double[] minus(double[] x) {
    double[] from = x.clone();
    for (int i = 0; i < from.length; i++) {
      from[i] -= centre.get(i);
    }
    return from;
  }

  /// F z.
  private double[] times(double[] z) {
    double[] x = new double[z.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= i; j++) {
        x[i] += factor[i][j] * z[j];
      }
    }
    return x;
  }

  /// F^-1 x.
  private double[] solve(double[] x) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      double rest = x[i];
      for (int j = 0; j < i; j++) {
        rest -= factor[i][j] * z[j];
      }
      z[i] = rest / factor[i][i];
    }
    return z;
  }

  /// F^-T z.
  private double[] solveTransposed(double[] z) {
    double[] x = z.clone();
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        x[j] -= factor[i][j] * x[i];
      }
    }
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  static void check(Point x, int d) {
    if (x.dimension() != d) {
      throw new IllegalArgumentException("the region has " + d + " dimensions, the point " + x.dimension());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ellipsoid e && centre.equals(e.centre) && box.equals(e.box) && Arrays.deepEquals(factor, e.factor);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * centre.hashCode() + box.hashCode()) + Arrays.deepHashCode(factor);
  }

  @Override
  public String toString() {
    return "Ellipsoid around " + centre;
  }
}
