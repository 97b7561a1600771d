package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Seeds;
import proxima.strategy.SobolStrategy;

/// One contender on one task with one seed.
///
/// @param steps one a trial, those of the initial design first
record Run(String task, Group group, String contender, long seed, int initial, List<Step> steps) {

  Run {
    steps = List.copyOf(steps);
  }

  /// One trial.
  /// @param loss as observed; infinite where the trial diverged
  /// @param regret normalised, of the point with the lowest observed loss so far; infinite before the first finite loss
  /// @param seconds that the suggestion took; 0 in the initial design
  record Step(double loss, double regret, double seconds) {}

  /// Plays a contender. Points and noise of the initial design, and the noise of each later trial, depend on the seed alone.
  ///
  /// @param initial points before the contender's first: Sobol points of the cube, or random rows
  static Run play(TaskEntry entry, Contender contender, long seed, int initial, int trials) {
    Task task = entry.at(seed);
    List<Step> steps = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    double regret = Double.POSITIVE_INFINITY;
    List<Point> design = design(task, seed, Math.min(initial, trials));
    try (Player player = contender.start(task, design.size(), seed)) {
      for (int i = 0; i < trials; i++) {
        long start = System.nanoTime();
        Point x = i < design.size() ? design.get(i) : player.ask();
        double seconds = i < design.size() ? 0 : Math.round((System.nanoTime() - start) / 1e3) / 1e6;
        Outcome outcome = task.observe(x, Seeds.random(seed, i, 4));
        double loss = outcome instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY;
        if (loss < lowest) {
          lowest = loss;
          regret = task.regret(task.value(x));
        }
        player.tell(x, outcome);
        steps.add(new Step(loss, regret, seconds));
      }
    }
    return new Run(entry.name(), entry.group(), contender.name(), seed, design.size(), steps);
  }

  private static List<Point> design(Task task, long seed, int n) {
    Rows rows = new Rows(task.rows());
    RandomGenerator random = Seeds.random(seed, 5);
    List<Point> design = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (rows.any()) {
        List<Point> left = rows.left();
        Point x = left.get(random.nextInt(left.size()));
        rows.remove(x);
        design.add(x);
      } else {
        design.add(new SobolStrategy().suggest(new Knowledge(task.space(), seed, design.stream().map(Run::open).toList())));
      }
    }
    return design;
  }

  private static Evaluation open(Point x) {
    return new Evaluation(x, Optional.empty(), true);
  }
}
