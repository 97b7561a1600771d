package proxima.tune;

import java.util.Optional;
import proxima.module.Hyperparameters;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.study.EarlyStopping;
import proxima.study.Promotion;
import proxima.study.Trial;

/// Everything a tuning run is told.
///
/// @param name of the run; the run folder is `runs/NAME` unless the command line says otherwise
/// @param scale the scale trials train at
/// @param base the scale whose values the study stores; runs with one base are prior tasks for each other
/// @param defaults the setting to compare with, at the base scale
/// @param stopping of trials in the phases that search; empty where all run to their end
/// @param prior earlier runs to learn from
/// @param store that the run shares with others; empty where it is its folder's own
/// @param workers trainings at once
/// @param seed of the strategies, and of the trainings by way of `TrainingSeeds`
record RunConfig(
    String name,
    ObjectiveConfig objective,
    Scale scale,
    Scale base,
    ScalingRule rule,
    Hyperparameters defaults,
    SpaceConfig space,
    String strategy,
    Budget budget,
    Optional<EarlyStopping> stopping,
    Optional<PriorConfig> prior,
    Optional<String> store,
    int workers,
    long seed) {

  /// This with other values to compare with.
  RunConfig withDefaults(Hyperparameters other) {
    return new RunConfig(name, objective, scale, base, rule, other, space, strategy, budget, stopping, prior, store, workers, seed);
  }

  /// This in the store of another name.
  RunConfig in(String other) {
    return new RunConfig(name, objective, scale, base, rule, defaults, space, strategy, budget, stopping, prior, Optional.of(other), workers, seed);
  }

  /// This at other scales.
  RunConfig at(Scale otherScale, Scale otherBase) {
    return new RunConfig(name, objective, otherScale, otherBase, rule, defaults, space, strategy, budget, stopping, prior, store, workers, seed);
  }

  /// This with another objective.
  RunConfig withObjective(ObjectiveConfig other) {
    return new RunConfig(name, other, scale, base, rule, defaults, space, strategy, budget, stopping, prior, store, workers, seed);
  }

  /// This with another rule.
  RunConfig withRule(ScalingRule other) {
    return new RunConfig(name, objective, scale, base, other, defaults, space, strategy, budget, stopping, prior, store, workers, seed);
  }

  /// Whether it was given a scale, which a command with parameters of its own need not have. Without one `promotion` takes tokens for steps.
  boolean hasScale() {
    long steps = stopping.isPresent() && stopping.get() instanceof Promotion(_, _, long whole) ? whole : 1;
    return !scale.equals(new Scale(1, 1, 1, steps));
  }

  /// The scale that a trial trains at: shorter than others where it says so.
  Scale scale(Trial trial) {
    return trial.steps().isEmpty() ? scale : new Scale(scale.width(), scale.depth(), scale.batch(), scale.batch() * trial.steps().getAsLong());
  }

  TrainingSeeds seeds() {
    return new TrainingSeeds(seed);
  }

  /// How many trials a phase has; 0 where it is passed over, or is none of this run's.
  int trials(String phase) {
    boolean plain = space instanceof SpaceConfig.Plain;
    return switch (phase) {
      case "search" -> plain ? budget.global() : 0;
      case "global" -> space instanceof SpaceConfig.PerModule m && !m.global().isEmpty() ? budget.global() : 0;
      case "module" -> plain ? 0 : budget.perModule();
      case "select" -> budget.finalists() < 2 ? 0 : budget.finalists() * budget.seeds();
      case "confirm" -> (plain ? 1 : 3) * budget.seeds();
      default -> throw new IllegalArgumentException("no phase '" + phase + "'");
    };
  }

  /// How many trials each phase has.
  ///
  /// @param global trials over the global values; of a run without modules, all its trials
  /// @param perModule trials over the per-module factors
  /// @param finalists configurations that are trained again with fresh seeds before one is recommended
  /// @param seeds fresh seeds for each finalist, and as many others for each setting of the comparison
  record Budget(int global, int perModule, int finalists, int seeds) {}
}
