package proxima.strategy;

import java.util.Optional;
import proxima.space.Box;
import proxima.space.Region;

/// Points spread over a region, addressed by index: scrambled Sobol points of a box, uniform random points of any other region, and of a box of more coordinates than Sobol points have.
final class Spread {

  private final Region region;
  private final long seed;
  private final Optional<ScrambledSobol> sobol;

  Spread(Region region, long seed) {
    int d = region.dimension();
    this.region = region;
    this.seed = seed;
    this.sobol = region instanceof Box && d <= ScrambledSobol.LARGEST_DIMENSION ? Optional.of(new ScrambledSobol(d, seed)) : Optional.empty();
  }

  /// Point number `index`, from 0.
  double[] point(int index) {
    return sobol.map(s -> region.bounds().place(s.point(index))).orElseGet(() -> region.sample(Seeds.random(seed, index, 9)).toArray());
  }
}
