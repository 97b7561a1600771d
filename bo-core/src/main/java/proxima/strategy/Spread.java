package proxima.strategy;

import java.util.Optional;
import proxima.space.Box;
import proxima.space.SearchSpace;

/// Points spread over a space's region, addressed by index: scrambled Sobol points of a box, random ones as `SearchSpace.sample` draws them of any other region, and of a box of more
/// coordinates than Sobol points have.
final class Spread {

  private final SearchSpace space;
  private final long seed;
  private final Optional<ScrambledSobol> sobol;

  Spread(SearchSpace space, long seed) {
    int d = space.dimension();
    this.space = space;
    this.seed = seed;
    this.sobol = space.region() instanceof Box && d <= ScrambledSobol.LARGEST_DIMENSION ? Optional.of(new ScrambledSobol(d, seed)) : Optional.empty();
  }

  /// Point number `index`, from 0.
  double[] point(int index) {
    return sobol.map(s -> space.region().bounds().place(s.point(index))).orElseGet(() -> space.sample(Seeds.random(seed, index, 9)).toArray());
  }
}
