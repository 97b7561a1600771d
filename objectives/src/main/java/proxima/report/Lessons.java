package proxima.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.space.learn.BoxLearner;
import proxima.space.learn.EllipsoidLearner;
import proxima.space.learn.LearnedRegion;
import proxima.space.learn.LevelSetLearner;
import proxima.space.learn.PooledRegression;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.space.learn.RegionLearner;
import proxima.space.learn.Shape;
import proxima.strategy.Agreement;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// What earlier runs taught, and what each of them contributed.
final class Lessons {

  private static final List<Integer> MARKS = List.of(1, 2, 5, 10, 25, 50, 100, 200, 500);

  private Lessons() {}

  /// How well the prior tasks of each phase foretold its losses; none of a phase without any.
  static Map<String, List<Agreement>> agreements(ReportData data) {
    Map<String, List<Agreement>> agreements = new LinkedHashMap<>();
    for (Lesson lesson : data.lessons()) {
      study(data, lesson).filter(s -> s.knowledge().informative() > 0).ifPresent(s -> agreements.put(lesson.phase(), Agreement.of(lesson.prior(), s.knowledge())));
    }
    return agreements;
  }

  /// A line for each phase that went on without its prior tasks.
  static List<String> notes(ReportData data, Map<String, List<Agreement>> agreements) {
    return data.lessons().stream()
        .filter(l -> isContradicted(l, agreements.getOrDefault(l.phase(), List.of())))
        .map(l -> Names.phase(l.phase()) + ": losses contradict what the earlier runs foretell, so that the search went on without these")
        .toList();
  }

  private static boolean isContradicted(Lesson lesson, List<Agreement> agreements) {
    return lesson.weighed() && !agreements.isEmpty() && agreements.stream().allMatch(a -> a.weight() == 0);
  }

  private static Optional<StoredStudy> study(ReportData data, Lesson lesson) {
    return data.phases().stream().filter(p -> p.name().equals(lesson.phase())).findFirst().map(ReportData.Phase::study);
  }

  /// Of a run that has learned; empty where it has no prior runs.
  static Optional<Block.Section> section(ReportData data, Map<String, List<Agreement>> agreements) {
    List<Block> blocks = new ArrayList<>();
    for (Lesson lesson : data.lessons()) {
      Optional<StoredStudy> study = study(data, lesson);
      blocks.add(new Block.Subtitle(Names.phase(lesson.phase())));
      blocks.addAll(tasks(lesson, agreements.getOrDefault(lesson.phase(), List.of()), data.unit()));
      study.flatMap(s -> progress(s, data.unit())).ifPresent(blocks::add);
      blocks.addAll(figures(lesson, study.flatMap(s -> Chosen.of(data, s))));
    }
    return blocks.isEmpty() ? Optional.empty() : Optional.of(new Block.Section("lessons", "What earlier runs taught", blocks));
  }

  /// Of what a new run would learn.
  static Block.Section section(Lesson lesson) {
    List<Block> blocks = new ArrayList<>(tasks(lesson, List.of(), ""));
    if (!lesson.prior().tasks().isEmpty()) {
      blocks.add(regions(lesson.prior()));
      blocks.addAll(figures(lesson, Optional.empty()));
    }
    return new Block.Section("lesson-" + lesson.phase(), Names.phase(lesson.phase()), blocks);
  }

  private static List<Block> tasks(Lesson lesson, List<Agreement> agreements, String unit) {
    PriorTasks prior = lesson.prior();
    List<Block> blocks = new ArrayList<>();
    if (prior.tasks().isEmpty()) {
      blocks.add(new Block.Notice("No earlier run tells anything of this phase."));
    } else {
      blocks.add(table(lesson, agreements, unit));
      if (isSome(prior)) {
        blocks.add(
            new Block.Text(
                "Of many trials the regression over all runs uses some, the best half of these and others spread evenly over the rest; what a run alone foretells is of " + Agreement.MOST + " at most."));
      }
      if (!agreements.isEmpty()) {
        blocks.add(
            new Block.Text(
                "Agreement is Kendall's rank correlation between what that run alone foretells and the losses of this one: 1 is the same order, 0 none, −1 the opposite. "
                    + (lesson.weighed()
                        ? "A run that foretells more counts more; one that foretells the opposite counts nothing, and none does where losses contradict what all foretell together. How far the search follows them all, its losses decide anew as they come in."
                        : "This strategy searches first where the earlier runs together expect good losses, and elsewhere too with each trial; everywhere while losses contradict what all foretell together.")));
      }
    }
    List<String> remarks = new ArrayList<>();
    prior.tasks().forEach(t -> t.notes().forEach(note -> remarks.add(t.name() + ": " + note)));
    prior.leftOut().forEach(l -> remarks.add(l.name() + " is left out: " + l.reason()));
    if (!remarks.isEmpty()) {
      blocks.add(new Block.Bullets(remarks));
    }
    return blocks;
  }

  /// How many of a task's trials the regression over all tasks uses.
  private static int used(PriorTasks prior, PriorTask task) {
    return Math.min(task.losses().size(), PooledRegression.most(prior.tasks().size()));
  }

  /// Whether not all trials are used, of all tasks together or of one alone.
  private static boolean isSome(PriorTasks prior) {
    return prior.tasks().stream().anyMatch(t -> t.losses().size() > Math.min(used(prior, t), Agreement.MOST));
  }

  private static Block table(Lesson lesson, List<Agreement> agreements, String unit) {
    List<List<String>> rows = new ArrayList<>();
    for (PriorTask t : lesson.prior().tasks()) {
      List<String> row = new ArrayList<>(List.of(t.name(), lesson.origins().getOrDefault(t.name(), "")));
      row.add(String.valueOf(t.losses().size()));
      if (isSome(lesson.prior())) {
        row.add(String.valueOf(used(lesson.prior(), t)));
      }
      row.add(String.valueOf(t.diverged()));
      row.add(Format.loss(t.losses().stream().mapToDouble(Double::doubleValue).min().orElseThrow(), unit));
      agreements.stream().filter(a -> a.task().equals(t.name())).forEach(a -> {
        row.add(Double.isNaN(a.correlation()) ? "–" : String.format(Locale.ROOT, "%.2f", a.correlation()));
        if (lesson.weighed()) {
          row.add(String.format(Locale.ROOT, "%.0f %%", 100 * a.weight()) + (isContradicted(lesson, agreements) ? ", contradicted" : ""));
        }
      });
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("Earlier run", "Where, and at what scale", "Trials"));
    if (isSome(lesson.prior())) {
      header.add("Used");
    }
    header.addAll(List.of("Diverged", "Lowest loss"));
    if (!agreements.isEmpty()) {
      header.addAll(lesson.weighed() ? List.of("Agreement", "Counts") : List.of("Agreement"));
    }
    return new Block.Table(header, rows, true);
  }

  /// The lowest loss after the first few trials, where the phase has several.
  private static Optional<Block> progress(StoredStudy study, String unit) {
    List<TrialResult> told = study.trials().stream().filter(t -> t.asked() && !t.isPending()).toList();
    List<List<String>> rows = new ArrayList<>();
    for (int n : IntStream.concat(MARKS.stream().mapToInt(i -> i).filter(n -> n < told.size()), IntStream.of(told.size())).toArray()) {
      double best = told.stream().limit(n).flatMap(t -> t.loss().stream().boxed()).mapToDouble(l -> l).min().orElse(Double.POSITIVE_INFINITY);
      rows.add(List.of(Format.count(n, "trial"), best < Double.POSITIVE_INFINITY ? Format.loss(best, unit) : "–"));
    }
    return told.size() < 2 ? Optional.empty() : Optional.of(new Block.Table(List.of("After", "Lowest loss"), rows, true));
  }

  /// What each learner makes of the tasks.
  private static Block regions(PriorTasks prior) {
    List<List<String>> rows = new ArrayList<>();
    List<RegionLearner> learners =
        List.of(
            BoxLearner.smallest(), BoxLearner.slack(), BoxLearner.trimmed(), EllipsoidLearner.soft(Shape.FULL), EllipsoidLearner.soft(Shape.MODULES),
            LevelSetLearner.tenth());
    for (RegionLearner learner : learners) {
      LearnedRegion region = learner.learn(prior);
      rows.add(List.of(region.method(), share(region.logShare()), String.join("; ", region.fallbacks())));
    }
    return new Block.Folded("Regions learned, and the share of the space that each keeps", List.of(new Block.Table(List.of("Region", "Kept", "Fallbacks"), rows, true)));
  }

  private static String share(double log) {
    double percent = 100 * Math.exp(log);
    return percent >= 0.01 ? Format.number(percent) + " %" : percent > 0 ? "e^" + Math.round(log) : "nothing to its sides";
  }

  private static List<Block> figures(Lesson lesson, Optional<Chosen> chosen) {
    return lesson.prior().tasks().isEmpty() ? List.of() : LearnedRanges.figures(lesson, chosen);
  }
}
