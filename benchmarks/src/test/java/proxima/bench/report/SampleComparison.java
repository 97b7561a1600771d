package proxima.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.bench.report.Played.ByRows;
import proxima.bench.report.Played.LeftOut;
import proxima.bench.report.Played.Session;
import proxima.bench.report.Played.TaskNote;
import proxima.bench.result.Group;
import proxima.bench.result.Run;
import proxima.strategy.Seeds;

/// Made-up comparisons: contenders that fall towards the optimum at their own pace, some over a cliff.
final class SampleComparison {

  static final List<String> NAMES =
      List.of("proxima", "random", "sobol", "trust-region-random", "cma-es", "forest", "botorch", "turbo", "ax", "optuna-tpe", "optuna-gp", "hebo", "smac", "vizier");

  private SampleComparison() {}

  /// @param contenders the first of `NAMES`
  /// @param tasks spread over all groups
  static Played of(int contenders, int tasks, int seeds, int trials) {
    List<Run> runs = new ArrayList<>();
    List<TaskNote> notes = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int t = 0; t < tasks; t++) {
        Group group = List.of(Group.values()).get(t * Group.values().length / tasks);
        boolean large = group == Group.HIGH_DIMENSIONAL || group == Group.CLIFF;
        for (int c = 0; c < contenders; c++) {
          runs.add(run(group, group.id() + "/task-" + t, c, seed, large ? 20 : 5, large ? 2 * trials : trials));
        }
        if (seed == 0) {
          notes.add(new TaskNote(group.id() + "/task-" + t, 2 + 3 * t, group == Group.RECORDED ? "rows of a table (2,000)" : "a function", Optional.empty()));
        }
      }
    }
    return new Played("sample", runs, runs.size(), List.of(new LeftOut("tpe<script>", "no Python & no luck")), "seeds: " + seeds + " # <sample>", notes,
        new ByRows(notes.stream().map(TaskNote::task).filter(t -> t.startsWith("recorded")).toList(), List.of("proxima", "random", "forest")), List.of(new Session("2026-08-01 10:00", "c0ffee", "a made-up machine", 2, "25.0.3", 1)));
  }

  private static Run run(Group group, String task, int contender, long seed, int initial, int trials) {
    RandomGenerator random = Seeds.random(seed, task.hashCode(), contender);
    RandomGenerator shared = Seeds.random(seed, task.hashCode());
    double skill = contender == 0 ? 1.1 : 0.15 + 0.75 * (contender * 7 % 13) / 13.0;
    double hardness = 0.3 + 1.4 * Seeds.random(0, task.hashCode()).nextDouble();
    List<Run.Step> steps = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < trials; i++) {
      boolean own = i >= initial;
      double regret = own
          ? best * Math.exp(-(skill * hardness * random.nextExponential() * (random.nextInt(4) == 0 ? 1 : 0)) * 6 / Math.sqrt(trials)) * (0.98 + 0.03 * random.nextDouble())
          : 0.4 + 1.2 * shared.nextDouble();
      boolean over = group == Group.CLIFF && (own ? random.nextDouble() < 0.02 + 0.06 * (contender % 5) : shared.nextDouble() < 0.2);
      best = over ? best : Math.min(best, Double.isFinite(regret) ? regret : 1);
      double seconds = own ? 1e-3 * Math.pow(3, contender % 6) * Math.pow(i, contender % 3) / 10 * (0.9 + 0.2 * random.nextDouble()) : 0;
      steps.add(new Run.Step(over ? Double.POSITIVE_INFINITY : regret, best, seconds));
    }
    boolean fails = contender == 7 && random.nextInt(20) == 0;
    String name = NAMES.get(contender);
    return fails
        ? new Run(task, group, name, name + " 1.0", seed, initial, trials, steps.subList(0, trials / 2), Optional.of("ended with <exit 1> & no reason"))
        : new Run(task, group, name, name + " 1.0", seed, initial, trials, steps, Optional.empty());
  }
}
