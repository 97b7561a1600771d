package proxima.train;

import java.util.ArrayList;
import java.util.List;
import proxima.objective.Monitor;
import proxima.space.Outcome;

/// Losses on the way, thinned to means over equal stretches of steps.
final class Curve {

  private final long stretch;
  private final Monitor monitor;
  private final List<Outcome.CurvePoint> points = new ArrayList<>();
  private long start;
  private double sum;
  private int count;

  Curve(long stretch, Monitor monitor) {
    this.stretch = stretch;
    this.monitor = monitor;
  }

  void add(long step, double loss, boolean last) {
    sum += loss;
    count++;
    if (last || step - start >= stretch) {
      points.add(new Outcome.CurvePoint(step, sum / count));
      monitor.report(step, sum / count);
      start = step;
      sum = 0;
      count = 0;
    }
  }

  List<Outcome.CurvePoint> points() {
    return points;
  }
}
