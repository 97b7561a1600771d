package proxima.strategy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.gp.Threads;
import proxima.space.Point;

/// Bayesian optimization with a Gaussian process: an initial design, then the point of the highest log expected improvement on the best
/// posterior mean, or on one better by a margin, times the probability that the trial does not diverge.
///
/// Losses are warped before regression; diverged trials count as the worst. Pending and failed trials reduce the uncertainty at their points and tell nothing of
/// the mean. Covariances are fitted on the first so many observations that `GpOptions` names, and remembered; what is remembered is a function of
/// those observations, so that forgetting it changes no suggestion.
public final class GpStrategy implements Chooser {

  private final InitialDesign design;
  private final GpOptions options;
  private final Threads threads;
  private final Models models;

  /// On as many threads as are available.
  public GpStrategy(InitialDesign design, GpOptions options) {
    this(design, options, Threads.available());
  }

  public GpStrategy(InitialDesign design, GpOptions options, Threads threads) {
    this.design = design;
    this.options = options;
    this.threads = threads;
    this.models = new Models(options, threads);
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return design.next(knowledge).orElseGet(() -> improve(knowledge));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    Optional<Model> model = model(knowledge, new Cells(knowledge.space()));
    return model.isPresent() ? model.get().highest(candidates) : new RandomStrategy().choose(knowledge, candidates);
  }

  private Point improve(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    Optional<Model> model = model(knowledge, cells);
    if (model.isEmpty()) {
      return new SobolStrategy().suggest(knowledge);
    }
    RandomGenerator random = knowledge.random();
    return new Search(model.get(), options, cells, new Seen(knowledge, cells), random, threads).best();
  }

  private Optional<Model> model(Knowledge knowledge, Cells cells) {
    return models.of(Observations.of(knowledge, cells), knowledge.seed(), knowledge.asked() % 2 == 1 ? options.margin() : 0);
  }
}
