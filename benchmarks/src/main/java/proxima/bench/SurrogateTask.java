package proxima.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.result.OutOfBag;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;

/// A recorded table as a task in which any point can be tried: random forests over its rows answer.
///
/// @param recorded how many points the table has
/// @param noise standard deviation of what is observed, from the table's replicates; 0 where it has none
/// @param answer infinite where they predict that a trial diverges
/// @param best the lowest answer that a search finds which starts from the best rows and random points
/// @param median of the answers at 1,001 uniform points
record SurrogateTask(SearchSpace space, int recorded, double noise, ToDoubleFunction<Point> answer, OutOfBag fit, double best, double median) implements Task {

  private static final int SAMPLE = 1001;
  private static final int RANDOM_POINTS = 5_000;
  private static final int STARTS = 20;
  private static final int STEPS = 500;

  /// @throws IllegalArgumentException if the forest has no lower loss than half of all points have.
  static SurrogateTask of(LossTable table) {
    SearchSpace space = table.space();
    TableForest forest = TableForest.of(table);
    ToDoubleFunction<Point> answer = x -> forest.loss(space.snap(x));
    RandomGenerator random = Seeds.random(0, 9);
    List<Point> uniform = Stream.generate(() -> Point.of(random.doubles(space.dimension()).toArray())).limit(RANDOM_POINTS).toList();
    double[] sample = uniform.subList(0, SAMPLE).stream().mapToDouble(answer).filter(Double::isFinite).toArray();
    double best = lowest(space, answer, Stream.concat(table.points().stream(), uniform.stream()), random);
    double median = new Median().evaluate(sample);
    if (!(best < median)) {
      throw new IllegalArgumentException("a forest over these rows has no lower loss than half of all points have; choose among the rows, with mode: exact");
    }
    return new SurrogateTask(space, table.losses().size(), table.noise(), answer, forest.outOfBag(), best, median);
  }

  private record Scored(Point x, double loss) {}

  private static double lowest(SearchSpace space, ToDoubleFunction<Point> answer, Stream<Point> points, RandomGenerator random) {
    List<Scored> starts = points.map(x -> new Scored(x, answer.applyAsDouble(x))).sorted(Comparator.comparingDouble(Scored::loss)).limit(STARTS).toList();
    List<Double> ends = new ArrayList<>();
    for (Scored start : starts) {
      Scored at = start;
      for (int i = 0; i < STEPS; i++) {
        Point x = step(space, at.x, random);
        double loss = answer.applyAsDouble(x);
        at = loss <= at.loss ? new Scored(x, loss) : at;
      }
      ends.add(at.loss);
    }
    return ends.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /// Moves one parameter: each of its coordinates a little, or anywhere.
  private static Point step(SearchSpace space, Point x, RandomGenerator random) {
    double[] y = x.toArray();
    int chosen = random.nextInt(space.parameters().size());
    int from = space.parameters().subList(0, chosen).stream().mapToInt(Parameter::width).sum();
    double sd = 0.3 * random.nextDouble();
    for (int i = from; i < from + space.parameters().get(chosen).width(); i++) {
      y[i] = random.nextBoolean() ? random.nextDouble() : y[i] + sd * random.nextGaussian();
    }
    return Point.clip(y);
  }

  @Override
  public String kind() {
    return "random forest over " + recorded + " rows of a table; " + fit.text();
  }

  @Override
  public Optional<OutOfBag> outOfBag() {
    return Optional.of(fit);
  }

  @Override
  public List<Point> rows() {
    return List.of();
  }

  @Override
  public Outcome observe(Point x, RandomGenerator random) {
    return Outcome.of(value(x) + noise * random.nextGaussian());
  }

  @Override
  public double value(Point x) {
    return answer.applyAsDouble(x);
  }
}
