package proxima.bench;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Seeds;

/// A function of the unit cube as a task.
///
/// @param median over 1,001 uniform points
record SyntheticTask(SyntheticFunction function, SearchSpace space, double median) implements Task {

  private static final int SAMPLE = 1001;

  static SyntheticTask of(SyntheticFunction function) {
    RandomGenerator random = Seeds.random(0, 6);
    double[] finite = Stream.generate(() -> Point.of(random.doubles(function.dimension()).toArray()))
        .limit(SAMPLE)
        .mapToDouble(function.regret())
        .filter(Double::isFinite)
        .toArray();
    return new SyntheticTask(function, function.space(), new Median().evaluate(finite));
  }

  @Override
  public String kind() {
    return "function";
  }

  @Override
  public List<Point> rows() {
    return List.of();
  }

  @Override
  public Outcome observe(Point x, RandomGenerator noise) {
    return function.observe(x, noise);
  }

  @Override
  public double value(Point x) {
    return function.regret().applyAsDouble(x);
  }

  @Override
  public double best() {
    return 0;
  }
}
