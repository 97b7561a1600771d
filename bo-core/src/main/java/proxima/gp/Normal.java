package proxima.gp;

/// A normal distribution.
///
/// @param sd standard deviation, 0 or more
public record Normal(double mean, double sd) {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  public Normal {
    if (!(sd >= 0)) {
      throw new IllegalArgumentException("a standard deviation is 0 or more, got " + sd);
    }
  }

  /// ln of the density at x.
  public double logDensity(double x) {
    double u = (x - mean) / sd;
    return -0.5 * u * u - HALF_LOG_TWO_PI - Math.log(sd);
  }
}
