package proxima.space;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import proxima.linear.Blas;

/// A smooth function on the unit cube, a constant and a sum of Matern-5/2 kernels: f(x) = c + sum w_i k(|s (x - x_i)| / l), with a factor s for each coordinate.
/// Immutable; equal where all parts are.
public final class KernelSum {

  private static final double ROOT_FIVE = Math.sqrt(5);

  private final List<Point> centres;
  private final double[] weights;
  private final double lengthscale;
  private final double[] factors;
  private final double constant;
  private final double[] rows; // s (x_i - 1/2), n x d, so that squares are of small numbers
  private final double[] norms;

  /// @param centres x_i, one at least
  /// @param weights w_i
  /// @param lengthscale l, above 0
  /// @param factors s, 0 or more, one a coordinate
  public KernelSum(List<Point> centres, List<Double> weights, double lengthscale, List<Double> factors, double constant) {
    if (centres.isEmpty() || centres.size() != weights.size()) {
      throw new IllegalArgumentException("each of one or more centres has a weight, got " + centres.size() + " centres and " + weights.size() + " weights");
    }
    if (!(lengthscale > 0 && Double.isFinite(lengthscale))) {
      throw new IllegalArgumentException("a length scale is above 0, got " + lengthscale);
    }
    if (factors.size() != centres.getFirst().dimension() || !factors.stream().allMatch(s -> s >= 0 && Double.isFinite(s))) {
      throw new IllegalArgumentException("each of " + centres.getFirst().dimension() + " coordinates has a factor of 0 or more, got " + factors);
    }
    this.centres = List.copyOf(centres);
    this.weights = weights.stream().mapToDouble(Double::doubleValue).toArray();
    this.lengthscale = lengthscale;
    this.factors = factors.stream().mapToDouble(Double::doubleValue).toArray();
    this.constant = constant;
    this.rows = rows(centres, this.factors);
    this.norms = norms(rows, centres.size());
  }

  public List<Point> centres() {
    return centres;
  }

  public List<Double> weights() {
    return Arrays.stream(weights).boxed().toList();
  }

  public double lengthscale() {
    return lengthscale;
  }

  public List<Double> factors() {
    return Arrays.stream(factors).boxed().toList();
  }

  public double constant() {
    return constant;
  }

  public int dimension() {
    return centres.getFirst().dimension();
  }

  private static double[] rows(List<Point> points, double[] factors) {
    return points.stream().flatMapToDouble(p -> IntStream.range(0, factors.length).mapToDouble(j -> factors[j] * (p.get(j) - 0.5))).toArray();
  }

  private static double[] norms(double[] rows, int n) {
    int d = rows.length / n;
    return IntStream.range(0, n).mapToDouble(i -> Arrays.stream(rows, i * d, (i + 1) * d).map(v -> v * v).sum()).toArray();
  }

  /// k(|s (a_i - a_j)| / l) of all pairs of points, by rows.
  public static double[] kernel(List<Point> points, double lengthscale, List<Double> factors) {
    double[] x = rows(points, factors.stream().mapToDouble(Double::doubleValue).toArray());
    double[] norms = norms(x, points.size());
    return kernel(x, norms, x, norms, lengthscale);
  }

  private static double[] kernel(double[] a, double[] aNorms, double[] b, double[] bNorms, double lengthscale) {
    int n = aNorms.length;
    int m = bNorms.length;
    int d = a.length / n;
    double[] k = new double[n * m];
    Blas.gemm(false, true, n, m, d, -2, a, d, b, d, 0, k, m);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        int ij = i * m + j;
        double r = ROOT_FIVE / lengthscale * Math.sqrt(Math.max(0, k[ij] + aNorms[i] + bNorms[j]));
        k[ij] = (1 + r + r * r / 3) * Math.exp(-r);
      }
    }
    return k;
  }

  /// f at each point.
  public double[] at(List<Point> points) {
    if (points.isEmpty()) {
      return new double[0];
    }
    double[] x = rows(points, factors);
    double[] k = kernel(x, norms(x, points.size()), rows, norms, lengthscale);
    int n = weights.length;
    return IntStream.range(0, points.size()).mapToDouble(i -> constant + IntStream.range(0, n).mapToDouble(j -> k[i * n + j] * weights[j]).sum()).toArray();
  }

  public double at(Point x) {
    return at(x, new double[dimension()]);
  }

  /// f at x; its derivatives by the coordinates are added to `slope`. With r = sqrt 5 |s (x - x_i)| / l the derivative of k is -(5 / (3 l^2)) (1 + r) exp(-r) s^2 (x - x_i).
  public double at(Point x, double[] slope) {
    int d = slope.length;
    double sum = constant;
    for (int i = 0; i < weights.length; i++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        double difference = factors[j] * (x.get(j) - 0.5) - rows[i * d + j];
        square += difference * difference;
      }
      double r = ROOT_FIVE / lengthscale * Math.sqrt(square);
      double fall = weights[i] * Math.exp(-r);
      sum += fall * (1 + r + r * r / 3);
      double factor = -5 / (3 * lengthscale * lengthscale) * fall * (1 + r);
      for (int j = 0; j < d; j++) {
        slope[j] += factor * factors[j] * (factors[j] * (x.get(j) - 0.5) - rows[i * d + j]);
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KernelSum f && centres.equals(f.centres) && Arrays.equals(weights, f.weights) && lengthscale == f.lengthscale && Arrays.equals(factors, f.factors) && constant == f.constant;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * centres.hashCode() + Arrays.hashCode(weights)) + Arrays.hashCode(factors)) + Double.hashCode(lengthscale) + Double.hashCode(constant);
  }

  @Override
  public String toString() {
    return "sum of " + weights.length + " kernels of length scale " + lengthscale;
  }
}
