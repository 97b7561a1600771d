package proxima.tune;

import java.util.Arrays;
import proxima.cli.Version;
import proxima.space.SearchSpace;
import proxima.strategy.CmaEs;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.RandomStrategy;
import proxima.strategy.SobolStrategy;
import proxima.strategy.Strategy;
import proxima.strategy.TrustRegionRandom;

/// The strategies that a configuration can name.
enum StrategyChoice {
  GP("gp"),
  TRUST_REGION_RANDOM("trust-region-random"),
  CMA_ES("cma-es"),
  SOBOL("sobol"),
  RANDOM("random");

  private final String id;

  StrategyChoice(String id) {
    this.id = id;
  }

  static String[] names() {
    return Arrays.stream(values()).map(c -> c.id).toArray(String[]::new);
  }

  static StrategyChoice of(String id) {
    return Arrays.stream(values()).filter(c -> c.id.equals(id)).findFirst().orElseThrow();
  }

  /// @param octave an octave of a factor, in units of the cube
  Strategy strategy(SearchSpace space, InitialDesign design, double octave) {
    return switch (this) {
      case GP -> new GpStrategy(design, GpOptions.of(space));
      case TRUST_REGION_RANDOM -> new TrustRegionRandom(design, octave);
      // A step of one octave, as the other local strategy takes.
      case CMA_ES -> new CmaEs(design, octave);
      case SOBOL -> new SobolStrategy();
      case RANDOM -> new RandomStrategy();
    };
  }

  /// What a journal remembers of the strategy and its settings: with another label it would ask other points.
  String label(InitialDesign design, double octave) {
    return id + " " + Version.PROXIMA + ", " + design.size() + " initial points" + design.centre().map(c -> " within " + design.radius()).orElse("")
        + ", octave " + octave;
  }
}
