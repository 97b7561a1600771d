package proxima.strategy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.gp.Mean;
import proxima.gp.Warp;
import proxima.space.KernelSum;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.learn.PooledRegression;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// What prior tasks expect of the losses of this one: the mean of a regression over all of them, which sees what they have in common, and of the processes of each, which see what
/// matters how much. A task weighs the more in both, the better it ranks what is known here.
final class PriorMean {

  /// Observations that a task's rank correlation is shrunk by, towards 1/2: until there are some, all tasks weigh alike.
  private static final double DOUBT = 5;

  /// Of the slope: so many observations say that as much of what is expected comes true as among prior tasks.
  private static final double SLOPE_DOUBT = 2;

  /// However well prior tasks agree, this one may be another: what is wrong for all of them is believed no longer than a few trials.
  private static final double MOST_TRUST = 0.5;

  private static final double STEEPEST = 1.5;

  private static final int REMEMBERED = 8;

  /// Of each task, over which expectations are standardised.
  private static final int POINTS = 50;

  /// Points that a suggestion is chosen among where nothing better is known.
  private static final int CANDIDATES = 1024;

  /// Of each task, its best are candidates for the first suggestion.
  private static final int BEST_OF_A_TASK = 5;

  private static final int FIRST_BLIND = 3;
  private static final int MADE_UP = 8;

  private final List<PriorTask> tasks;
  private final List<TaskProcess> alone;
  private final double trust;
  private final Map<List<Double>, Mixture> memory = new LinkedHashMap<>();

  PriorMean(PriorTasks prior) {
    this.tasks = prior.tasks();
    this.alone = tasks.stream().map(TaskProcess::of).toList();
    this.trust = trust(tasks, alone);
  }

  /// What slope is believed in before anything is known here: how well prior tasks foretell each other, as the correlation of a task's scores with what the others expect in the
  /// mean, averaged over tasks, and no more than a half, as of one task alone, of which nothing says it.
  private static double trust(List<PriorTask> tasks, List<TaskProcess> alone) {
    if (tasks.size() < 2) {
      return MOST_TRUST;
    }
    double sum = 0;
    for (int t = 0; t < tasks.size(); t++) {
      List<Point> points = tasks.get(t).points();
      double[] expected = new double[points.size()];
      for (int s = 0; s < tasks.size(); s++) {
        double[] by = s == t ? new double[points.size()] : alone.get(s).at(points);
        for (int i = 0; i < by.length; i++) {
          expected[i] += by[i];
        }
      }
      sum += linear(expected, Warp.of(Warp.Kind.RANK, tasks.get(t).losses().stream().mapToDouble(Double::doubleValue).toArray()).targets());
    }
    return Math.clamp(sum / tasks.size(), 0, MOST_TRUST);
  }

  /// How a suggestion is made.
  enum Advice {
    /// The point that prior tasks expect to be best.
    EXPECTED,
    /// Anywhere.
    RANDOM,
    /// By a model of what is known here alone.
    WITHOUT,
    /// The same, less the trials that prior tasks suggested first.
    ALONE,
    /// By a model around what prior tasks expect.
    AROUND
  }

  /// The first suggestion is what prior tasks expect to be best. The 4th is random, the 8th, the 16th and so on do not regard the prior tasks: where only what they expect to be good is tried, nothing can show
  /// that they are wrong. Where they are wrong by the first four, those up to the 8th make up for an initial design. While no trial has finished every second
  /// one is random, as where trials diverge the prior tasks may be wrong.
  Advice advice(int asked, Observations told) {
    if (asked == 0) {
      return Advice.EXPECTED;
    }
    if (told.finished() == 0) {
      return asked != FIRST_BLIND && asked % 2 == 0 ? Advice.EXPECTED : Advice.RANDOM;
    }
    if (asked == FIRST_BLIND || (asked > FIRST_BLIND && asked < MADE_UP && isWrong(told))) {
      return Advice.RANDOM;
    }
    if (asked > FIRST_BLIND && isWrong(told)) {
      return Advice.ALONE;
    }
    return asked > FIRST_BLIND && Integer.bitCount(asked + 1) == 1 ? Advice.WITHOUT : Advice.AROUND;
  }

  private Mixture mixture(List<Double> weights) {
    List<PriorTask> counting = IntStream.range(0, tasks.size()).filter(t -> weights.get(t) > 0).mapToObj(tasks::get).toList();
    List<Point> points = counting.stream().flatMap(t -> Arrays.stream(t.some(POINTS)).mapToObj(t.points()::get)).toList();
    Mixture each = new Mixture(alone, weights, 0).standardised(points);
    return new Mixture(List.of(new Regression(PooledRegression.of(tasks, weights)), each), List.of(0.5, 0.5), 0);
  }

  /// A regression as a mean.
  private record Regression(KernelSum function) implements Mean {
    @Override
    public double[] at(List<Point> points) {
      return function.at(points);
    }

    @Override
    public double at(Point x, double[] slope) {
      return function.at(x, slope);
    }
  }

  /// Without those of the first trials that are not better than all others: where prior tasks are wrong, these lie far from all others, and bend a model more than they tell.
  static Knowledge alone(Knowledge knowledge) {
    List<Evaluation> first = knowledge.evaluations().stream().filter(Evaluation::asked).limit(FIRST_BLIND).toList();
    double lowest =
        knowledge.evaluations().stream().filter(e -> !first.contains(e)).flatMap(e -> e.outcome().stream()).mapToDouble(PriorMean::loss).min().orElse(Double.POSITIVE_INFINITY);
    List<Evaluation> others = knowledge.evaluations().stream().filter(e -> !first.contains(e) || e.outcome().map(PriorMean::loss).orElse(Double.NEGATIVE_INFINITY) < lowest).toList();
    return new Knowledge(knowledge.space(), knowledge.seed(), others);
  }

  /// Infinite where the trial has none.
  private static double loss(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> f.loss();
      case Outcome.Stopped s -> s.loss();
      case Outcome.Diverged _, Outcome.Failed _ -> Double.POSITIVE_INFINITY;
    };
  }

  /// Whether losses are in the order of what is expected, more than in the opposite one; not asked of so few as the first ones.
  boolean agrees(Observations told) {
    return told.size() <= FIRST_BLIND || correlation(function().at(told.points()), told.lossArray()) > 0;
  }

  /// Where nothing of what is expected comes true, or losses come in the opposite order of what tasks expect in the mean: of several wrong tasks some are right by chance.
  private boolean isWrong(Observations told) {
    double[] expected = function(told.points(), told.lossArray()).at(told.points());
    return !agrees(told) || slope(trust, expected, Warp.of(Warp.Kind.RANK, told.lossArray()).targets()) == 0;
  }

  /// The candidate that is expected to be best.
  Point lowest(List<Point> candidates) {
    double[] values = function().at(candidates);
    int lowest = 0;
    for (int i = 1; i < values.length; i++) {
      lowest = values[i] < values[lowest] ? i : lowest;
    }
    return candidates.get(lowest);
  }

  /// A new point that is expected to be good: one that was in a prior task; a random one, where all of these are known.
  Point first(Knowledge knowledge, Cells cells) {
    var seen = new Seen(knowledge, cells);
    var spread = new Spread(cells.region(), knowledge.random().nextLong());
    Stream<Point> best = tasks.stream().flatMap(t -> t.best(BEST_OF_A_TASK).stream()).map(x -> cells.snap(x.toArray())).filter(cells::contains).distinct();
    List<Point> known = best.filter(x -> !seen.contains(x)).toList();
    List<Point> candidates =
        known.isEmpty() ? IntStream.range(0, CANDIDATES).mapToObj(i -> cells.snap(spread.point(i))).filter(x -> !seen.contains(x)).toList() : known;
    return candidates.isEmpty() ? new SobolStrategy().suggest(knowledge) : lowest(candidates);
  }

  /// What is expected before anything is known.
  private Mixture function() {
    return function(tasks.stream().map(_ -> 1.0).toList());
  }

  /// What is expected given observations.
  Mixture function(List<Point> points, double[] losses) {
    int n = milestone(points.size());
    return function(correlations(points.subList(0, n), losses).stream().map(tau -> weight(tau, n)).toList());
  }

  /// Kendall's rank correlation of the losses with what each task alone expects.
  List<Double> correlations(List<Point> points, double[] losses) {
    return alone.stream().map(f -> correlation(f.at(points), losses)).toList();
  }

  /// Weights change when a quarter more is known.
  private static int milestone(int n) {
    int m = Math.min(n, 3);
    for (int next = m; next <= n; next += Math.max(1, next / 4)) {
      m = next;
    }
    return m;
  }

  private synchronized Mixture function(List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    List<Double> key = sum > 0 ? weights : tasks.stream().map(_ -> 1.0).toList();
    Mixture known = memory.remove(key);
    Mixture function = known == null ? mixture(key) : known;
    memory.put(key, function);
    if (memory.size() > REMEMBERED) {
      memory.remove(memory.keySet().iterator().next());
    }
    return function;
  }

  /// The square of a rank correlation over `n` observations, shrunk; 0 where it is negative.
  static double weight(double correlation, int n) {
    double tau = Double.isNaN(correlation) ? 0.5 : correlation;
    double shrunk = Math.max(0, (n * tau + DOUBT * 0.5) / (n + DOUBT));
    return shrunk * shrunk;
  }

  /// Pearson's; 0 where one of both does not vary.
  private static double linear(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    return squareA * squareB > 0 ? both / Math.sqrt(squareA * squareB) : 0;
  }

  /// Over pairs of different losses; NaN where there are none.
  private static double correlation(double[] expected, double[] losses) {
    double agree = 0;
    double pairs = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < i; j++) {
        if (losses[i] != losses[j]) {
          pairs++;
          agree += expected[i] < expected[j] == losses[i] < losses[j] ? 1 : -1;
        }
      }
    }
    return pairs == 0 ? Double.NaN : agree / pairs;
  }

  /// By how much targets follow what is expected.
  double slope(double[] expected, double[] targets) {
    return slope(trust, expected, targets);
  }

  /// The slope of a regression line, in [0, 1.5].
  /// @param trust what it is believed to be before it is known
  static double slope(double trust, double[] expected, double[] targets) {
    double meanExpected = Arrays.stream(expected).average().orElse(0);
    double meanTarget = Arrays.stream(targets).average().orElse(0);
    double both = 0;
    double square = 0;
    for (int i = 0; i < expected.length; i++) {
      both += (expected[i] - meanExpected) * (targets[i] - meanTarget);
      square += (expected[i] - meanExpected) * (expected[i] - meanExpected);
    }
    return Math.clamp((SLOPE_DOUBT * trust + both) / (SLOPE_DOUBT + square), 0, STEEPEST);
  }

  /// `slope` times a function of the points' first coordinates: a model may be asked about points with one more, how far a trial was followed.
  ///
  /// @param d how many
  static Mean mean(Mean function, double slope, int d) {
    return new Mean() {
      @Override
      public double[] at(List<Point> points) {
        return Arrays.stream(function.at(points.stream().map(x -> first(x, d)).toList())).map(v -> slope * v).toArray();
      }

      @Override
      public double at(Point x, double[] by) {
        double[] own = new double[d];
        double value = function.at(first(x, d), own);
        IntStream.range(0, d).forEach(i -> by[i] += slope * own[i]);
        return slope * value;
      }
    };
  }

  private static Point first(Point x, int d) {
    return x.dimension() == d ? x : Point.of(Arrays.copyOf(x.toArray(), d));
  }
}
