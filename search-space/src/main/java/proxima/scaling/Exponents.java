package proxima.scaling;

/// One row's powers of the ratios: f_in^fanIn f_out^fanOut f_t^tallness m_L^(depth + depthAlpha alpha) q^noise (m_B / m_D)^rate.
///
/// @param fanIn power of f_in
/// @param fanOut power of f_out
/// @param tallness power of f_t
/// @param depth constant part of the power of m_L
/// @param depthAlpha what alpha adds to the power of m_L, in units of alpha
/// @param noise power of q, which is sqrt(m_B / m_D) where the rule's exponents are 1/2
/// @param rate power of m_B / m_D, the inverse ratio of the steps
public record Exponents(double fanIn, double fanOut, double tallness, double depth, double depthAlpha, double noise, double rate) {

  /// The factor 1.
  static final Exponents ONE = new Exponents(0, 0, 0, 0, 0, 0, 0);

  Exponents fanIn(double power) {
    return new Exponents(power, fanOut, tallness, depth, depthAlpha, noise, rate);
  }

  Exponents fanOut(double power) {
    return new Exponents(fanIn, power, tallness, depth, depthAlpha, noise, rate);
  }

  Exponents tallness(double power) {
    return new Exponents(fanIn, fanOut, power, depth, depthAlpha, noise, rate);
  }

  Exponents depth(double constant, double ofAlpha) {
    return new Exponents(fanIn, fanOut, tallness, constant, ofAlpha, noise, rate);
  }

  Exponents noise(double power) {
    return new Exponents(fanIn, fanOut, tallness, depth, depthAlpha, power, rate);
  }

  Exponents rate(double power) {
    return new Exponents(fanIn, fanOut, tallness, depth, depthAlpha, noise, power);
  }

  /// Of the inverse.
  Exponents inverse() {
    return new Exponents(-fanIn, -fanOut, -tallness, -depth, -depthAlpha, -noise, -rate);
  }
}
