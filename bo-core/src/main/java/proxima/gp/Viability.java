package proxima.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import proxima.linear.Blas;
import proxima.linear.Cholesky;
import proxima.space.Point;

/// The probability that a trial does not diverge: Gaussian process classification with the probit link and Laplace's approximation
/// (Rasmussen and Williams 2006, algorithms 3.1 and 3.2). Immutable.
///
/// The latent function's constant mean is such that far from data the probability is the share of viable trials, one of each kind added.
/// Its length scales are those of a given covariance times one factor, which with the prior variance is the likeliest of a small grid.
/// Where no trial has diverged the probability is 1 everywhere.
public final class Viability {

  private static final double[] FACTORS = {0.25, 0.5, 1, 2};
  private static final double[] VARIANCES = {1, 4, 16};
  private static final int ITERATIONS = 50;

  private final Covariance covariance;
  private final Inputs z;
  private final double constant;
  private final double[] slopes; // of the log likelihood at the mode: K^-1 (f - constant)
  private final double[] roots; // square roots of minus its second derivatives
  private final Cholesky factor; // of B = 1 + roots K roots
  private final double evidence;

  private Viability(Covariance covariance, Inputs z, double constant, double[] slopes, double[] roots, Cholesky factor, double evidence) {
    this.covariance = covariance;
    this.z = z;
    this.constant = constant;
    this.slopes = slopes;
    this.roots = roots;
    this.factor = factor;
    this.evidence = evidence;
  }

  /// ln of the probability at a point, and its derivatives.
  public static final class LogProbability {
    private final double value;
    private final double[] gradient;

    private LogProbability(double value, double[] gradient) {
      this.value = value;
      this.gradient = gradient;
    }

    public double value() {
      return value;
    }

    /// One entry a coordinate of the unit cube; a copy.
    public double[] gradient() {
      return gradient.clone();
    }
  }

  /// @param viable for each point, whether the trial finished
  /// @param shape whose kernel and relative length scales are used: a regression's, or the prior's mode
  public static Viability fit(List<Point> x, List<Boolean> viable, Covariance shape, Threads threads) {
    if (viable.stream().allMatch(v -> v)) {
      return condition(x, viable, scaled(shape, 1, 1));
    }
    List<Covariance> grid = new ArrayList<>();
    for (double factor : FACTORS) {
      for (double variance : VARIANCES) {
        grid.add(scaled(shape, factor, variance));
      }
    }
    return Collections.max(threads.map(grid, covariance -> condition(x, viable, covariance)), Comparator.comparingDouble(Viability::evidence));
  }

  /// The probability under a known covariance, whose noise is of no effect.
  ///
  /// @param viable for each point, whether the trial finished
  public static Viability condition(List<Point> x, List<Boolean> viable, Covariance covariance) {
    if (x.size() != viable.size()) {
      throw new IllegalArgumentException("each point is viable or not, got " + x.size() + " points and " + viable.size() + " answers");
    }
    long failures = viable.stream().filter(v -> !v).count();
    if (failures == 0) {
      Inputs nowhere = Inputs.of(List.of(), covariance.dimension());
      return new Viability(covariance, nowhere, Double.POSITIVE_INFINITY, new double[0], new double[0], none(), 0);
    }
    double share = (x.size() - failures + 1.0) / (x.size() + 2.0);
    return laplace(Inputs.of(x, covariance.dimension()), viable.stream().mapToDouble(v -> v ? 1 : -1).toArray(), covariance, share);
  }

  private static Cholesky none() {
    return Cholesky.take(0, new double[0]).orElseThrow();
  }

  private static Covariance scaled(Covariance shape, double factor, double variance) {
    return new Covariance(shape.kernel(), shape.lengthscales().stream().map(l -> l * factor).toList(), variance, 0, shape.warp());
  }

  static Viability laplace(Inputs inputs, double[] signs, Covariance covariance, double share) {
    int n = inputs.n;
    Inputs z = inputs.scaled(covariance);
    double[] k = Posterior.covariances(covariance, z, z);
    // Predictions integrate over the latent function: Phi(constant / sqrt(1 + variance)) = share.
    double constant = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(share) * Math.sqrt(1 + covariance.outputScale());
    double[] a = new double[n]; // K^-1 (f - constant)
    double[] f = new double[n];
    Arrays.fill(f, constant);
    double objective = logLikelihood(signs, f);
    double[] roots = new double[n];
    double[] slopes = new double[n];
    Cholesky factor = none();
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      factor = curvature(signs, f, k, slopes, roots);
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        b[i] = roots[i] * roots[i] * (f[i] - constant) + slopes[i];
      }
      double[] t = product(k, b);
      for (int i = 0; i < n; i++) {
        t[i] *= roots[i];
      }
      factor.solveInPlace(t, 1);
      double[] step = new double[n];
      for (int i = 0; i < n; i++) {
        step[i] = b[i] - roots[i] * t[i] - a[i];
      }
      double[] rise = product(k, step);
      double before = objective;
      // Newton's step raises the concave objective; halving guards the first ones.
      double length = 1;
      double[] newA = a;
      double[] newF = f;
      for (int halving = 0; halving < 20; halving++, length /= 2) {
        newA = sum(a, length, step);
        newF = sum(f, length, rise);
        objective = logLikelihood(signs, newF) - 0.5 * quadratic(newA, newF, constant);
        if (objective >= before - 1e-12) {
          break;
        }
      }
      a = newA;
      f = newF;
      if (objective - before < 1e-9) {
        break;
      }
    }
    factor = curvature(signs, f, k, slopes, roots);
    double evidence = logLikelihood(signs, f) - 0.5 * quadratic(a, f, constant) - 0.5 * factor.logDeterminant();
    return new Viability(covariance, z, constant, slopes, roots, factor, evidence);
  }

  /// Fills the first and minus the square root of the second derivatives of ln Phi(sign f); returns the factor of B.
  private static Cholesky curvature(double[] signs, double[] f, double[] k, double[] slopes, double[] roots) {
    int n = f.length;
    for (int i = 0; i < n; i++) {
      double u = signs[i] * f[i];
      double hazard = NormalTail.hazard(u);
      slopes[i] = signs[i] * hazard;
      roots[i] = Math.sqrt(Math.max(0, hazard * (hazard + u)));
    }
    double[] b = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        b[i * n + j] = roots[i] * k[i * n + j] * roots[j];
      }
      b[i * n + i] += 1;
    }
    return Cholesky.take(n, b).orElseThrow(() -> new IllegalStateException("1 + a positive semidefinite matrix is positive definite"));
  }

  private static double logLikelihood(double[] signs, double[] f) {
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      sum += NormalTail.logCdf(signs[i] * f[i]);
    }
    return sum;
  }

  private static double quadratic(double[] a, double[] f, double constant) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * (f[i] - constant);
    }
    return sum;
  }

  private static double[] sum(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < a.length; i++) {
      sum[i] += factor * b[i];
    }
    return sum;
  }

  private static double[] product(double[] k, double[] v) {
    int n = v.length;
    double[] product = new double[n];
    Blas.gemm(false, false, n, 1, n, 1, k, n, v, 1, 0, product, 1);
    return product;
  }

  /// ln of the probability that a trial at each point is viable.
  public List<Double> logProbability(List<Point> points) {
    Inputs at = Inputs.of(points, covariance.dimension()).scaled(covariance);
    double[] k = Posterior.covariances(covariance, at, z);
    double[] means = means(k, at.n);
    weigh(k, at.n);
    factor.solveLowerInPlace(k, at.n);
    double[] logs = new double[at.n];
    for (int i = 0; i < at.n; i++) {
      logs[i] = NormalTail.logCdf(means[i] / Math.sqrt(1 + variance(Inputs.norm(k, i * z.n, z.n))));
    }
    return DoubleStream.of(logs).boxed().toList();
  }

  public double logProbability(Point point) {
    return logProbability(List.of(point)).getFirst();
  }

  private double[] means(double[] k, int m) {
    double[] means = new double[m];
    for (int i = 0; i < m; i++) {
      means[i] = constant;
      for (int j = 0; j < z.n; j++) {
        means[i] += k[i * z.n + j] * slopes[j];
      }
    }
    return means;
  }

  private void weigh(double[] k, int m) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < z.n; j++) {
        k[i * z.n + j] *= roots[j];
      }
    }
  }

  private double variance(double explained) {
    return Math.max(0, covariance.outputScale() - explained);
  }

  /// ln of the probability at each point, with its gradient.
  public List<LogProbability> gradients(List<Point> points) {
    int n = z.n;
    int m = points.size();
    int d = covariance.dimension();
    Inputs at = Inputs.of(points, d).scaled(covariance);
    double[] k = at.squaredDistances(z);
    double[] dk = new double[k.length];
    covariance.kernel().evaluate(k, 0, k.length, dk);
    for (int i = 0; i < k.length; i++) {
      k[i] *= covariance.outputScale();
      dk[i] *= covariance.outputScale();
    }
    double[] means = means(k, m);
    double[] solved = k.clone();
    weigh(solved, m);
    factor.solveInPlace(solved, m);
    weigh(solved, m);
    // One row of weights on dr2 / dx a point: the chain rule through u = mean / sqrt(1 + variance) is applied to each entry.
    double[] weights = new double[m * n];
    double[] u = new double[m];
    for (int i = 0; i < m; i++) {
      double explained = 0;
      for (int j = 0; j < n; j++) {
        explained += k[i * n + j] * solved[i * n + j];
      }
      double variance = 1 + variance(explained);
      u[i] = means[i] / Math.sqrt(variance);
      double hazard = u[i] < Double.POSITIVE_INFINITY ? NormalTail.hazard(u[i]) : 0;
      for (int j = 0; j < n; j++) {
        int ij = i * n + j;
        double mean = slopes[j] * dk[ij];
        double spread = -2 * solved[ij] * dk[ij];
        weights[ij] = hazard * (mean / Math.sqrt(variance) - 0.5 * u[i] * spread / variance);
      }
    }
    double[] moments = new double[m * (d + 1)];
    if (n > 0) {
      Blas.gemm(false, false, m, d + 1, n, 1, weights, n, z.x, d + 1, 0, moments, d + 1);
    }
    List<LogProbability> result = new ArrayList<>(m);
    for (int i = 0; i < m; i++) {
      result.add(new LogProbability(NormalTail.logCdf(u[i]), at.slopes(i, points.get(i), moments, i, covariance)));
    }
    return result;
  }

  public LogProbability gradient(Point point) {
    return gradients(List.of(point)).getFirst();
  }

  public Covariance covariance() {
    return covariance;
  }

  /// Laplace's estimate of the log marginal likelihood.
  double evidence() {
    return evidence;
  }
}
