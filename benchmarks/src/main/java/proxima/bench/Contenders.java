package proxima.bench;

import java.util.List;
import proxima.strategy.CmaEs;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.RandomStrategy;
import proxima.strategy.SobolStrategy;
import proxima.strategy.TrustRegionRandom;

/// The contenders that a suite can name.
final class Contenders {

  /// An octave where a factor's range is four to each side: the step that the trust-region search starts with.
  private static final double OCTAVE = 0.125;

  private Contenders() {}

  static List<Contender> all() {
    return List.of(
        new StrategyContender("proxima", (space, design) -> new GpStrategy(design, GpOptions.of(space))),
        new StrategyContender("proxima-general", (_, design) -> new GpStrategy(design, GpOptions.general())),
        new StrategyContender("proxima-smooth", (_, design) -> new GpStrategy(design, GpOptions.smooth())),
        new StrategyContender("random", (_, _) -> new RandomStrategy()),
        new StrategyContender("sobol", (_, _) -> new SobolStrategy()),
        new StrategyContender("trust-region-random", (_, design) -> new TrustRegionRandom(design, OCTAVE)),
        new StrategyContender("cma-es", (_, design) -> new CmaEs(design, 0.2)));
  }
}
