package proxima.gp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proxima.linear.Blas;
import proxima.space.Point;

/// Minus the log posterior density of the parameters theta of a covariance, given targets: what a fit minimizes.
///
/// ln N(y | c 1, K) + ln p(theta), and the gradient from dK (Rasmussen and Williams 2006, equation 5.9): with
/// M = (alpha alpha^T - K^-1) / 2 the derivative is sum_ij M_ij dK_ij. As c maximizes the likelihood, its own change adds nothing. Where the noise of a target
/// is known it stands in place of u, which the others share.
/// All d length scales share one product: with W = M dk, entry by entry,
/// sum_ij W_ij (z_ik - z_jk)^2 = 2 (sum_i z_ik^2 sum_j W_ij - sum_i z_ik (W z)_ik). The same product gives the derivatives by z itself,
/// 4 (z_ik sum_j W_ij - (W z)_ik), and so those by the exponents of a warp. Arrays are allocated once; one thread at a time.
public final class Evidence implements Smooth {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Prior prior;
  private final Inputs inputs;
  private final Optional<WarpedInputs> warped; // that `inputs` are of
  private final Targets y;
  private final double[] k; // K, then L, then K^-1
  private final double[] w; // dk, then W
  private final double[] z;
  private final double[] wz; // W z, then the derivatives by z
  private final double[] norms;
  private final double[] inverseLengths;
  private final double[] solved; // K^-1 y and K^-1 1, two rows

  /// @param y targets, one a point
  public static Evidence of(Prior prior, List<Point> x, double[] y) {
    return of(prior, x, Targets.of(y));
  }

  /// @param y one a point
  public static Evidence of(Prior prior, List<Point> x, Targets y) {
    GaussianProcess.check(x, y);
    return new Evidence(prior, Inputs.of(x, prior.dimension()), y);
  }

  private Evidence(Prior prior, Inputs plain, Targets y) {
    int n = plain.n;
    this.prior = prior;
    this.warped = prior.warped() ? Optional.of(new WarpedInputs(plain)) : Optional.empty();
    this.inputs = warped.map(w -> w.inputs).orElse(plain);
    this.y = y;
    this.k = new double[n * n];
    this.w = new double[n * n];
    this.z = new double[n * inputs.width];
    this.wz = new double[n * inputs.width];
    this.norms = new double[n];
    this.inverseLengths = new double[inputs.d];
    this.solved = new double[2 * n];
  }

  /// Minus the log posterior density at theta = (ln l, ln u, ln a and ln b where warped), up to a constant of the prior; its gradient.
  @Override
  public double at(double[] theta, double[] gradient) {
    Arrays.fill(gradient, 0);
    double likelihood = logLikelihood(theta, gradient);
    double density = likelihood + prior.logDensity(theta, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -gradient[i];
    }
    return -density;
  }

  /// ln N(y | c 1, K), minus infinity where K is not positive definite; derivatives are added to `gradient`.
  private double logLikelihood(double[] theta, double[] gradient) {
    int n = inputs.n;
    int d = inputs.d;
    if (n == 0) {
      return 0;
    }
    double noise = Math.exp(theta[d]);
    covariance(theta, noise);
    if (!Blas.cholesky(n, k)) {
      return Double.NEGATIVE_INFINITY;
    }
    double halfLogDeterminant = 0;
    for (int i = 0; i < n; i++) {
      halfLogDeterminant += Math.log(k[i * n + i]);
    }
    double fit = weights();
    Blas.inverse(n, k);
    weigh();
    Blas.symm(n, d + 1, w, z, d + 1, wz, d + 1);
    for (int i = 0; i < n; i++) {
      int row = i * (d + 1);
      double sum = wz[row + d];
      for (int j = 0; j < d; j++) {
        double zij = z[row + j];
        wz[row + j] = 4 * (zij * sum - wz[row + j]);
        gradient[j] -= zij * wz[row + j]; // as dz / d ln l = -z
      }
    }
    warped.ifPresent(w -> w.addSlopes(wz, inverseLengths, gradient, prior.firstExponent()));
    // Of M, where the noise is fitted.
    double trace = 0;
    for (int i = 0; i < n; i++) {
      if (!y.isKnown(i)) {
        trace += 0.5 * (solved[i] * solved[i] - k[i * n + i]);
      }
    }
    gradient[d] += noise * trace;
    return -0.5 * fit - halfLogDeterminant - n * HALF_LOG_TWO_PI;
  }

  /// Fills the lower halves of K and dk.
  private void covariance(double[] theta, double noise) {
    int n = inputs.n;
    int d = inputs.d;
    for (int j = 0; j < d; j++) {
      inverseLengths[j] = Math.exp(-theta[j]);
    }
    warped.ifPresent(w -> w.warp(theta, prior.firstExponent()));
    inputs.scale(inverseLengths, z);
    for (int i = 0; i < n; i++) {
      norms[i] = Inputs.norm(z, i * (d + 1), d);
    }
    Blas.syrk(n, d, -2, z, d + 1, k);
    for (int i = 0; i < n; i++) {
      int row = i * n;
      double norm = norms[i];
      for (int j = 0; j < i; j++) {
        k[row + j] = Math.max(0, k[row + j] + norm + norms[j]);
      }
      k[row + i] = 0;
      prior.kernel().evaluate(k, row, row + i + 1, w);
      k[row + i] += y.noise(i, noise);
    }
  }

  /// Leaves alpha in the first row of `solved`; returns (y - c)^T alpha.
  private double weights() {
    int n = inputs.n;
    System.arraycopy(y.values, 0, solved, 0, n);
    Arrays.fill(solved, n, 2 * n, 1.0);
    Blas.solveRows(false, n, 2, k, solved, n);
    Blas.solveRows(true, n, 2, k, solved, n);
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < n; i++) {
      numerator += solved[i];
      denominator += solved[n + i];
    }
    double c = numerator / denominator;
    double fit = 0;
    for (int i = 0; i < n; i++) {
      solved[i] -= c * solved[n + i];
      fit += (y.values[i] - c) * solved[i];
    }
    return fit;
  }

  /// Turns the lower half of dk into that of W.
  private void weigh() {
    int n = inputs.n;
    for (int i = 0; i < n; i++) {
      int row = i * n;
      double ai = solved[i];
      for (int j = 0; j <= i; j++) {
        w[row + j] *= 0.5 * (ai * solved[j] - k[row + j]);
      }
    }
  }
}
