package proxima.space.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proxima.space.Box;
import proxima.space.CategoricalParameter;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// A box around the optima of the tasks, parameter by parameter.
///
/// An integer keeps whole cells; of a categorical the choices that are left out have the range [0, 0]; those that no task could have tried are kept. A conditional parameter is learned from the optima
/// where it is active, and any from those that had it. Of a parameter that no optimum has the whole range is kept.
///
/// @param trim which of the outermost optima are left out
/// @param top optima of a task
public record BoxLearner(Trim trim, int top) implements RegionLearner {

  public BoxLearner {
    if (!(top >= 1)) {
      throw new IllegalArgumentException("a task has 1 optimum or more, got " + top);
    }
  }

  /// The smallest box around the best point of each task.
  public static BoxLearner smallest() {
    return new BoxLearner(new Trim.None(), 1);
  }

  /// With a slack of weight 0.05, which leaves out a tenth at either end of a range of length 1.
  public static BoxLearner slack() {
    return new BoxLearner(new Trim.Slack(0.05), 3);
  }

  /// Around the three best points of each task without a tenth at either end.
  public static BoxLearner trimmed() {
    return new BoxLearner(new Trim.Quantile(0.1), 3);
  }

  @Override
  public LearnedRegion learn(PriorTasks prior) {
    LearnedRegion learned = LearnedRegion.of(prior, text(), needs(prior.space()), () -> prior.space().within(box(prior)));
    return prior.tasks().isEmpty() ? learned : learned.noting(oneValue(flat(prior.space(), learned.space().region().bounds())));
  }

  /// Names of the numbers of which a box has one value alone.
  static List<String> flat(SearchSpace space, Box box) {
    List<String> names = new ArrayList<>();
    int offset = 0;
    for (Parameter p : space.parameters()) {
      if (p instanceof RealParameter && box.low().get(offset) == box.high().get(offset)) {
        names.add(p.name());
      }
      offset += p.width();
    }
    return names;
  }

  /// A line on the numbers of which a box has one value alone, as all optima have it; none where there are none.
  static List<String> oneValue(List<String> names) {
    return names.isEmpty() ? List.of() : List.of("all optima have one value of " + names + ", and no other is in the box");
  }

  String text() {
    return trim.text() + " around the best " + (top == 1 ? "point" : top + " points") + " of each task";
  }

  Box box(PriorTasks prior) {
    SearchSpace space = prior.space();
    double[] low = new double[space.dimension()];
    double[] high = new double[space.dimension()];
    int offset = 0;
    for (Parameter p : space.parameters()) {
      List<Point> optima =
          prior.tasks().stream().flatMap(t -> t.best(top, p.name()).stream()).filter(x -> value(space, x, p).isPresent()).toList();
      Arrays.fill(high, offset, offset + p.width(), 1);
      if (!optima.isEmpty()) {
        lay(prior, p, optima, offset, low, high);
      }
      offset += p.width();
    }
    return new Box(Point.of(low), Point.of(high));
  }

  private void lay(PriorTasks prior, Parameter p, List<Point> optima, int offset, double[] low, double[] high) {
    switch (p) {
      case RealParameter _ -> {
        Trim.Range range = trim.range(sorted(optima, offset));
        low[offset] = range.low();
        high[offset] = range.high();
      }
      case IntegerParameter i -> {
        Trim.Range range = trim.range(sorted(optima, offset));
        low[offset] = i.edge(Growth.whole(i, range.low()));
        high[offset] = i.edge(Growth.whole(i, range.high()) + 1);
      }
      case CategoricalParameter c -> {
        int[] counts = new int[c.width()];
        for (Point x : optima) {
          if (value(prior.space(), x, c).orElseThrow() instanceof Value.Category(String choice)) {
            counts[c.choices().indexOf(choice)]++;
          }
        }
        List<Integer> kept = trim.choices(counts);
        for (int i = 0; i < c.width(); i++) {
          String choice = c.choices().get(i);
          high[offset + i] = kept.contains(i) || prior.tasks().stream().allMatch(t -> t.lacks(c.name(), choice)) ? 1 : 0;
        }
      }
    }
  }

  private static Optional<Value> value(SearchSpace space, Point x, Parameter p) {
    return space.decode(x).get(p.name());
  }

  private static double[] sorted(List<Point> optima, int coordinate) {
    return optima.stream().mapToDouble(x -> x.get(coordinate)).sorted().toArray();
  }
}
