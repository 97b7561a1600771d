package proxima.gp;

import org.apache.commons.math3.special.Erf;

/// The standard normal distribution function in logarithms, accurate in both tails.
final class NormalTail {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private NormalTail() {}

  /// ln Phi(u).
  static double logCdf(double u) {
    if (u > -5) {
      return u > 5 ? Math.log1p(0 - 0.5 * Erf.erfc(u / Math.sqrt(2))) : Math.log(0.5 * Erf.erfc(-u / Math.sqrt(2)));
    }
    return -0.5 * u * u - HALF_LOG_TWO_PI + Math.log(mills(-u));
  }

  /// phi(u) / Phi(u), the derivative of ln Phi.
  static double hazard(double u) {
    return u > -5 ? Math.exp(-0.5 * u * u - HALF_LOG_TWO_PI - logCdf(u)) : 1 / mills(-u);
  }

  /// Phi(-t) / phi(t) for t of 5 or more, by Laplace's continued fraction (Abramowitz and Stegun 26.2.14); 60 terms give 1e-15 at t = 5.
  private static double mills(double t) {
    double tail = t;
    for (int k = 60; k >= 1; k--) {
      tail = t + k / tail;
    }
    return 1 / tail;
  }
}
