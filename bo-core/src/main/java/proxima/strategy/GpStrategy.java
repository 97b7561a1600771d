package proxima.strategy;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import proxima.acquisition.Acquisition;
import proxima.acquisition.PerCost;
import proxima.acquisition.Preference;
import proxima.gp.Threads;
import proxima.space.Point;

/// Bayesian optimization with a Gaussian process: an initial design, then the point of the highest log expected improvement on the best
/// posterior mean, or on one better by a margin, times the probability that the trial does not diverge.
///
/// Losses are warped before regression; diverged trials count as the worst. While trials are pending, the improvement is that on what they and the
/// finished ones may come to. Failed trials tell nothing and count as pending. While trials do not improve, every second suggestion stays near the best one. Covariances
/// are fitted on the first so many observations that `GpOptions` names, and remembered; what is remembered is a function of
/// those observations, so that forgetting it changes no suggestion.
public final class GpStrategy implements Chooser {

  /// The number of trials after which a preference has weight 1 beside the acquisition (beta in Hvarfner et al. 2022).
  private static final double FADE = 10;

  private final InitialDesign design;
  private final GpOptions options;
  private final Threads threads;
  private final List<Preference> preferences;
  private final Optional<PerCost> cost;
  private final Models models;

  /// On as many threads as are available.
  public GpStrategy(InitialDesign design, GpOptions options) {
    this(design, options, Threads.available());
  }

  public GpStrategy(InitialDesign design, GpOptions options, Threads threads) {
    this(design, options, threads, List.of(), Optional.empty());
  }

  private GpStrategy(InitialDesign design, GpOptions options, Threads threads, List<Preference> preferences, Optional<PerCost> cost) {
    this.design = design;
    this.options = options;
    this.threads = threads;
    this.preferences = preferences;
    this.cost = cost;
    this.models = new Models(options, threads);
  }

  /// The same, given what a user believes, or what earlier tasks have taught. It fades: after n trials it counts 10 / n fold.
  public GpStrategy preferring(Preference... preferred) {
    return new GpStrategy(design, options, threads, List.of(preferred), cost);
  }

  /// The same, for the improvement by each unit of cost instead of by each trial.
  ///
  /// @param known what a trial at a point costs, as `PerCost` takes it; `space.decode(point)` is the configuration
  public GpStrategy costing(ToDoubleFunction<Point> known) {
    return new GpStrategy(design, options, threads, preferences, Optional.of(new PerCost(known)));
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return design.next(knowledge).orElseGet(() -> improve(knowledge));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    Optional<Model> model = model(knowledge, new Cells(knowledge.space()));
    return model.isPresent() ? model.get().highest(knowledge.inside(candidates)) : new RandomStrategy().choose(knowledge, candidates);
  }

  private Point improve(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    Optional<Model> model = model(knowledge, cells);
    if (model.isEmpty()) {
      return new SobolStrategy().suggest(knowledge);
    }
    RandomGenerator random = knowledge.random();
    var box = new LocalArm(options.patience()).box(knowledge, model.get(), cells, design.size());
    return new Search(model.get(), options, cells, new Seen(knowledge, cells), box, random, threads).best();
  }

  private Optional<Model> model(Knowledge knowledge, Cells cells) {
    double weight = FADE / Math.max(1, knowledge.informative());
    List<Acquisition> given = Stream.concat(preferences.stream().map(p -> p.weighing(weight)), cost.stream()).toList();
    return models.of(Observations.of(knowledge, cells), knowledge.seed(), knowledge.asked() % 2 == 1 ? options.margin() : 0, given);
  }
}
