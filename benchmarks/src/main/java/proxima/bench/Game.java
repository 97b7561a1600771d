package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.bench.result.Run;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Seeds;
import proxima.strategy.SobolStrategy;

/// One contender on one task with one seed, to be played.
///
/// @param initial points before the contender's first, Sobol points of the cube or random rows; a contender that learns has these trials too, but chooses their points
/// @param trials with those
record Game(TaskEntry entry, Contender contender, long seed, int initial, int trials) {

  /// Points and noise of the initial design, and the noise of each later trial, depend on the seed alone.
  Run play() throws InterruptedException {
    Task task = entry.at(seed);
    List<Point> design = design(task, contender.learns() ? 0 : Math.min(initial, trials));
    List<Run.Step> steps = new ArrayList<>();
    String version = "";
    Optional<String> failure = Optional.empty();
    try (Player player = contender.start(task, design.size(), seed)) {
      version = player.version();
      play(task, player, design, steps);
    } catch (ContenderException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    }
    return new Run(entry.name(), entry.group(), contender.name(), version, seed, Math.min(initial, trials), trials, steps, failure);
  }

  /// @param steps is given each trial, also those before a failure
  private void play(Task task, Player player, List<Point> design, List<Run.Step> steps) throws InterruptedException {
    double lowest = Double.POSITIVE_INFINITY;
    double regret = Double.POSITIVE_INFINITY;
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
      steps.add(new Run.Step(loss, regret, seconds));
      player.tell(x, outcome);
    }
  }

  private List<Point> design(Task task, int n) {
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
        design.add(new SobolStrategy().suggest(new Knowledge(task.space(), seed, design.stream().map(Game::open).toList())));
      }
    }
    return design;
  }

  private static Evaluation open(Point x) {
    return new Evaluation(x, Optional.empty(), true);
  }
}
