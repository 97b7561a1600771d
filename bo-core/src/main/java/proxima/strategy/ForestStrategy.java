package proxima.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.space.Point;

/// Bayesian optimization with a random forest, after SMAC (Hutter et al. 2011): an initial design, then the point of the highest expected improvement by mean and spread of the trees;
/// one suggestion in five, by lot, is random.
///
/// The growth of the trees, the logarithmic scale of losses, the improvement of what is not their logarithm, on the lowest mean at an evaluated point, and the share of random
/// suggestions are those of SMAC3's facade for hyperparameters (Lindauer et al. 2022). Its forest stands for eight suggestions; here one is grown for each. The local search is its own.
///
/// Losses are regressed on a logarithmic scale; diverged trials count as the worst finished one. Pending and failed trials tell nothing, but are not asked
/// for again.
public final class ForestStrategy implements Chooser {

  private static final double RANDOM_SHARE = 0.2;
  private static final int RANDOM_CANDIDATES = 10_000;

  /// Local searches from random candidates, those of the highest scores, and as many from evaluated points, those of the lowest means.
  private static final int STARTS = 10;

  /// Steps of a local search without success after which it ends, for each parameter.
  private static final int PATIENCE = 10;

  /// Of the standard deviation of a step in units of the cube, drawn log-uniformly; SMAC3's is 0.2.
  private static final double SHORTEST = 0.005;

  private static final double LONGEST = 0.4;

  private final InitialDesign design;

  public ForestStrategy(InitialDesign design) {
    this.design = design;
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return design.next(knowledge).orElseGet(() -> improve(knowledge));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    RandomGenerator random = random(knowledge);
    Optional<ForestModel> model = model(knowledge, random);
    return model.isEmpty() ? new RandomStrategy().choose(knowledge, candidates) : best(scored(knowledge.inside(candidates), model.get())).x;
  }

  private Point improve(Knowledge knowledge) {
    RandomGenerator random = random(knowledge);
    Optional<ForestModel> model = model(knowledge, random);
    return model.isEmpty() ? new RandomStrategy().suggest(knowledge) : search(knowledge, model.get(), random);
  }

  /// Another stream than `knowledge.random()`, from which a random suggestion is drawn.
  private static RandomGenerator random(Knowledge knowledge) {
    return Seeds.random(knowledge.seed(), knowledge.asked(), 8);
  }

  /// Empty where the suggestion is to be random: by lot, or because no trial has finished.
  private static Optional<ForestModel> model(Knowledge knowledge, RandomGenerator random) {
    Observations observations = Observations.of(knowledge, new Cells(knowledge.space()));
    return random.nextDouble() < RANDOM_SHARE || observations.finished() == 0 ? Optional.empty() : Optional.of(ForestModel.of(observations, random));
  }

  private record Scored(Point x, double score) {}

  private static List<Scored> scored(List<Point> points, ForestModel model) {
    return points.stream().map(x -> new Scored(x, model.score(x))).toList();
  }

  /// The first of the highest score.
  private static Scored best(List<Scored> scored) {
    return scored.stream().reduce((a, b) -> b.score > a.score ? b : a).orElseThrow();
  }

  private static Point search(Knowledge knowledge, ForestModel model, RandomGenerator random) {
    var cells = new Cells(knowledge.space());
    var seen = new Seen(knowledge, cells);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < RANDOM_CANDIDATES; i++) {
      points.add(cells.sample(random));
    }
    List<Scored> candidates = new ArrayList<>(scored(points, model));
    candidates.sort(Comparator.comparingDouble(Scored::score).reversed());
    List<Scored> starts = new ArrayList<>(candidates.subList(0, STARTS));
    starts.addAll(scored(model.best(STARTS).stream().map(x -> cells.inside(x.toArray())).toList(), model));
    List<Scored> found = new ArrayList<>();
    for (Scored start : starts) {
      found.add(climb(start, model, cells, random));
    }
    found.addAll(candidates);
    List<Scored> fresh = found.stream().filter(s -> !seen.contains(s.x)).toList();
    return best(fresh.isEmpty() ? found : fresh).x;
  }

  /// Moves one parameter at a time to where the score is no lower: a forest's score is constant on boxes, over which the search walks.
  private static Scored climb(Scored start, ForestModel model, Cells cells, RandomGenerator random) {
    Scored best = start;
    int patience = PATIENCE * cells.parameters();
    for (int failures = 0; failures < patience; ) {
      double sd = SHORTEST * Math.pow(LONGEST / SHORTEST, random.nextDouble());
      Point x = cells.inside(cells.perturb(best.x, sd, 0, random).toArray());
      double score = model.score(x);
      failures = score > best.score ? 0 : failures + 1;
      best = score >= best.score ? new Scored(x, score) : best;
    }
    return best;
  }
}
