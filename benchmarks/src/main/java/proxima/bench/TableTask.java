package proxima.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// A recorded table as a task: the rows are all that can be tried, and a trial looks its loss up.
///
/// @param losses by row; infinite where the recorded trial diverged
record TableTask(SearchSpace space, Map<Point, Double> losses, double best, double median) implements Task {

  /// @param losses of distinct rows
  /// @throws IllegalArgumentException if fewer than two rows have finite losses, or all have the same.
  static TableTask of(SearchSpace space, Map<Point, Double> losses) {
    double[] finite = losses.values().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).sorted().toArray();
    double median = new Median().evaluate(finite);
    if (finite.length < 2 || !(finite[0] < median)) {
      throw new IllegalArgumentException("a table needs rows with finite losses, and half of them above the lowest; got " + finite.length + " finite losses");
    }
    return new TableTask(space, new LinkedHashMap<>(losses), finite[0], median);
  }

  @Override
  public String kind() {
    return "rows of a table, " + losses.size();
  }

  @Override
  public List<Point> rows() {
    return List.copyOf(losses.keySet());
  }

  @Override
  public Outcome observe(Point x, RandomGenerator noise) {
    return Outcome.of(value(x));
  }

  @Override
  public double value(Point x) {
    Double loss = losses.get(x);
    if (loss == null) {
      throw new IllegalArgumentException("no row of the table is at " + x);
    }
    return loss;
  }
}
