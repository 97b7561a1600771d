package proxima.acquisition;

import java.util.List;
import java.util.function.ToDoubleFunction;
import proxima.space.Point;

/// Minus the logarithm of what a trial costs, where that is known before it runs: added to an improvement, it turns its expectation into that for each unit
/// of cost (Snoek et al. 2012, section 3.2).
///
/// Derivatives are central differences, one-sided at the faces of the cube: two values of the cost for each coordinate.
///
/// @param cost of a trial at a point, in any unit, such as seconds, or tokens times parameters; above 0 and finite on the whole cube
public record PerCost(ToDoubleFunction<Point> cost) implements Acquisition {

  private static final double STEP = 1e-6;

  /// @throws IllegalArgumentException where a cost is not above 0 and finite
  @Override
  public double[] at(List<Point> points) {
    return points.stream().mapToDouble(this::value).toArray();
  }

  @Override
  public double at(Point x, double[] slope) {
    for (int i = 0; i < slope.length; i++) {
      double[] above = x.toArray();
      double[] below = x.toArray();
      above[i] = Math.min(1, above[i] + STEP);
      below[i] = Math.max(0, below[i] - STEP);
      slope[i] += (value(Point.of(above)) - value(Point.of(below))) / (above[i] - below[i]);
    }
    return value(x);
  }

  private double value(Point x) {
    double c = cost.applyAsDouble(x);
    if (!(c > 0 && c < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a cost is above 0 and finite, got " + c + " at " + x);
    }
    return -Math.log(c);
  }
}
