package proxima.tune;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.ModuleAxis;
import proxima.space.SearchSpace;

/// What a run searches.
sealed interface SpaceConfig {

  /// What the user says of parameters beside their ranges.
  Hints hints();

  /// Global values first, then factors on them. A factor lies in [2^-octaves, 2^octaves].
  ///
  /// @param global ranges of the global values, in their natural unit
  /// @param hints what is expected of the global values, as they are searched
  /// @param perModule octaves of the factors that each module type has of its own
  /// @param only the types that have one, where not all have
  /// @param shared octaves of the factors that all modules share
  /// @param perBlock octaves of the factors that each block has of its own
  record PerModule(
      Map<Hyperparameter, GlobalSpace.Interval> global,
      Hints hints,
      Map<Hyperparameter, Double> perModule,
      Map<Hyperparameter, List<String>> only,
      Map<Hyperparameter, Double> shared,
      Map<Hyperparameter, Double> perBlock)
      implements SpaceConfig {

    List<ModuleAxis> axes() {
      Set<Hyperparameter> all = EnumSet.noneOf(Hyperparameter.class);
      all.addAll(perModule.keySet());
      all.addAll(shared.keySet());
      all.addAll(perBlock.keySet());
      return all.stream().map(this::axis).toList();
    }

    private ModuleAxis axis(Hyperparameter h) {
      ModuleAxis.Scope scope = shared.containsKey(h) ? ModuleAxis.Scope.SHARED : ModuleAxis.Scope.TYPE;
      double octaves = perModule.getOrDefault(h, shared.getOrDefault(h, 0.0));
      return new ModuleAxis(h, octaves, scope, perBlock.getOrDefault(h, 0.0), only.getOrDefault(h, List.of()));
    }
  }

  /// The user's own parameters, for a command that is not tuned per module.
  ///
  /// @param literals those whose choices are numbers or booleans to the user, not texts
  record Plain(SearchSpace space, Hints hints, Set<String> literals) implements SpaceConfig {}
}
