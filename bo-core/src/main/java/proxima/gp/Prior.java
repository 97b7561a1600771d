package proxima.gp;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/// What is believed of a covariance before data: a dimension-scaled log-normal prior (Hvarfner et al. 2024).
///
/// l ~ LogNormal(location + ln(d) / 2, spread), u ~ LogNormal(-4, 1), s = 1, as targets of unit variance need no other. Coordinates are as they are or, where
/// warped, have exponents a, b ~ LogNormal(0.09, 0.3). Modes are of the densities in l, u, a and b themselves; of a and b it is 1, no warp. Parameters
/// are the logarithms theta = (ln l, ln u, ln a and ln b where warped).
///
/// @param dimension d
/// @param warped whether the exponents of an input warp are fitted
/// @param location of ln(l / sqrt d)
/// @param spread of ln l, its standard deviation
public record Prior(Kernel kernel, int dimension, boolean warped, double location, double spread) {

  /// Length scales of the narrow prior are near this times sqrt(d).
  private static final double NARROW = 0.15;
  private static final double NARROW_SPREAD = 0.8;

  /// Of the noise's variance, fitted or known: less than a hundredth of the targets' standard deviation is not told from none.
  static final double LEAST_NOISE = 1e-4;

  private static final LogNormal NOISE = new LogNormal(-4, 1, LEAST_NOISE, 10);
  // Two exponents a coordinate are many for the data of a search: of a spread of sqrt(3/4), which BoTorch suggests, they take what is chance (see the
  // README's decisions). 8: a function with a step near a face would have them grow without end.
  private static final LogNormal EXPONENT = new LogNormal(0.3 * 0.3, 0.3, 1.0 / 8, 8);

  public Prior {
    if (!(dimension >= 1)) {
      throw new IllegalArgumentException("a prior has 1 dimension or more, got " + dimension);
    }
    if (!(spread > 0 && Double.isFinite(location))) {
      throw new IllegalArgumentException("a log-normal prior has a finite location and a spread above 0, got " + location + " and " + spread);
    }
  }

  /// BoTorch's, since its version 0.12: l ~ LogNormal(sqrt 2 + ln(d) / 2, sqrt 3), with mode 0.2048 sqrt(d). Output scale 1.
  public static Prior of(Kernel kernel, int dimension) {
    return new Prior(kernel, dimension, false, Math.sqrt(2), Math.sqrt(3));
  }

  /// Length scales within a factor of 2 or so of their mode, 0.15 sqrt(d). Output scale 1.
  ///
  /// The data of tens of trials in tens of dimensions do not tell which length scales are long. A vague prior lets a fit decide it, by chance; this
  /// one predicts unseen trials better (see the README's decisions).
  public static Prior narrow(Kernel kernel, int dimension) {
    return new Prior(kernel, dimension, false, Math.log(NARROW) + NARROW_SPREAD * NARROW_SPREAD, NARROW_SPREAD);
  }

  public Prior withInputWarp() {
    return new Prior(kernel, dimension, true, location, spread);
  }

  Prior withoutInputWarp() {
    return new Prior(kernel, dimension, false, location, spread);
  }

  /// The most probable length scales and noise variance, 0.0067; of `of` the former are 0.2048 sqrt(d).
  public Covariance mode() {
    return new Covariance(kernel, Collections.nCopies(dimension, Math.exp(lengthscale().logMode())), 1, Math.exp(NOISE.logMode()));
  }

  Covariance draw(RandomGenerator random) {
    double[] theta = new double[parameters()];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = of(i).draw(random);
    }
    return decode(theta);
  }

  int parameters() {
    return firstExponent() + (warped ? 2 * dimension : 0);
  }

  /// The index of ln a of the first coordinate in theta; those of ln b follow those of ln a.
  int firstExponent() {
    return dimension + 1;
  }

  double[] lower() {
    double[] bounds = new double[parameters()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Math.log(of(i).low);
    }
    return bounds;
  }

  double[] upper() {
    double[] bounds = new double[parameters()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Math.log(of(i).high);
    }
    return bounds;
  }

  double[] encode(Covariance covariance) {
    if (covariance.dimension() != dimension) {
      throw new IllegalArgumentException("a covariance of dimension " + dimension + " is wanted, got " + covariance.dimension());
    }
    double[] theta = new double[parameters()];
    for (int i = 0; i < dimension; i++) {
      theta[i] = Math.log(covariance.lengthscales().get(i));
    }
    theta[dimension] = Math.log(Math.max(covariance.noise(), NOISE.low));
    if (warped && !covariance.warp().isIdentity()) {
      for (int i = 0; i < dimension; i++) {
        theta[firstExponent() + i] = Math.log(covariance.warp().a().get(i));
        theta[firstExponent() + dimension + i] = Math.log(covariance.warp().b().get(i));
      }
    }
    return theta;
  }

  Covariance decode(double[] theta) {
    return new Covariance(
        kernel,
        exponentials(theta, 0),
        1,
        Math.exp(theta[dimension]),
        warped ? new InputWarp(exponentials(theta, firstExponent()), exponentials(theta, firstExponent() + dimension)) : InputWarp.IDENTITY);
  }

  private List<Double> exponentials(double[] theta, int from) {
    return DoubleStream.of(theta).skip(from).limit(dimension).map(Math::exp).boxed().toList();
  }

  /// ln of the density of (l, u, a, b), up to a constant; its derivatives with respect to theta are added to `gradient`.
  double logDensity(double[] theta, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      sum += of(i).logDensity(theta[i]);
      gradient[i] += of(i).logDensitySlope(theta[i]);
    }
    return sum;
  }

  private LogNormal of(int parameter) {
    return parameter < dimension ? lengthscale() : parameter == dimension ? NOISE : EXPONENT;
  }

  private LogNormal lengthscale() {
    return new LogNormal(location + 0.5 * Math.log(dimension), spread, 0.025, 1e4);
  }

  /// LogNormal(mu, sigma) within bounds, as a function of t = the logarithm of its argument.
  private record LogNormal(double mu, double sigma, double low, double high) {

    double logMode() {
      return mu - sigma * sigma;
    }

    double logDensity(double t) {
      double u = (t - mu) / sigma;
      return -0.5 * u * u - t;
    }

    double logDensitySlope(double t) {
      return -(t - mu) / (sigma * sigma) - 1;
    }

    double draw(RandomGenerator random) {
      return Math.clamp(random.nextGaussian(mu, sigma), Math.log(low), Math.log(high));
    }
  }
}
