package proxima.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.gp.BoxMinimizer;
import proxima.gp.Minimum;
import proxima.gp.Threads;
import proxima.space.Box;
import proxima.space.Point;

/// Maximizes a model's score over the points that can be tried.
///
/// Candidates are scrambled Sobol points of the cube and perturbations of the points with the best posterior means: half of these move every
/// parameter, half a random few, about 20 (RAASP: Rashidi et al. 2024). The best candidate and others drawn with probability proportional to exp(standardised
/// score) are refined, continuous coordinates along the gradient in units of their length scales, discrete ones one by one.
final class Search {

  /// Share of the evaluated points around which candidates are drawn.
  private static final double BEST_SHARE = 0.05;

  /// Parameters moved at once in the second half of the near candidates, on average.
  private static final double MOVED = 20;

  /// Values of a discrete parameter that are tried in a refinement.
  private static final int LARGEST_SWEEP = 16;

  /// Alternations of continuous and discrete refinement: a third changes little.
  private static final int ROUNDS = 2;

  private final Model model;
  private final GpOptions options;
  private final Cells cells;
  private final Seen seen;
  private final Box box;
  private final RandomGenerator random;
  private final Threads threads;

  /// @param box where to search, as far as the space's region goes
  Search(Model model, GpOptions options, Cells cells, Seen seen, Box box, RandomGenerator random, Threads threads) {
    this.model = model;
    this.options = options;
    this.cells = cells;
    this.seen = seen;
    this.box = box.intersect(cells.region().bounds()).orElse(cells.region().bounds());
    this.random = random;
    this.threads = threads;
  }

  private record Scored(Point x, double score) {}

  /// A new point of the highest score found; a known one where no candidate is new.
  Point best() {
    List<Point> candidates = candidates();
    double[] scores = model.scores(candidates);
    List<Integer> starts = Arrays.stream(starts(scores)).boxed().toList();
    List<Scored> found = new ArrayList<>(threads.map(starts, i -> refine(new Scored(candidates.get(i), scores[i]))));
    found.sort(Comparator.comparingDouble(Scored::score).reversed());
    for (Scored s : found) {
      if (!seen.contains(s.x)) {
        return s.x;
      }
    }
    return IntStream.range(0, scores.length)
        .filter(i -> !seen.contains(candidates.get(i)))
        .boxed()
        .max(Comparator.comparingDouble(i -> scores[i]))
        .map(candidates::get)
        .orElse(found.getFirst().x);
  }

  private List<Point> candidates() {
    List<Point> candidates = new ArrayList<>();
    var spread = cells.spread(cells.region() instanceof Box || !box.equals(cells.region().bounds()) ? box : cells.region(), random.nextLong());
    for (int i = 0; i < options.spread(); i++) {
      candidates.add(inside(cells.snap(spread.point(i))));
    }
    List<Point> centres = model.best(Math.max(1, (int) (BEST_SHARE * model.size())));
    double few = Math.min(1, MOVED / cells.parameters());
    for (int i = 0; i < options.near(); i++) {
      Point centre = centres.get(random.nextInt(centres.size()));
      candidates.add(inside(cells.perturb(centre, options.nearSd(), 2 * i < options.near() ? 1 : few, random)));
    }
    centres.forEach(x -> candidates.add(inside(x)));
    return candidates;
  }

  private Point inside(Point x) {
    return box.contains(x) && cells.contains(x) ? x : cells.inside(box.clip(x).toArray());
  }

  /// The highest score's index, then others drawn without replacement by exp(standardised score) (Balandat et al. 2020, as in BoTorch), as the largest
  /// of standardised score + Gumbel noise.
  private int[] starts(double[] scores) {
    double[] finite = Arrays.stream(scores).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(finite).average().orElse(0);
    double sd = Math.sqrt(Arrays.stream(finite).map(s -> (s - mean) * (s - mean)).average().orElse(1));
    double[] keys = Arrays.stream(scores)
        .map(s -> (sd > 0 ? (s - mean) / sd : 0) - Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1))))
        .toArray();
    int top = IntStream.range(0, scores.length).boxed().max(Comparator.comparingDouble(i -> scores[i])).orElseThrow();
    return IntStream.concat(
            IntStream.of(top),
            IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> keys[i]).reversed())
                .mapToInt(Integer::intValue))
        .distinct()
        .limit(options.restarts())
        .toArray();
  }

  private Scored refine(Scored start) {
    if (cells.smooth()) {
      return climb(start);
    }
    Scored best = start;
    for (int round = 0; round < ROUNDS; round++) {
      Scored next = sweep(climb(best));
      if (!(next.score > best.score)) {
        return best;
      }
      best = next;
    }
    return best;
  }

  /// Follows the gradient in the coordinates that may vary at the start.
  private Scored climb(Scored start) {
    double[] unit = model.lengthscales();
    boolean[] free = cells.free(start.x);
    int d = cells.dimension();
    double[] lower = new double[d];
    double[] upper = new double[d];
    double[] from = new double[d];
    for (int i = 0; i < d; i++) {
      from[i] = start.x.get(i) / unit[i];
      lower[i] = free[i] ? box.low().get(i) / unit[i] : from[i];
      upper[i] = free[i] ? box.high().get(i) / unit[i] : from[i];
    }
    Minimum minimum = new BoxMinimizer(1e-4, 1e-6, options.iterations())
        .minimize(
            (z, gradient) -> {
              Arrays.fill(gradient, 0);
              Point x = scaled(z, unit);
              double score = model.score(cells.region().clip(x), gradient);
              cells.region().pull(x, gradient);
              for (int i = 0; i < d; i++) {
                gradient[i] *= -unit[i];
              }
              return -score;
            },
            from,
            lower,
            upper);
    Point x = cells.inside(scaled(minimum.x(), unit).toArray());
    double score = model.scores(List.of(x))[0];
    return score > start.score ? new Scored(x, score) : start;
  }

  private static Point scaled(double[] z, double[] unit) {
    double[] x = new double[z.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = z[i] * unit[i];
    }
    return Point.clip(x);
  }

  /// Goes once through the discrete parameters, each to its best value.
  private Scored sweep(Scored start) {
    Scored best = start;
    for (Cells.Block block : cells.discreteBlocks()) {
      List<Point> points = new ArrayList<>();
      for (int value = 0; value < Cells.count(block, LARGEST_SWEEP); value++) {
        double[] x = best.x.toArray();
        Cells.set(block, value, LARGEST_SWEEP, box.low().get(block.offset()), box.high().get(block.offset()), x);
        points.add(cells.snap(x));
      }
      points.removeIf(p -> seen.contains(p) || !box.contains(p) || !cells.contains(p));
      if (!points.isEmpty()) {
        double[] scores = model.scores(points);
        for (int i = 0; i < scores.length; i++) {
          best = scores[i] > best.score || seen.contains(best.x) ? new Scored(points.get(i), scores[i]) : best;
        }
      }
    }
    return best;
  }
}
