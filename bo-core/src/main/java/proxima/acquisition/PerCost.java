package proxima.acquisition;

import java.util.List;
import proxima.space.Point;

/// Minus the logarithm of what a trial costs: added to an improvement, it turns its expectation into that for each unit of cost (Snoek et al. 2012, section 3.2).
public record PerCost(Cost cost) implements Acquisition {

  /// @throws IllegalArgumentException where a cost's logarithm is not finite
  @Override
  public double[] at(List<Point> points) {
    return points.stream().mapToDouble(x -> at(x, new double[x.dimension()])).toArray();
  }

  @Override
  public double at(Point x, double[] slope) {
    double[] own = new double[slope.length];
    double value = cost.log(x, own);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the logarithm of a cost is finite, got " + value + " at " + x);
    }
    for (int i = 0; i < slope.length; i++) {
      slope[i] -= own[i];
    }
    return -value;
  }
}
