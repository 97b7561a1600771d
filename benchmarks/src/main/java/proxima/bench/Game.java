package proxima.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import proxima.bench.result.Entrant;
import proxima.bench.result.Run;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Seeds;
import proxima.strategy.SobolStrategy;

/// One contender on one task with one seed, to be played.
///
/// Several workers are simulated: each asks for a trial whenever its last one has ended, while those of the others are pending. A trial takes what one of `TrialTimes` took, a suggestion no time,
/// and trials are told in the order in which they end.
///
/// @param workers that try points at once; they begin when the initial points have all been tried
/// @param initial points before the contender's first, Sobol points of the cube or random rows; a contender that learns has these trials too, but chooses their points
/// @param trials with those
record Game(TaskEntry entry, Contender contender, int workers, long seed, int initial, int trials) {

  /// The contender and its workers.
  String name() {
    return new Entrant(contender.name(), workers).name();
  }

  /// Points and noise of the initial design, and the noise and the time of each later trial, depend on the seed alone. What the contender throws, and what it suggests that can not be
  /// tried, ends its run alone.
  Run play() throws InterruptedException {
    Task task = entry.at(seed);
    List<Point> design = design(task, contender.learns() ? 0 : Math.min(initial, trials));
    List<Run.Step> steps = new ArrayList<>();
    String version = "";
    Optional<String> failure = Optional.empty();
    try (Player player = contender.start(task, design.size(), workers, seed)) {
      version = player.version();
      play(task, player, design, steps);
    } catch (ContenderException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      failure = Optional.of("threw " + e + Arrays.stream(e.getStackTrace()).findFirst().map(f -> " at " + f).orElse(""));
    }
    return new Run(entry.name(), entry.group(), name(), version, seed, Math.min(initial, trials), trials, steps, failure);
  }

  /// A trial that is being tried.
  /// @param seconds that its suggestion took
  /// @param end when it ends, on the simulated clock
  private record Running(int trial, Point x, Outcome outcome, double seconds, double end) {}

  /// @param steps is given each trial, also those before a failure
  private void play(Task task, Player player, List<Point> design, List<Run.Step> steps) throws InterruptedException {
    PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end).thenComparingInt(Running::trial));
    int asked = 0;
    double clock = 0;
    while (steps.size() < trials) {
      boolean isDesign = steps.size() < design.size();
      while (asked < trials && running.size() < (isDesign ? 1 : workers)) {
        running.add(isDesign ? trial(task, asked, design.get(asked), 0, clock) : asked(task, player, asked, clock));
        asked++;
      }
      Running first = running.remove();
      clock = first.end;
      steps.add(step(task, first, steps));
      player.tell(first.x, first.outcome);
    }
  }

  private Running asked(Task task, Player player, int trial, double clock) throws InterruptedException {
    long start = System.nanoTime();
    Point x = player.ask();
    return trial(task, trial, x, Math.round((System.nanoTime() - start) / 1e3) / 1e6, clock);
  }

  private Running trial(Task task, int trial, Point x, double seconds, double clock) {
    Outcome outcome = task.observe(x, Seeds.random(seed, trial, 4));
    return new Running(trial, x, outcome, seconds, clock + TrialTimes.RECORDED.draw(outcome, Seeds.random(seed, trial, 10)));
  }

  private static Run.Step step(Task task, Running ended, List<Run.Step> before) {
    double loss = ended.outcome instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY;
    double lowest = before.stream().mapToDouble(Run.Step::loss).min().orElse(Double.POSITIVE_INFINITY);
    double regret = loss < lowest ? task.regret(task.value(ended.x)) : before.isEmpty() ? Double.POSITIVE_INFINITY : before.getLast().regret();
    return new Run.Step(loss, regret, ended.seconds);
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
