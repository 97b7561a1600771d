package proxima.acquisition;

import org.apache.commons.math3.special.Erf;

/// log h(u), the logarithm of a standard normal's expected improvement h(u) = phi(u) + u Phi(u), and its derivative Phi(u) / h(u).
///
/// Above u = -4 by the definition. Below, by Laplace's continued fraction of Mills' ratio M(a) = Phi(-a) / phi(a) with a = -u:
/// M = 1 / (a + K), K = 1 / (a + 2 / (a + 3 / (a + ...))) (Abramowitz and Stegun 26.2.14), which gives h = phi (1 - a M) = phi K M and
/// Phi / h = 1 / K without cancellation, to the last digits at any u whose square is finite.
public final class LogImprovement {

  /// -4: the definition has lost about one digit here, and the fraction needs few terms.
  private static final double TAIL = -4;

  /// 40 terms: full double precision from a = 4 on.
  private static final int TERMS = 40;

  private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private LogImprovement() {}

  /// log h(u).
  public static double value(double u) {
    if (u > TAIL) {
      return Math.log(h(u));
    }
    double k = fraction(-u);
    return logDensity(u) + Math.log(k) - Math.log(k - u);
  }

  /// d log h(u) / du.
  public static double derivative(double u) {
    return u > TAIL ? cumulative(u) / h(u) : 1 / fraction(-u);
  }

  private static double h(double u) {
    return density(u) + u * cumulative(u);
  }

  /// log phi(u).
  static double logDensity(double u) {
    return -0.5 * u * u - LOG_SQRT_TWO_PI;
  }

  /// phi(u).
  static double density(double u) {
    return Math.exp(logDensity(u));
  }

  /// Mills' ratio M(a) = Phi(-a) / phi(a); infinite for a far below 0.
  static double mills(double a) {
    return -a > TAIL ? cumulative(-a) / density(a) : 1 / (a + fraction(a));
  }

  /// Phi(u).
  static double cumulative(double u) {
    return 0.5 * Erf.erfc(-u / Math.sqrt(2));
  }

  private static double fraction(double a) {
    double tail = a;
    for (int j = TERMS; j >= 2; j--) {
      tail = a + j / tail;
    }
    return 1 / tail;
  }
}
