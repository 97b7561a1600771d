package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import proxima.chart.Format;
import proxima.cli.Json;
import proxima.study.TrialResult;

/// The final losses of a setting that was trained with several seeds.
///
/// @param bySeed of those that finished, by the place of the seed among all, from 0
/// @param lost how many seeds ended without a loss
record Losses(SortedMap<Integer, Double> bySeed, int lost) {

  Losses {
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
  }

  /// Those of a list of trainings, of all seeds of the first setting, then of the next. A setting of which none has ended is absent.
  static Map<String, Losses> of(List<TrialResult> trainings, List<String> settings, int seeds) {
    Map<String, List<TrialResult>> ended =
        trainings.stream().filter(t -> !t.isPending()).collect(Collectors.groupingBy(t -> settings.get(JobList.index(t.trial()) / seeds)));
    Map<String, Losses> losses = new LinkedHashMap<>();
    settings.stream().filter(ended::containsKey).forEach(name -> losses.put(name, of(ended.getOrDefault(name, List.of()), seeds)));
    return losses;
  }

  private static Losses of(List<TrialResult> ended, int seeds) {
    SortedMap<Integer, Double> bySeed =
        ended.stream().filter(t -> t.loss().isPresent()).collect(Collectors.toMap(t -> JobList.index(t.trial()) % seeds, t -> t.loss().orElseThrow(), (a, _) -> a, TreeMap::new));
    return new Losses(bySeed, ended.size() - bySeed.size());
  }

  /// Empty where no seed has a loss.
  Optional<Estimate> estimate() {
    return Optional.of(List.copyOf(bySeed.values())).filter(v -> !v.isEmpty()).map(Estimate::of);
  }

  /// Whether these are higher than another setting's by more than chance explains: over the seeds with which both have one, two at least, the 95 % confidence interval of the difference lies above 0.
  boolean isAbove(Losses other) {
    List<Double> differences = bySeed.entrySet().stream().flatMap(e -> Optional.ofNullable(other.bySeed.get(e.getKey())).map(loss -> e.getValue() - loss).stream()).toList();
    return differences.size() > 1 && Estimate.of(differences).low() > 0;
  }

  /// In words: `loss 1.277  [1.250, 1.304]  (only 2 of 3 seeds finished)`.
  ///
  /// @param seed what a seed is called
  String text(String seed) {
    String seeds = Format.count(bySeed.size() + lost, seed);
    String finished = lost == 0 ? seeds : (bySeed.isEmpty() ? "none" : "only " + bySeed.size()) + " of " + seeds + " finished";
    return estimate().map(e -> "loss " + Format.loss(e.mean()) + e.interval(Format::loss)).orElse("no loss") + "  (" + finished + ")";
  }

  /// With null for what is not known: a mean of no seed, an interval of one.
  ///
  /// @param mean what it is called
  ObjectNode json(String mean) {
    ObjectNode node = estimate().map(e -> e.json(mean)).orElseGet(() -> Json.object().putNull(mean).putNull("low").putNull("high"));
    return node.put("seeds", bySeed.size()).put("lost", lost);
  }
}
