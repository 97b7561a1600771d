package proxima.bench;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.bbob.Bbob;
import proxima.bench.result.Group;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Seeds;

/// A function of BBOB on [-5, 5]^d as a task; seed 0 is its first instance.
///
/// @param median over 1,001 uniform points
record BbobTask(Bbob function, SearchSpace space, double median) implements Task {

  private static final int SAMPLE = 1001;

  /// Beyond so many dimensions a function counts as high-dimensional, whatever it looks like.
  private static final int MANY = 30;

  static TaskEntry entry(int function, int dimension) {
    return new TaskEntry("bbob-f" + function + "-" + dimension, group(function, dimension), seed -> of(Bbob.of(function, dimension, Math.toIntExact(seed + 1))));
  }

  /// Smooth are functions of one basin without steps: the report's f1, f2, f5, f6 and f8 to f14.
  private static Group group(int function, int dimension) {
    if (dimension > MANY) {
      return Group.HIGH_DIMENSIONAL;
    }
    return switch (function) {
      case 1, 2, 5, 6, 8, 9, 10, 11, 12, 13, 14 -> Group.SMOOTH;
      default -> Group.RUGGED;
    };
  }

  static BbobTask of(Bbob function) {
    int d = function.dimension();
    SearchSpace space = new SearchSpace(IntStream.range(0, d).<Parameter>mapToObj(i -> Parameter.real("x" + i, -5, 5)).toList());
    RandomGenerator random = Seeds.random(0, 6);
    double[] sample = Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(SAMPLE).mapToDouble(x -> function.value(place(x))).toArray();
    return new BbobTask(function, space, new Median().evaluate(sample));
  }

  private static double[] place(Point x) {
    return IntStream.range(0, x.dimension()).mapToDouble(i -> 10 * x.get(i) - 5).toArray();
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
    return Outcome.of(value(x));
  }

  @Override
  public double value(Point x) {
    return function.value(place(x));
  }

  @Override
  public double best() {
    return function.lowest();
  }
}
