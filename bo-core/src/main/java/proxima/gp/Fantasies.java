package proxima.gp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proxima.linear.Blas;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;
import proxima.space.Point;

/// The distribution of f given targets and, in each of several draws, the values of f at some points: fantasies of what is not known there.
///
/// Draw s has f(B) = m + L z_s, where m and L L^T are mean and covariance of f at the points B given the targets. Given a draw, f is a Gaussian process of
/// mean c + k alpha_s, plus the known mean, and of a variance that is the same in all draws. Immutable.
public final class Fantasies {

  /// Shares of the prior's variance that are added to the variances at B, of which the first that lets them be factored is taken.
  private static final double[] JITTER = {1e-10, 1e-8, 1e-6, 1e-4};

  private final Covariance covariance;
  private final Inputs z; // told points, then B
  private final Cholesky factor;
  private final double c;
  private final Mean mean;
  private final double[] alpha; // draws x z.n
  private final double[] values; // draws x B
  private final int draws;

  private Fantasies(Covariance covariance, Inputs z, Cholesky factor, double c, Mean mean, double[] alpha, double[] values, int draws) {
    this.covariance = covariance;
    this.z = z;
    this.factor = factor;
    this.c = c;
    this.mean = mean;
    this.alpha = alpha;
    this.values = values;
    this.draws = draws;
  }

  /// @param told points of the targets, scaled
  /// @param residuals L^-1 (y - c) of the targets
  /// @param normals draws x B, standard normal
  static Fantasies of(Covariance covariance, Inputs told, Cholesky factor, double c, double[] residuals, Mean mean, List<Point> points, double[][] normals) {
    Inputs at = Inputs.of(points, covariance.dimension()).scaled(covariance);
    int n = told.n;
    int b = at.n;
    int draws = normals.length;
    Matrix rows = Matrix.of(b, n, Posterior.covariances(covariance, at, told));
    Cholesky all = append(covariance, factor, rows, Posterior.covariances(covariance, at, at), b);
    int size = n + b;
    // Rows (L^-1 (y - c), z_s): their product with the factor's last rows is f(B) - c, and L^-T of them is alpha_s.
    double[] alpha = new double[draws * size];
    for (int s = 0; s < draws; s++) {
      System.arraycopy(residuals, 0, alpha, s * size, n);
      System.arraycopy(normals[s], 0, alpha, s * size + n, b);
    }
    double[] values = new double[draws * b];
    double[] lower = all.factor().toArray();
    Blas.gemm(false, true, draws, b, size, 1, alpha, size, Arrays.copyOfRange(lower, n * size, size * size), size, 0, values, b);
    double[] offsets = mean.at(points);
    for (int i = 0; i < values.length; i++) {
      values[i] += c + offsets[i % b];
    }
    all.solveUpperInPlace(alpha, draws);
    return new Fantasies(covariance, told.and(at), all, c, mean, alpha, values, draws);
  }

  private static Cholesky append(Covariance covariance, Cholesky factor, Matrix rows, double[] corner, int b) {
    for (double jitter : JITTER) {
      for (int i = 0; i < b; i++) {
        corner[i * b + i] = covariance.outputScale() * (1 + jitter);
      }
      Optional<Cholesky> all = factor.append(rows, Matrix.of(b, b, corner.clone()));
      if (all.isPresent()) {
        return all.get();
      }
    }
    throw new IllegalArgumentException("the covariance of " + b + " points given the targets is singular; are there points told without noise?");
  }

  public int draws() {
    return draws;
  }

  /// f at the points B in a draw.
  public double[] values(int draw) {
    int b = values.length / draws;
    return Arrays.copyOfRange(values, draw * b, (draw + 1) * b);
  }

  /// f at points, each by itself, in all draws.
  public static final class Predictions {
    private final double[] means; // points x draws
    private final double[] sds;

    private Predictions(double[] means, double[] sds) {
      this.means = means;
      this.sds = sds;
    }

    /// One a draw; a copy.
    public double[] means(int point) {
      int draws = means.length / sds.length;
      return Arrays.copyOfRange(means, point * draws, (point + 1) * draws);
    }

    /// The same in all draws.
    public double sd(int point) {
      return sds[point];
    }
  }

  public Predictions at(List<Point> points) {
    Inputs at = Inputs.of(points, covariance.dimension()).scaled(covariance);
    double[] k = Posterior.covariances(covariance, at, z);
    double[] means = means(k, mean.at(points));
    factor.solveLowerInPlace(k, at.n);
    double[] sds = new double[at.n];
    for (int i = 0; i < at.n; i++) {
      sds[i] = Posterior.sd(covariance, Inputs.norm(k, i * z.n, z.n));
    }
    return new Predictions(means, sds);
  }

  /// @param offsets the known mean, one a point
  private double[] means(double[] k, double[] offsets) {
    int m = offsets.length;
    double[] means = new double[m * draws];
    for (int i = 0; i < m; i++) {
      Arrays.fill(means, i * draws, (i + 1) * draws, c + offsets[i]);
    }
    Blas.gemm(false, true, m, draws, z.n, 1, k, z.n, alpha, z.n, 1, means, draws);
    return means;
  }

  /// A function of the means of all draws and the sd at a point.
  public interface Score {

    /// The value at these means and sd; its derivatives by the means are written to `byMean`, that by the sd to `bySd[0]`.
    double at(double[] means, double sd, double[] byMean, double[] bySd);
  }

  /// The score at x; its derivatives by the coordinates are added to `slope`.
  public double gradient(Point x, Score score, double[] slope) {
    Inputs at = Inputs.of(List.of(x), covariance.dimension()).scaled(covariance);
    int n = z.n;
    double[] k = at.squaredDistances(z);
    double[] dk = new double[n];
    covariance.kernel().evaluate(k, 0, n, dk);
    for (int j = 0; j < n; j++) {
      k[j] *= covariance.outputScale();
      dk[j] *= covariance.outputScale();
    }
    double[] known = new double[slope.length];
    double[] means = means(k, new double[] {mean.at(x, known)});
    double[] solved = k.clone();
    factor.solveInPlace(solved, 1);
    double explained = 0;
    for (int j = 0; j < n; j++) {
      explained += k[j] * solved[j];
    }
    double sd = Posterior.sd(covariance, explained);
    double[] byMean = new double[draws];
    double[] bySd = new double[1];
    double value = score.at(means, sd, byMean, bySd);
    double[] weights = new double[n];
    Blas.gemm(false, false, 1, n, draws, 1, byMean, draws, alpha, n, 0, weights, n);
    double[] moments = new double[at.width];
    for (int j = 0; j < n; j++) {
      // d sd = -K^-1 k dk / sd.
      double w = dk[j] * (weights[j] - bySd[0] * solved[j] / sd);
      for (int i = 0; i < at.width; i++) {
        moments[i] += w * z.x[j * at.width + i];
      }
    }
    double[] by = at.slopes(0, x, moments, 0, covariance);
    double total = Arrays.stream(byMean).sum();
    for (int i = 0; i < slope.length; i++) {
      slope[i] += by[i] + total * known[i];
    }
    return value;
  }
}
