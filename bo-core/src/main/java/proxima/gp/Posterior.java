package proxima.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import proxima.linear.Blas;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;
import proxima.space.Point;

/// The distribution of f given targets. Immutable; conditioning gives a new one.
///
/// It may be of what f differs by from a known mean: `around` adds that mean to all predictions.
public final class Posterior {

  // Variances below this share of the prior's are rounding.
  private static final double SMALLEST = 1e-12;

  private final Covariance covariance;
  private final Inputs z;
  private final Targets y;
  private final Cholesky factor; // of K
  private final double c;
  private final double[] alpha;
  private final Mean mean;
  private final double[] offsets; // the known mean at the points

  private Posterior(Covariance covariance, Inputs z, Targets y, Cholesky factor, double c, double[] alpha, Mean mean, double[] offsets) {
    this.covariance = covariance;
    this.z = z;
    this.y = y;
    this.factor = factor;
    this.c = c;
    this.alpha = alpha;
    this.mean = mean;
    this.offsets = offsets;
  }

  /// @param factor of K, n x n
  static Posterior of(Covariance covariance, Inputs z, Targets y, Cholesky factor) {
    int n = z.n;
    double[] solved = Arrays.copyOf(y.values, 2 * n);
    Arrays.fill(solved, n, 2 * n, 1.0);
    factor.solveInPlace(solved, 2);
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < n; i++) {
      numerator += solved[i];
      denominator += solved[n + i];
    }
    double c = n == 0 ? 0 : numerator / denominator;
    double[] alpha = new double[n];
    for (int i = 0; i < n; i++) {
      alpha[i] = solved[i] - c * solved[n + i];
    }
    return new Posterior(covariance, z, y, factor, c, alpha, Mean.ZERO, new double[n]);
  }

  /// s k(r2) of every row of `a` with every row of `b`: a.n x b.n.
  static double[] covariances(Covariance covariance, Inputs a, Inputs b) {
    double[] k = a.squaredDistances(b);
    covariance.kernel().evaluate(k, 0, k.length, new double[k.length]);
    scale(covariance, k);
    return k;
  }

  private static void scale(Covariance covariance, double[] k) {
    if (covariance.outputScale() != 1) {
      for (int i = 0; i < k.length; i++) {
        k[i] *= covariance.outputScale();
      }
    }
  }

  /// The posterior of this f plus a known mean, where the targets told were those of f plus the mean less the mean. A mean that it had before is replaced.
  ///
  /// @param x the points told, in their order
  public Posterior around(Mean known, List<Point> x) {
    if (x.size() != y.size()) {
      throw new IllegalArgumentException("a mean is added at the " + y.size() + " points told, got " + x.size());
    }
    return new Posterior(covariance, z, y, factor, c, alpha, known, known.at(x));
  }

  /// The posterior given other targets at the points told, with the noise that they had, and targets of fitted noise at these points too, as when a warp has
  /// changed, in O(n^2) a point. Around no mean.
  ///
  /// @param targets of the points told, in their order, then of `x`
  public Posterior retold(List<Point> x, double[] targets) {
    if (!(y.size() + x.size() == targets.length && DoubleStream.of(targets).allMatch(Double::isFinite))) {
      throw new IllegalArgumentException(
          "each point has a finite target, got " + y.size() + " points told and " + x.size() + " more, and " + Arrays.toString(targets));
    }
    Inputs more = Inputs.of(x, covariance.dimension()).scaled(covariance);
    return of(covariance, z.and(more), y.retold(targets), append(more));
  }

  private Cholesky append(Inputs more) {
    if (more.n == 0) {
      return factor;
    }
    double[] corner = covariances(covariance, more, more);
    for (int i = 0; i < more.n; i++) {
      corner[i * more.n + i] = covariance.outputScale() + covariance.noise();
    }
    return factor
        .append(Matrix.of(more.n, z.n, covariances(covariance, more, z)), Matrix.of(more.n, more.n, corner))
        .orElseThrow(() -> new IllegalArgumentException("the covariance of the points is singular; give it noise, got " + covariance.noise()));
  }

  /// f at each point by itself.
  public List<Normal> at(List<Point> points) {
    Inputs at = Inputs.of(points, covariance.dimension()).scaled(covariance);
    double[] k = covariances(covariance, at, z);
    double[] means = means(k, points);
    factor.solveLowerInPlace(k, at.n);
    List<Normal> normals = new ArrayList<>(at.n);
    for (int i = 0; i < at.n; i++) {
      normals.add(new Normal(means[i], sd(Inputs.norm(k, i * z.n, z.n))));
    }
    return normals;
  }

  public Normal at(Point point) {
    return at(List.of(point)).getFirst();
  }

  private double[] means(double[] k, List<Point> points) {
    double[] means = mean.at(points);
    for (int i = 0; i < means.length; i++) {
      means[i] += deviation(k, i);
    }
    return means;
  }

  /// Of f at point i from the known mean.
  private double deviation(double[] k, int i) {
    double sum = c;
    for (int j = 0; j < z.n; j++) {
      sum += k[i * z.n + j] * alpha[j];
    }
    return sum;
  }

  private double sd(double explained) {
    return sd(covariance, explained);
  }

  /// Of f where points explain so much of its prior variance.
  static double sd(Covariance covariance, double explained) {
    return Math.sqrt(Math.max(covariance.outputScale() - explained, SMALLEST * covariance.outputScale()));
  }

  /// f at each point by itself, with the derivatives of its mean and sd.
  public List<Gradient> gradients(List<Point> points) {
    int m = points.size();
    int n = z.n;
    int d = covariance.dimension();
    Inputs at = Inputs.of(points, d).scaled(covariance);
    double[] k = at.squaredDistances(z);
    double[] dk = new double[k.length];
    covariance.kernel().evaluate(k, 0, k.length, dk);
    scale(covariance, k);
    double[] solved = k.clone();
    factor.solveInPlace(solved, m);
    // Rows of weights on dr2 / dx: alpha dk for the mean, then -2 K^-1 k dk for the variance.
    double[] weights = new double[2 * m * n];
    double[] sds = new double[m];
    for (int i = 0; i < m; i++) {
      double explained = 0;
      for (int j = 0; j < n; j++) {
        int ij = i * n + j;
        double slope = covariance.outputScale() * dk[ij];
        explained += k[ij] * solved[ij];
        weights[ij] = alpha[j] * slope;
        weights[m * n + ij] = -2 * solved[ij] * slope;
      }
      sds[i] = sd(explained);
    }
    double[] moments = new double[2 * m * (d + 1)];
    if (n > 0) {
      Blas.gemm(false, false, 2 * m, d + 1, n, 1, weights, n, z.x, d + 1, 0, moments, d + 1);
    }
    List<Gradient> gradients = new ArrayList<>(m);
    for (int i = 0; i < m; i++) {
      double[] slope = at.slopes(i, points.get(i), moments, i, covariance);
      double value = deviation(k, i) + mean.at(points.get(i), slope);
      double[] sd = at.slopes(i, points.get(i), moments, m + i, covariance);
      for (int j = 0; j < d; j++) {
        sd[j] /= 2 * sds[i];
      }
      gradients.add(new Gradient(new Normal(value, sds[i]), slope, sd));
    }
    return gradients;
  }

  public Gradient gradient(Point point) {
    return gradients(List.of(point)).getFirst();
  }

  /// f at several points together.
  public Joint joint(List<Point> points) {
    Inputs at = Inputs.of(points, covariance.dimension()).scaled(covariance);
    int m = at.n;
    double[] k = covariances(covariance, at, z);
    double[] means = means(k, points);
    factor.solveLowerInPlace(k, m);
    double[] joint = covariances(covariance, at, at);
    for (int i = 0; i < m; i++) {
      joint[i * m + i] = covariance.outputScale();
    }
    if (z.n > 0) {
      Blas.gemm(false, true, m, m, z.n, -1, k, z.n, k, z.n, 1, joint, m);
    }
    return new Joint(DoubleStream.of(means).boxed().toList(), Matrix.of(m, m, joint));
  }

  /// What f may be given the targets and, in each draw, its values at these points.
  ///
  /// @param normals draws x points, standard normal
  public Fantasies fantasies(List<Point> points, double[][] normals) {
    double[] residuals = DoubleStream.of(y.values).map(t -> t - c).toArray();
    factor.solveLowerInPlace(residuals, 1);
    return Fantasies.of(covariance, z, factor, c, residuals, mean, points, normals);
  }

  /// Each target as the others predict it, noise included (Rasmussen and Williams 2006, equations 5.10 to 5.12). The constant c is that of
  /// all targets.
  public List<Normal> leaveOneOut() {
    Matrix inverse = factor.inverse();
    return IntStream.range(0, y.size())
        .mapToObj(i -> new Normal(y.values[i] + offsets[i] - alpha[i] / inverse.get(i, i), Math.sqrt(1 / inverse.get(i, i))))
        .toList();
  }

  public Covariance covariance() {
    return covariance;
  }

  public List<Double> lengthscales() {
    return covariance.lengthscales();
  }

  /// The variance of the targets' noise: the fitted one, or the median where it is known of some.
  public double noise() {
    return y.medianNoise(covariance.noise());
  }

  /// The constant mean c.
  public double constant() {
    return c;
  }

  /// How many targets were told.
  public int size() {
    return y.size();
  }
}
