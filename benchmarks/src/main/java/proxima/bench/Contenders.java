package proxima.bench;

import java.util.List;
import java.util.stream.Stream;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.tune.StrategyChoice;

/// The contenders that a suite can name: the strategies that a run can name, as it has them, of which the Gaussian process is `proxima`; and that
/// one with either set of options whatever the space.
final class Contenders {

  private Contenders() {}

  static List<Contender> all() {
    Stream<Contender> strategies = Stream.of(StrategyChoice.values()).map(c -> new StrategyContender(c == StrategyChoice.GP ? "proxima" : c.id(), c::strategy));
    Stream<Contender> options = Stream.of(
        new StrategyContender("proxima-general", (_, design) -> new GpStrategy(design, GpOptions.general())),
        new StrategyContender("proxima-smooth", (_, design) -> new GpStrategy(design, GpOptions.smooth())));
    return Stream.concat(strategies, options).toList();
  }
}
