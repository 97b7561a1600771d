package proxima.gp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import proxima.linear.Cholesky;
import proxima.space.Point;

/// Exact Gaussian process regression on the unit cube (Rasmussen and Williams 2006, algorithm 2.1).
public final class GaussianProcess {

  // Nats a unit of ln l. The prior's curvature in ln l is 1/3, so that a length scale the data say nothing of is 3 % off at most.
  private static final BoxMinimizer MINIMIZER = new BoxMinimizer(1e-2, 1e-7, 100);
  private static final int DRAWS = 2;

  private GaussianProcess() {}

  /// The posterior under the covariance most probable a posteriori: the best of the minima found from the warm start, the prior's mode and
  /// two draws from the prior. The same arguments give the same posterior, bit for bit.
  ///
  /// @param y targets, of about unit variance unless the output scale is free, none NaN
  public static Posterior fit(Prior prior, List<Point> x, double[] y, Optional<Covariance> warmStart, long seed) {
    Evidence evidence = Evidence.of(prior, x, y);
    List<Covariance> starts = new ArrayList<>();
    warmStart.ifPresent(starts::add);
    starts.add(prior.mode());
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < DRAWS; i++) {
      starts.add(prior.draw(random));
    }
    double best = Double.POSITIVE_INFINITY;
    Covariance covariance = prior.mode();
    for (Covariance start : starts) {
      var minimum = MINIMIZER.minimize(evidence, prior.encode(start), prior.lower(), prior.upper());
      if (minimum.value() < best) {
        best = minimum.value();
        covariance = prior.decode(minimum.x());
      }
    }
    return condition(covariance, x, y);
  }

  /// The posterior under a known covariance.
  ///
  /// @throws IllegalArgumentException if K is not positive definite: points coincide and the noise is 0.
  public static Posterior condition(Covariance covariance, List<Point> x, double[] y) {
    double[] targets = checked(x, y);
    Inputs z = Inputs.of(x, covariance.dimension()).scaled(covariance);
    double[] k = Posterior.covariances(covariance, z, z);
    for (int i = 0; i < z.n; i++) {
      // Exact on the diagonal, whatever the distances' rounding.
      k[i * z.n + i] = covariance.outputScale() + covariance.noise();
    }
    Cholesky factor =
        Cholesky.take(z.n, k)
            .orElseThrow(() -> new IllegalArgumentException("the covariance of the points is singular; give it noise, got " + covariance.noise()));
    return Posterior.of(covariance, z, targets, factor);
  }

  static double[] checked(List<Point> x, double[] y) {
    if (x.size() != y.length) {
      throw new IllegalArgumentException("each point has a target, got " + x.size() + " points and " + y.length + " targets");
    }
    for (int i = 0; i < y.length; i++) {
      if (!Double.isFinite(y[i])) {
        throw new IllegalArgumentException("targets are finite, target " + i + " is " + y[i] + "; warp losses first");
      }
    }
    return y.clone();
  }
}
