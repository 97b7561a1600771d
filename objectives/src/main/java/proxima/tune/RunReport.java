package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import proxima.cli.Version;
import proxima.report.Lesson;
import proxima.report.Report;
import proxima.report.ReportData;
import proxima.space.Configuration;
import proxima.space.learn.PriorTasks;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// The report of a run, from what it has recorded so far.
final class RunReport {

  private RunReport() {}

  /// @throws IOException if the report can not be written.
  static void write(RunFolder folder, RunRecord record) throws IOException {
    write(folder, record, Optional.empty());
  }

  /// @param beside another run to compare the search with
  /// @throws IOException if the report can not be written.
  static void write(RunFolder folder, RunRecord record, Optional<ReportData.Other> beside) throws IOException {
    RunConfig config = record.config();
    String above = Experiment.above(config.objective());
    ReportData data =
        new ReportData(
            config.name(),
            config.objective().unit(),
            above,
            phases(record),
            estimates(record),
            recommended(folder, record),
            lessons(folder, record),
            beside,
            record.log().stream().map(l -> new ReportData.Timing(l.phase(), l.trial(), l.outcome(), l.seconds())).toList(),
            scale(config),
            Files.readString(folder.config()),
            Arrays.asList(Version.lines()),
            seeds(config),
            notes(folder, record, above));
    Report.write(folder.path(), data);
  }

  private static Map<String, ReportData.Estimate> estimates(RunRecord record) {
    Map<String, ReportData.Estimate> estimates = new LinkedHashMap<>();
    record.confirmed().forEach((name, l) ->
        estimates.put(
            name,
            l.estimate()
                .map(e -> new ReportData.Estimate(e.mean(), e.low(), e.high(), l.bySeed(), l.lost()))
                .orElseGet(() -> ReportData.Estimate.none(l.lost()))));
    return estimates;
  }

  /// What the run recommends; before its finalists are trained again, the best by posterior mean so far. Only a leader's folder has a result.
  private static Optional<Configuration> recommended(RunFolder folder, RunRecord record) {
    List<TrialResult> again = record.phase("select").map(StoredStudy::trials).orElse(List.of());
    return ResultFile.best(folder)
        .or(() -> record.phase("module").or(() -> record.phase("search")).flatMap(s -> Selection.of(s.knowledge(), record.config().budget()).best(again)));
  }

  private static List<ReportData.Phase> phases(RunRecord record) {
    return record.phases().entrySet().stream().map(e -> new ReportData.Phase(e.getKey(), e.getValue())).toList();
  }

  /// A run to compare another's search with.
  static ReportData.Other other(RunConfig here, RunFolder folder, RunRecord record) {
    return new ReportData.Other(folder.path().toString(), scale(record.config()), differences(here, record.config()), phases(record));
  }

  private static List<String> differences(RunConfig here, RunConfig there) {
    List<String> differences = new ArrayList<>();
    if (!scale(here).equals(scale(there))) {
      differences.add("the scale");
    }
    if (!trained(here.objective()).equals(trained(there.objective()))) {
      differences.add("the objective or its data");
    }
    return differences;
  }

  /// What is trained, wherever and with whatever patience.
  private static Object trained(ObjectiveConfig objective) {
    return switch (objective) {
      case ObjectiveConfig.Command c -> List.of(c.command(), c.modules());
      case ObjectiveConfig.Transformer t when t.data() instanceof ObjectiveConfig.Data.Text(Path file, _) -> List.of(file, t.withDataAndHeads(new ObjectiveConfig.Data.UnicodeNames(), t.heads()).withDevice(""));
      case ObjectiveConfig.Transformer _, ObjectiveConfig.Mlp _, ObjectiveConfig.Convolution _, ObjectiveConfig.RandomLabels _ -> objective.withDevice("");
    };
  }

  private static String scale(RunConfig config) {
    return config.hasScale() ? config.scale().toString() : "";
  }

  /// What each phase that has begun learned, of those that had something to learn from.
  private static List<Lesson> lessons(RunFolder folder, RunRecord record) {
    Optional<Prior> prior = folder.readPrior();
    Optional<Experiment> experiment = experiment(folder, record.config());
    if (prior.isEmpty() || experiment.isEmpty()) {
      return List.of();
    }
    Map<String, PriorTasks> tasks = prior.get().tasks(experiment.get(), RunHistory.global(record));
    boolean weighs = StrategyChoice.of(record.config().strategy()).isProcess();
    return tasks.entrySet().stream()
        .filter(e -> record.phase(e.getKey()).isPresent())
        .map(e -> new Lesson(e.getKey(), e.getValue(), prior.get().origins(), weighs || e.getKey().equals("global")))
        .toList();
  }

  /// Empty where the network that was trained is not known any more.
  private static Optional<Experiment> experiment(RunFolder folder, RunConfig config) {
    boolean isOther = config.objective() instanceof ObjectiveConfig.Command && folder.fault(config).isPresent();
    return isOther ? Optional.empty() : Experiment.possible(config);
  }

  private static List<String> seeds(RunConfig config) {
    TrainingSeeds seeds = config.seeds();
    int last = config.budget().seeds() - 1;
    return List.of(
        "strategies: seed " + config.seed(),
        "global: every trial has its own, seed " + seeds.global(0) + " for trial 0",
        "module (or search): seed " + seeds.search() + " for every trial",
        "select: seeds " + seeds.select(0) + " to " + seeds.select(last),
        "confirm: seeds " + seeds.confirm(0) + " to " + seeds.confirm(last));
  }

  private static List<String> notes(RunFolder folder, RunRecord record, String above) {
    Tally tally = record.tally();
    List<String> notes = new ArrayList<>();
    if (!above.isEmpty()) {
      notes.add("Every loss is counted from " + above + ", the least that any model of this language can have");
    }
    record.config().objective().losses().ifPresent(losses -> notes.add("Losses are " + losses));
    folder.fault(record.config()).ifPresent(fault -> {
      boolean hasLessons = folder.readPrior().isEmpty() || experiment(folder, record.config()).isPresent();
      notes.add("The file that all this was found with is not here as it was: " + fault + (hasLessons ? "" : "; what phases learned from earlier runs is left out"));
    });
    if (tally.stopped() > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "%d configurations were not followed to a training's end, which saved about %.0f s: what whole trainings of them would have taken more, at their phase's mean",
              tally.stopped(), tally.saved()));
    }
    if (tally.failed() > 0) {
      notes.add(tally.failed() + " trials failed for reasons that say nothing of their configurations; they were not repeated");
    }
    return notes;
  }
}
