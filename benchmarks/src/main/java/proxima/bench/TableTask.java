package proxima.bench;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.tables.LossTable;

/// A recorded table as a task: its points are all that can be tried, and a trial looks its loss up.
record TableTask(LossTable table, double best, double median) implements Task {

  static TableTask of(LossTable table) {
    double[] finite = table.points().stream().mapToDouble(table::loss).filter(Double::isFinite).sorted().toArray();
    return new TableTask(table, finite[0], new Median().evaluate(finite));
  }

  @Override
  public SearchSpace space() {
    return table.space();
  }

  @Override
  public String kind() {
    return "rows of a table, " + table.losses().size();
  }

  @Override
  public List<Point> rows() {
    return table.points();
  }

  @Override
  public Outcome observe(Point x, RandomGenerator noise) {
    return Outcome.of(value(x));
  }

  @Override
  public double value(Point x) {
    return table.loss(x);
  }
}
