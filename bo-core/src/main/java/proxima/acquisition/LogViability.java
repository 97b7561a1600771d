package proxima.acquisition;

import java.util.List;
import proxima.gp.Viability;
import proxima.space.Point;

/// The logarithm of the probability that a trial does not diverge: added to an improvement, it turns its expectation into that of trials that end.
public record LogViability(Viability viability) implements Acquisition {

  @Override
  public double[] at(List<Point> points) {
    return viability.logProbability(points).stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public double at(Point x, double[] slope) {
    Viability.LogProbability log = viability.gradient(x);
    double[] gradient = log.gradient();
    for (int i = 0; i < slope.length; i++) {
      slope[i] += gradient[i];
    }
    return log.value();
  }
}
