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
/// @param version what played; empty where it could not start
/// @param trials how many it was to have
/// @param steps one a trial, those of the initial design first; fewer than `trials` where it failed
/// @param failure why it ended early, in one line
record Run(String task, Group group, String contender, String version, long seed, int initial, int trials, List<Step> steps, Optional<String> failure) {

  Run {
    steps = List.copyOf(steps);
    version = plain(version);
    failure = failure.map(Run::plain);
  }

  /// As one cell of a CSV file without quotes.
  private static String plain(String text) {
    return text.replace(',', ';').replace('"', '\'').replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /// One trial.
  /// @param loss as observed; infinite where the trial diverged
  /// @param regret normalised, of the point with the lowest observed loss so far; infinite before the first finite loss
  /// @param seconds that the suggestion took; 0 in the initial design
  record Step(double loss, double regret, double seconds) {}

  /// Plays a contender. Points and noise of the initial design, and the noise of each later trial, depend on the seed alone.
  ///
  /// @param initial points before the contender's first: Sobol points of the cube, or random rows
  static Run play(TaskEntry entry, Contender contender, long seed, int initial, int trials) throws InterruptedException {
    Task task = entry.at(seed);
    List<Point> design = design(task, seed, Math.min(initial, trials));
    List<Step> steps = new ArrayList<>();
    String version = "";
    Optional<String> failure = Optional.empty();
    try (Player player = contender.start(task, design.size(), seed)) {
      version = player.version();
      play(task, player, seed, design, trials, steps);
    } catch (ContenderException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    }
    return new Run(entry.name(), entry.group(), contender.name(), version, seed, design.size(), trials, steps, failure);
  }

  /// @param steps is given each trial, also those before a failure
  private static void play(Task task, Player player, long seed, List<Point> design, int trials, List<Step> steps) throws InterruptedException {
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
      steps.add(new Step(loss, regret, seconds));
      player.tell(x, outcome);
    }
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
