package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.space.Configuration;
import proxima.space.SearchSpace;
import proxima.study.TrialResult;

/// Where the numbers come from: configuration, seeds, versions, remarks, every trial.
final class Origins {

  // Of 40 values each, 1,000 trials are half a megabyte of the page.
  private static final int MOST = 1000;

  private Origins() {}

  static Block.Section section(ReportData data, List<String> moreNotes) {
    List<Block> blocks = new ArrayList<>();
    if (!data.scale().isBlank()) {
      blocks.add(new Block.Text("Scale: " + data.scale()));
    }
    List<String> notes = new ArrayList<>(data.notes());
    notes.addAll(moreNotes);
    blocks.add(new Block.Text(notes.isEmpty() ? "Nothing is noted." : "Fallbacks and notes:"));
    if (!notes.isEmpty()) {
      blocks.add(new Block.Bullets(notes));
    }
    data.recommended().ifPresent(c -> {
      Map<String, Double> octaves = data.tuned().map(p -> octaves(p.study().space(), c)).orElse(Map.of());
      blocks.add(
          new Block.Folded(
              "Recommended configuration",
              List.of(
                  new Block.Table(
                      List.of("Parameter", "Value"),
                      c.values().entrySet().stream().map(e -> octaves.containsKey(e.getKey()) ? factor(e.getKey(), octaves) : List.of(e.getKey(), Names.value(e.getValue()))).toList(), true))));
    });
    for (ReportData.Phase phase : data.phases()) {
      List<TrialResult> all = phase.study().trials();
      List<TrialResult> shown = all.size() <= MOST ? all : all.stream().sorted(Comparator.comparingDouble(t -> t.loss().orElse(Double.POSITIVE_INFINITY))).limit(MOST).toList();
      String of = Names.phase(phase.name()) + ": ";
      blocks.add(
          new Block.Folded(
              all.size() <= MOST ? of + "all " + Format.count(all.size(), "trial") : of + "the " + MOST + " trials of the lowest losses, of " + all.size() + "; ./proxima export has all",
              List.of(trials(shown, data.unit(), phase.study().space()))));
    }
    if (!data.configuration().isBlank()) {
      blocks.add(new Block.Text("Configuration file:"));
      blocks.add(new Block.Verbatim(data.configuration()));
    }
    if (!data.seeds().isEmpty()) {
      blocks.add(new Block.Text("Seeds:"));
      blocks.add(new Block.Bullets(data.seeds()));
    }
    if (!data.versions().isEmpty()) {
      blocks.add(new Block.Text("Versions:"));
      blocks.add(new Block.Bullets(data.versions()));
    }
    return new Block.Section("origins", "Where the numbers come from", blocks);
  }

  /// Log2 factors of a configuration that multiply global values, those of blocks over their geometric mean, by parameter; empty where it has none of this space.
  private static Map<String, Double> octaves(SearchSpace space, Configuration configuration) {
    return Trials.pointOf(space, configuration).flatMap(_ -> ModuleFactors.of(space, configuration)).map(ModuleFactors::octaves).orElse(Map.of());
  }

  /// `embed learning rate` and `×2.9`.
  private static List<String> factor(String parameter, Map<String, Double> octaves) {
    return List.of(Names.parameter(parameter), Factor.text(octaves.getOrDefault(parameter, 0.0)));
  }

  private static Block trials(List<TrialResult> trials, String unit, SearchSpace space) {
    boolean factors = ModuleFactors.isOfFactors(space);
    List<List<String>> rows = new ArrayList<>();
    for (TrialResult t : trials) {
      Map<String, Double> octaves = factors ? octaves(space, t.configuration()) : Map.of();
      String values =
          t.configuration().values().entrySet().stream()
              .map(e -> octaves.containsKey(e.getKey()) ? String.join(" ", factor(e.getKey(), octaves)) : e.getKey() + "=" + Names.value(e.getValue()))
              .collect(Collectors.joining(factors ? ", " : " "));
      rows.add(List.of(t.number() + (t.asked() ? "" : " (given)"), Trials.outcome(t, unit), values));
    }
    return new Block.Table(List.of("Trial", "Outcome", "Values"), rows, false);
  }
}
