package proxima.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.acquisition.Acquisition;
import proxima.acquisition.Cost;
import proxima.acquisition.PerCost;
import proxima.acquisition.Preference;
import proxima.gp.Threads;
import proxima.space.Box;
import proxima.space.Point;
import proxima.space.learn.PriorTasks;

/// Bayesian optimization with a Gaussian process: an initial design, then the point of the highest log expected improvement on the best
/// posterior mean, or on one better by a margin, times the probability that the trial does not diverge.
///
/// Losses are warped before regression; diverged trials count as the worst. A loss told with its standard error has that for its noise, all others share one that
/// is fitted. While trials are pending, the improvement is that on what they and the finished ones may come to. Failed trials tell nothing and count as pending.
/// Where prior tasks are known, losses are modelled as what they differ by from what these expect, as far as that comes true. While trials do not improve, every
/// second suggestion stays near the best one. Covariances are fitted on the first so many observations that `GpOptions` names, and remembered; what is remembered
/// is a function of those observations, so that forgetting it changes no suggestion. Of more than 1,000 trials the process is told an `Excerpt`.
public final class GpStrategy implements Chooser {

  /// The number of trials after which a preference has weight 1 beside the acquisition (beta in Hvarfner et al. 2022).
  private static final double FADE = 10;

  private final InitialDesign design;
  private final GpOptions options;
  private final Threads threads;
  private final List<Preference> preferences;
  private final Optional<UserPrior> expected;
  private final Optional<Cost> cost;
  private final Optional<PriorMean> prior;
  private final Models models;
  private final Models plain;

  /// On as many threads as are available.
  public GpStrategy(InitialDesign design, GpOptions options) {
    this(design, options, Threads.available());
  }

  public GpStrategy(InitialDesign design, GpOptions options, Threads threads) {
    this(design, options, threads, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private GpStrategy(
      InitialDesign design, GpOptions options, Threads threads, List<Preference> preferences, Optional<UserPrior> expected, Optional<Cost> cost, Optional<PriorMean> prior) {
    this.design = design;
    this.options = options;
    this.threads = threads;
    this.preferences = preferences;
    this.expected = expected;
    this.cost = cost;
    this.prior = prior;
    this.models = new Models(options, threads, prior);
    this.plain = prior.isEmpty() ? models : new Models(options, threads, Optional.empty());
  }

  /// The same, given what a user believes, or what earlier tasks have taught, beside what was given before. It fades: after n trials it counts 10 / n fold.
  public GpStrategy preferring(Preference... preferred) {
    return new GpStrategy(design, options, threads, Stream.concat(preferences.stream(), Stream.of(preferred)).toList(), expected, cost, prior);
  }

  /// The same, given what a user expects of parameters: a preference, from which an initial design over the whole cube is drawn, too.
  public GpStrategy expecting(UserPrior expected) {
    return new GpStrategy(design, options, threads, preferences, Optional.of(expected), cost, prior);
  }

  /// The same, for the improvement by each unit of cost instead of by each trial.
  public GpStrategy costing(Cost known) {
    return new GpStrategy(design, options, threads, preferences, expected, Optional.of(known), prior);
  }

  /// The same, with what prior tasks expect as the mean of the losses, in the widening region that they teach, as far as they come true. It knows where to begin; of an initial design
  /// around a centre it keeps how far from the best its first suggestions may lie.
  /// @param tasks one at least
  public GpStrategy learning(PriorTasks tasks) {
    return new GpStrategy(design, options, threads, preferences, expected, cost, Optional.of(new PriorMean(tasks)));
  }

  /// @throws IllegalArgumentException if prior tasks are of another space
  @Override
  public Point suggest(Knowledge knowledge) {
    prior.ifPresent(p -> p.check(knowledge));
    return (prior.isPresent() ? Optional.<Point>empty() : design.next(knowledge, expected)).orElseGet(() -> improve(knowledge));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    prior.ifPresent(p -> p.check(knowledge));
    var cells = new Cells(knowledge.space());
    Observations told = Observations.of(Excerpt.of(knowledge), cells);
    List<Point> inside = knowledge.inside(candidates);
    return switch (advice(knowledge, told)) {
      case EXPECTED -> prior.orElseThrow().lowest(inside);
      case RANDOM -> new RandomStrategy().choose(knowledge, candidates);
      case WITHOUT -> model(plain, knowledge, told).highest(inside);
      case ALONE -> model(plain, knowledge, alone(knowledge, told, cells)).highest(inside);
      case AROUND -> model(models, knowledge, told).highest(prior.orElseThrow().within(knowledge, told).inside(candidates));
    };
  }

  private Point improve(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    Observations told = Observations.of(Excerpt.of(knowledge), cells);
    return switch (advice(knowledge, told)) {
      case EXPECTED -> prior.orElseThrow().first(knowledge, cells);
      case RANDOM -> isNear(knowledge) && told.finished() > 0 ? near(knowledge, told, cells) : new SobolStrategy().suggest(knowledge);
      case WITHOUT -> search(model(plain, knowledge, told), knowledge);
      case ALONE -> search(model(plain, knowledge, alone(knowledge, told, cells)), knowledge);
      case AROUND -> search(model(models, knowledge, told), prior.orElseThrow().within(knowledge, told));
    };
  }

  /// A random point near the best one.
  private Point near(Knowledge knowledge, Observations told, Cells cells) {
    int best = IntStream.range(0, told.size()).boxed().min(Comparator.comparingDouble(told.losses()::get)).orElseThrow();
    Box box = Box.around(told.points().get(best), 2 * design.radius());
    return cells.inside(box.sample(knowledge.random()).toArray());
  }

  /// What is known but for the first suggestions; all of it where nothing else has finished.
  private static Observations alone(Knowledge knowledge, Observations told, Cells cells) {
    Observations alone = Observations.of(Excerpt.of(PriorMean.alone(knowledge)), cells);
    return alone.finished() == 0 ? told : alone;
  }

  private PriorMean.Advice advice(Knowledge knowledge, Observations told) {
    return prior.map(p -> p.advice(knowledge.asked(), told)).orElse(told.finished() == 0 ? PriorMean.Advice.RANDOM : PriorMean.Advice.WITHOUT);
  }

  private Point search(Model model, Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    RandomGenerator random = knowledge.random();
    Box box = isNear(knowledge) ? Box.around(model.best(1).getFirst(), 2 * design.radius()) : new LocalArm(options.patience()).box(knowledge, model, cells, design.size());
    return new Search(model, options, cells, new Seen(knowledge, cells), box, random, threads).best();
  }

  /// Whether prior tasks stand for a design around a centre: then as many trials stay as near, though to the best one.
  private boolean isNear(Knowledge knowledge) {
    return prior.isPresent() && design.centre().isPresent() && knowledge.asked() < design.size();
  }

  private Model model(Models from, Knowledge knowledge, Observations told) {
    double weight = FADE / Math.max(1, knowledge.informative());
    List<Acquisition> given = Stream.concat(Stream.concat(preferences.stream(), expected.stream()).map(p -> p.weighing(weight)), cost.map(PerCost::new).stream()).toList();
    // Points that several others are trying lead away from the best one as it is.
    double margin = knowledge.asked() % 2 == 1 && knowledge.pending() <= 1 ? options.margin() : 0;
    return from.of(told, knowledge.seed(), margin, given).orElseThrow();
  }
}
