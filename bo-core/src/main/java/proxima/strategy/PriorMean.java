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
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PooledRegression;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// What prior tasks expect of the losses of this one: the mean of a regression over all of them, which sees what they have in common, and of the processes of each, which see what
/// matters how much. A task weighs the more in both, the better it ranks what is known here.
final class PriorMean {

  /// However well prior tasks agree, this one may be another: what is wrong for all of them is believed no longer than a few trials.
  private static final double MOST_TRUST = 0.5;

  private static final int REMEMBERED = 8;

  /// Of each task, over which expectations are standardised.
  private static final int POINTS = 50;

  /// Points that a suggestion is chosen among where nothing better is known.
  private static final int CANDIDATES = 1024;

  /// Of each task, its best are candidates for the first suggestion.
  private static final int BEST_OF_A_TASK = 5;

  private static final int FIRST_BLIND = 3;
  private static final int MADE_UP = 8;

  private final SearchSpace space;
  private final List<PriorTask> tasks;
  private final List<TaskProcess> alone;
  private final Widening region;
  private final double trust;
  private final Map<List<Double>, Mixture> memory = new LinkedHashMap<>();

  PriorMean(PriorTasks prior) {
    this.space = prior.space();
    this.tasks = prior.tasks();
    this.alone = tasks.stream().map(TaskProcess::of).toList();
    this.region = new Widening(prior);
    this.trust = trust(tasks, alone);
  }

  /// @throws IllegalArgumentException if the tasks are of another space
  void check(Knowledge knowledge) {
    check(space, knowledge);
  }

  /// @throws IllegalArgumentException if prior tasks of a space are told to a search of another
  static void check(SearchSpace space, Knowledge knowledge) {
    List<Parameter> there = space.parameters();
    List<Parameter> here = knowledge.space().parameters();
    if (there.size() != here.size()) {
      throw new IllegalArgumentException("prior tasks are of a space of " + there.size() + " parameters, and the search is of one of " + here.size() + "; translate them anew with PriorTasks.of");
    }
    for (int i = 0; i < here.size(); i++) {
      if (!there.get(i).equals(here.get(i))) {
        throw new IllegalArgumentException("prior tasks are of a space with " + there.get(i) + ", and the search is of one with " + here.get(i) + "; translate them anew with PriorTasks.of");
      }
    }
  }

  /// What slope is believed in before anything is known here: how well prior tasks foretell each other, as the correlation of a task's scores with what the others expect in the
  /// mean, averaged over tasks, and no more than a half, as of one task alone, of which nothing says it. Diverged trials of a task are its worst here.
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
      sum += Accord.pearson(expected, Warp.of(Warp.Kind.RANK, tasks.get(t).losses().stream().mapToDouble(Double::doubleValue).toArray()).targets());
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
    if (asked == FIRST_BLIND || (asked < MADE_UP && isRefuted(asked, told))) {
      return Advice.RANDOM;
    }
    if (isRefuted(asked, told)) {
      return Advice.ALONE;
    }
    return asked > FIRST_BLIND && Integer.bitCount(asked + 1) == 1 ? Advice.WITHOUT : Advice.AROUND;
  }

  /// Whether a search that has asked for so many trials goes on without the prior tasks.
  boolean isRefuted(int asked, Observations told) {
    return asked > FIRST_BLIND && told.finished() > 0 && isWrong(told);
  }

  private Mixture mixture(List<Double> weights) {
    List<PriorTask> counting = IntStream.range(0, tasks.size()).filter(t -> weights.get(t) > 0).mapToObj(tasks::get).toList();
    List<Point> points = counting.stream().flatMap(t -> Arrays.stream(t.some(POINTS)).mapToObj(t.points()::get)).toList();
    Mixture each = new Mixture(alone, weights, 0).standardised(points);
    return new Mixture(List.of(new Regression(PooledRegression.of(space, tasks, weights)), each), List.of(0.5, 0.5), 0);
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

  /// What is known, in the widening region that prior tasks teach; as it is where losses contradict them.
  Knowledge within(Knowledge knowledge, Observations told) {
    return isContradicted(told) ? knowledge : region.within(knowledge);
  }

  /// Whether losses come in the opposite order of what is expected, or in none; not asked of so few as the first ones. That trials diverge where prior ones did says nothing of
  /// which others are good, here and in all of this study's that is weighed.
  private boolean isContradicted(Observations told) {
    Observations viable = told.viableOnly();
    return told.size() > FIRST_BLIND && Accord.kendall(function().at(viable.points()), viable.lossArray()) <= 0;
  }

  /// Where nothing of what is expected comes true, or losses come in the opposite order of what tasks expect in the mean: of several wrong tasks some are right by chance.
  private boolean isWrong(Observations told) {
    return isContradicted(told) || slope(function(told), told, Warp.of(Warp.Kind.RANK, told.lossArray()).targets()) == 0;
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
    var spread = cells.spread(knowledge.random().nextLong());
    List<Point> known = best(tasks, seen, cells);
    List<Point> candidates =
        known.isEmpty() ? IntStream.range(0, CANDIDATES).mapToObj(i -> cells.snap(spread.point(i))).filter(x -> !seen.contains(x)).toList() : known;
    return candidates.isEmpty() ? new SobolStrategy().suggest(knowledge) : lowest(candidates);
  }

  /// The tasks' best points that lie in the region and are not known here.
  static List<Point> best(List<PriorTask> tasks, Seen seen, Cells cells) {
    Stream<Point> best = tasks.stream().flatMap(t -> t.best(BEST_OF_A_TASK).stream()).map(x -> cells.snap(x.toArray())).filter(cells::contains).distinct();
    return best.filter(x -> !seen.contains(x)).toList();
  }

  /// What is expected before anything is known.
  private Mixture function() {
    return function(tasks.stream().map(_ -> 1.0).toList());
  }

  /// What is expected given observations.
  Mixture function(Observations told) {
    return function(weights(told));
  }

  /// What each task weighs in that, 0 or more: by the viable trials up to the last milestone.
  List<Double> weights(Observations told) {
    Observations viable = told.viableOnly();
    int n = milestone(viable.size());
    return Arrays.stream(correlations(viable.first(n))).mapToObj(tau -> Accord.weight(tau, n)).toList();
  }

  /// Kendall's correlation between what each task alone expects and the losses of the viable trials.
  double[] correlations(Observations told) {
    Observations viable = told.viableOnly();
    double[] losses = viable.lossArray();
    return alone.stream().mapToDouble(f -> Accord.kendall(f.at(viable.points()), losses)).toArray();
  }

  /// Weights change when a quarter more is known.
  static int milestone(int n) {
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

  /// By how much targets follow what is expected.
  /// @param targets one a point
  double slope(Mean function, Observations told, double[] targets) {
    List<Boolean> viable = told.viable();
    double[] reached = IntStream.range(0, targets.length).filter(viable::get).mapToDouble(i -> targets[i]).toArray();
    return Accord.slope(trust, function.at(told.viableOnly().points()), reached);
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
