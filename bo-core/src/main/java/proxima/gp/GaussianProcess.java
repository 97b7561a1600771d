package proxima.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import proxima.linear.Cholesky;
import proxima.space.Point;

/// Exact Gaussian process regression on the unit cube (Rasmussen and Williams 2006, algorithm 2.1).
public final class GaussianProcess {

  // Nats a unit of ln l. The prior's curvature in ln l is 1/3, so that a length scale the data say nothing of is 3 % off at most. 1e-5 of the
  // value: some thousandths of a nat for hundreds of points, where 1e-7 takes half as many steps again.
  private static final BoxMinimizer MINIMIZER = new BoxMinimizer(1e-2, 1e-5, 100);
  private static final int DRAWS = 2;
  // Enough points to tell one minimum from another; the next descent begins near its end.
  private static final int FEW = 128;

  private GaussianProcess() {}

  /// `fit` on one thread, to targets of fitted noise.
  public static Posterior fit(Prior prior, List<Point> x, double[] y, Optional<Covariance> warmStart, long seed) {
    return fit(prior, x, y, warmStart, seed, Threads.ONE);
  }

  /// `fit` to targets of fitted noise.
  public static Posterior fit(Prior prior, List<Point> x, double[] y, Optional<Covariance> warmStart, long seed, Threads threads) {
    return fit(prior, x, Targets.of(y), warmStart, seed, threads);
  }

  /// The posterior under the covariance most probable a posteriori, as far as descents find it. The same arguments give the same posterior, bit
  /// for bit, on any number of threads.
  ///
  /// With a warm start there is one descent, from it. Else there is one from the prior's mode and from each of two draws from the prior, on 128
  /// points at most, taken evenly. From the lowest minimum one more goes on with twice as many points, and so on up to all: there each step
  /// costs most, and few are left. Where inputs are warped, that is done without a warp, and one more descent goes on from there with one.
  ///
  /// @param y one a point
  public static Posterior fit(Prior prior, List<Point> x, Targets y, Optional<Covariance> warmStart, long seed, Threads threads) {
    check(x, y);
    Optional<Covariance> first = warmStart.isEmpty() && prior.warped() ? Optional.of(likeliest(prior.withoutInputWarp(), x, y, seed, threads)) : warmStart;
    Covariance covariance = first.map(start -> descend(prior, x, y, start).covariance).orElseGet(() -> likeliest(prior, x, y, seed, threads));
    return condition(covariance, x, y);
  }

  private record Fit(double value, Covariance covariance) {}

  private static Covariance likeliest(Prior prior, List<Point> x, Targets y, long seed, Threads threads) {
    if (x.size() > FEW) {
      int[] half = half(x.size()).toArray();
      return descend(prior, x, y, likeliest(prior, Arrays.stream(half).mapToObj(x::get).toList(), y.only(half), seed, threads)).covariance;
    }
    List<Covariance> starts = new ArrayList<>(List.of(prior.mode()));
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < DRAWS; i++) {
      starts.add(prior.draw(random));
    }
    List<Fit> fits = threads.map(starts, start -> descend(prior, x, y, start));
    return Collections.min(fits, Comparator.comparingDouble(Fit::value)).covariance;
  }

  /// Every second pair of the indices below n. Pairs, as every second trial may be of another kind than those between.
  static IntStream half(int n) {
    return IntStream.range(0, n).filter(i -> i % 4 < 2);
  }

  private static Fit descend(Prior prior, List<Point> x, Targets y, Covariance start) {
    Minimum minimum = MINIMIZER.minimize(Evidence.of(prior, x, y), prior.encode(start), prior.lower(), prior.upper());
    return new Fit(minimum.value(), minimum.value() < Double.POSITIVE_INFINITY ? prior.decode(minimum.x()) : prior.mode());
  }

  /// The posterior under a known covariance, given targets of its noise.
  ///
  /// @throws IllegalArgumentException if K is not positive definite: points coincide and the noise is 0.
  public static Posterior condition(Covariance covariance, List<Point> x, double[] y) {
    return condition(covariance, x, Targets.of(y));
  }

  /// The posterior under a known covariance, whose noise is that of the targets of which it is not known.
  ///
  /// @throws IllegalArgumentException if K is not positive definite: points coincide and the noise is 0.
  public static Posterior condition(Covariance covariance, List<Point> x, Targets y) {
    check(x, y);
    Inputs z = Inputs.of(x, covariance.dimension()).scaled(covariance);
    double[] k = Posterior.covariances(covariance, z, z);
    for (int i = 0; i < z.n; i++) {
      // Exact on the diagonal, whatever the distances' rounding.
      k[i * z.n + i] = covariance.outputScale() + y.noise(i, covariance.noise());
    }
    Cholesky factor =
        Cholesky.take(z.n, k)
            .orElseThrow(() -> new IllegalArgumentException("the covariance of the points is singular; give it noise, got " + covariance.noise()));
    return Posterior.of(covariance, z, y, factor);
  }

  static void check(List<Point> x, Targets y) {
    if (x.size() != y.size()) {
      throw new IllegalArgumentException("each point has a target, got " + x.size() + " points and " + y.size() + " targets");
    }
  }
}
