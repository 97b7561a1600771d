package proxima.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.acquisition.LogExpectedImprovement;
import proxima.gp.GaussianProcess;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.gp.Threads;
import proxima.gp.Warp;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// Bayesian optimization with one Gaussian process over the trials of this task and of prior ones, the alternative to a mean that prior tasks expect: whether a trial is
/// of another task is one more coordinate of its inputs, whose length scale, fitted with the others, says how much the tasks have in common (the kernel of Swersky, Snoek and Adams
/// 2013 with all prior tasks as one). Losses of prior tasks are normal scores of their ranks, those of this one are standardised: ranks of what is nearly as good as the best
/// would be noise.
///
/// A fit takes time cubic in all trials, so that of each prior task no more are taken than make 250 together: its best, and others.
public final class MultiTaskStrategy implements Chooser {

  private static final int MOST = 250;
  private static final int SPREAD = 1024;
  private static final int NEAR = 1024;
  private static final int CENTRES = 5;
  private static final double NEAR_SD = 0.1;

  private static final double HERE = 0;
  private static final double ELSEWHERE = 1;

  private final SearchSpace space;
  private final int dimension;
  private final Threads threads;
  private final List<Point> inputs = new ArrayList<>();
  private final List<Double> targets = new ArrayList<>();

  /// On as many threads as are available.
  /// @param prior one task at least
  public MultiTaskStrategy(PriorTasks prior) {
    this(prior, Threads.available());
  }

  /// @param prior one task at least
  public MultiTaskStrategy(PriorTasks prior, Threads threads) {
    this.space = prior.space();
    this.dimension = space.dimension();
    this.threads = threads;
    int each = Math.max(2, MOST / prior.tasks().size());
    prior.tasks().forEach(t -> take(t, each));
  }

  private void take(PriorTask task, int most) {
    double[] scores = scores(task.losses());
    for (int i : task.some(most)) {
      inputs.add(with(task.points().get(i), ELSEWHERE));
      targets.add(scores[i]);
    }
  }

  private static double[] scores(List<Double> losses) {
    return Warp.of(Warp.Kind.RANK, losses.stream().mapToDouble(Double::doubleValue).toArray()).targets();
  }

  private static Point with(Point x, double task) {
    double[] longer = Arrays.copyOf(x.toArray(), x.dimension() + 1);
    longer[x.dimension()] = task;
    return Point.of(longer);
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    PriorMean.check(space, knowledge);
    var cells = new Cells(knowledge.space());
    Observations told = Observations.of(Excerpt.of(knowledge), cells);
    var seen = new Seen(knowledge, cells);
    List<Point> candidates = candidates(knowledge, told, cells).stream().filter(x -> !seen.contains(x)).toList();
    return candidates.isEmpty() ? new SobolStrategy().suggest(knowledge) : highest(knowledge, told, candidates);
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    PriorMean.check(space, knowledge);
    return highest(knowledge, Observations.of(Excerpt.of(knowledge), new Cells(knowledge.space())), knowledge.inside(candidates));
  }

  /// Points spread over the region, and perturbations of the best here and elsewhere.
  private List<Point> candidates(Knowledge knowledge, Observations told, Cells cells) {
    RandomGenerator random = knowledge.random();
    List<Point> candidates = new ArrayList<>();
    var spread = cells.spread(random.nextLong());
    IntStream.range(0, SPREAD).forEach(i -> candidates.add(cells.snap(spread.point(i))));
    List<Point> centres = new ArrayList<>();
    IntStream.range(0, told.size()).boxed().sorted(Comparator.comparingDouble(told.losses()::get)).limit(CENTRES).forEach(i -> centres.add(told.points().get(i)));
    IntStream.range(0, targets.size()).boxed().sorted(Comparator.comparingDouble(targets::get)).limit(CENTRES)
        .forEach(i -> centres.add(Point.of(Arrays.copyOf(inputs.get(i).toArray(), dimension))));
    for (int i = 0; i < NEAR; i++) {
      candidates.add(cells.inside(cells.perturb(centres.get(i % centres.size()), NEAR_SD, 1, random).toArray()));
    }
    return candidates;
  }

  private Point highest(Knowledge knowledge, Observations told, List<Point> candidates) {
    List<Point> x = new ArrayList<>(inputs);
    List<Double> y = new ArrayList<>(targets);
    double[] own = told.size() == 0 ? new double[0] : Warp.of(Warp.Kind.STANDARD, told.lossArray()).targets();
    for (int i = 0; i < own.length; i++) {
      x.add(with(told.points().get(i), HERE));
      y.add(own[i]);
    }
    double[] all = y.stream().mapToDouble(Double::doubleValue).toArray();
    Posterior posterior = GaussianProcess.fit(Prior.of(Kernel.MATERN52, dimension + 1), x, all, Optional.empty(), knowledge.seed(), threads);
    List<Normal> at = posterior.at(candidates.stream().map(c -> with(c, HERE)).toList());
    List<Normal> known = told.size() == 0 ? at : posterior.at(told.points().stream().map(c -> with(c, HERE)).toList());
    var improvement = new LogExpectedImprovement(known.stream().mapToDouble(Normal::mean).min().orElseThrow());
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      // Before anything is known here, nothing says how much the tasks have in common, and improvement would be sought where uncertainty is.
      double score = told.size() == 0 ? -at.get(i).mean() : improvement.at(at.get(i));
      if (score > highest) {
        highest = score;
        best = i;
      }
    }
    return candidates.get(best);
  }
}
