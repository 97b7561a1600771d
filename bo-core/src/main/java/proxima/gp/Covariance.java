package proxima.gp;

import java.util.List;

/// A covariance function and the noise of what is observed: s k(r2) + u [same observation].
///
/// @param lengthscales one a coordinate, positive
/// @param outputScale s, the prior variance of f
/// @param noise u, a variance
/// @param warp of the coordinates that r2 is of
public record Covariance(Kernel kernel, List<Double> lengthscales, double outputScale, double noise, InputWarp warp) {

  public Covariance {
    lengthscales = List.copyOf(lengthscales);
    for (int i = 0; i < lengthscales.size(); i++) {
      if (!(lengthscales.get(i) > 0 && lengthscales.get(i) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("length scale " + i + " is positive, got " + lengthscales.get(i));
      }
    }
    if (!(outputScale > 0 && outputScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("an output scale is positive, got " + outputScale);
    }
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a noise variance is 0 or more, got " + noise);
    }
    if (!(warp.isIdentity() || warp.a().size() == lengthscales.size())) {
      throw new IllegalArgumentException("a warp of " + lengthscales.size() + " coordinates is wanted, got one of " + warp.a().size());
    }
  }

  /// Of coordinates as they are.
  public Covariance(Kernel kernel, List<Double> lengthscales, double outputScale, double noise) {
    this(kernel, lengthscales, outputScale, noise, InputWarp.IDENTITY);
  }

  public int dimension() {
    return lengthscales.size();
  }
}
