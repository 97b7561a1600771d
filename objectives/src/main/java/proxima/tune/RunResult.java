package proxima.tune;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import proxima.space.Configuration;

/// What a tuning run found.
///
/// @param losses final ones by setting, over fresh seeds: `default`, `global` and `perModule`, or only `best` in a run without modules
/// @param best the recommended configuration: global values and factors by name
/// @param setting the recommendation as values; empty in a run without modules
/// @param global the best global values, with no factors; empty in a run without modules
record RunResult(String study, Map<String, Losses> losses, Configuration best, Optional<Setting> setting, Optional<Setting> global) {

  /// The name of the recommended setting.
  String recommended() {
    return setting.isPresent() ? "perModule" : "best";
  }

  /// What the recommended setting has on average; infinite where it has no loss.
  double loss() {
    return Optional.ofNullable(losses.get(recommended())).flatMap(Losses::estimate).map(Estimate::mean).orElse(Double.POSITIVE_INFINITY);
  }

  /// The setting of the lowest mean loss among those that are better than the recommended one by more than chance explains, or than one without a loss.
  Optional<String> better() {
    Losses mine = losses.getOrDefault(recommended(), new Losses(new TreeMap<>(), 0));
    return losses.entrySet().stream()
        .filter(e -> e.getValue().estimate().isPresent() && (mine.estimate().isEmpty() || mine.isAbove(e.getValue())))
        .min(Comparator.comparingDouble(e -> e.getValue().estimate().orElseThrow().mean()))
        .map(Map.Entry::getKey);
  }
}
