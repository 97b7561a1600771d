package proxima.tune;

import java.util.Arrays;
import proxima.cli.Version;
import proxima.gp.Threads;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTasks;
import proxima.strategy.CmaEs;
import proxima.strategy.Experienced;
import proxima.strategy.ForestStrategy;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.RandomStrategy;
import proxima.strategy.SobolStrategy;
import proxima.strategy.Strategy;
import proxima.strategy.TrustRegionRandom;
import proxima.strategy.Widening;

/// The strategies that a configuration can name.
public enum StrategyChoice {
  GP("gp"),
  GP_INPUT_WARPING("gp-input-warping"),
  FOREST("forest"),
  TRUST_REGION_RANDOM("trust-region-random"),
  CMA_ES("cma-es"),
  SOBOL("sobol"),
  RANDOM("random");

  /// An octave of a factor, in units of the cube, where its range is 4 octaves to each side: the first step of the local strategies.
  static final double OCTAVE = 0.125;

  private final String id;

  StrategyChoice(String id) {
    this.id = id;
  }

  /// What a configuration calls it.
  public String id() {
    return id;
  }

  static String[] names() {
    return Arrays.stream(values()).map(c -> c.id).toArray(String[]::new);
  }

  static StrategyChoice of(String id) {
    return Arrays.stream(values()).filter(c -> c.id.equals(id)).findFirst().orElseThrow();
  }

  /// With the options that a run of its space has, and what prior tasks teach: the Gaussian process takes it for its mean and needs no initial design, the
  /// others begin with what was best in one of them and search where good losses are expected first.
  /// @param prior one task at least
  Strategy learning(PriorTasks prior, InitialDesign design, Hints hints) {
    SearchSpace space = prior.space();
    return switch (this) {
      case GP, GP_INPUT_WARPING -> hints.given(new GpStrategy(design, options(space)), space).learning(prior);
      case FOREST, TRUST_REGION_RANDOM, CMA_ES, SOBOL, RANDOM -> new Experienced(prior, new Widening(prior).of(strategy(space, design, Threads.available(), Hints.NONE)));
    };
  }

  /// Whether it is a Gaussian process: it weighs prior tasks by how far they come true, and heeds hints.
  boolean isProcess() {
    return switch (this) {
      case GP, GP_INPUT_WARPING -> true;
      case FOREST, TRUST_REGION_RANDOM, CMA_ES, SOBOL, RANDOM -> false;
    };
  }

  /// With the options that a run of its space has, on as many threads as are available.
  public Strategy strategy(SearchSpace space, InitialDesign design) {
    return strategy(space, design, Threads.available(), Hints.NONE);
  }

  /// With the options that a run of its space has.
  /// @param threads of the Gaussian process; the others work on one
  /// @param hints for the Gaussian process
  Strategy strategy(SearchSpace space, InitialDesign design, Threads threads, Hints hints) {
    return switch (this) {
      case GP, GP_INPUT_WARPING -> hints.given(new GpStrategy(design, options(space), threads), space);
      case FOREST -> new ForestStrategy(design);
      case TRUST_REGION_RANDOM -> new TrustRegionRandom(design, OCTAVE);
      case CMA_ES -> new CmaEs(design, OCTAVE);
      case SOBOL -> new SobolStrategy();
      case RANDOM -> new RandomStrategy();
    };
  }

  private GpOptions options(SearchSpace space) {
    return this == GP_INPUT_WARPING ? GpOptions.of(space).withInputWarping() : GpOptions.of(space);
  }

  /// What a journal remembers of the strategy and its settings: with another label it would ask other points.
  String label(InitialDesign design) {
    return id + " " + Version.PROXIMA + ", " + design.size() + " initial points" + design.centre().map(c -> " within " + design.radius()).orElse("")
        + ", octave " + OCTAVE;
  }
}
