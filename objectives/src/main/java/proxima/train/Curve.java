package proxima.train;

import java.util.ArrayList;
import java.util.List;
import proxima.objective.Monitor;
import proxima.space.Outcome;
import proxima.study.Decision;

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

  /// What the monitor says, where this makes a point.
  Decision add(long step, double loss, boolean last) {
    sum += loss;
    count++;
    if (last || step - start >= stretch) {
      points.add(new Outcome.CurvePoint(step, sum / count));
      Decision decision = monitor.report(step, sum / count);
      start = step;
      sum = 0;
      count = 0;
      return decision;
    }
    return Decision.CONTINUE;
  }

  /// What came of a training that ended with the last point.
  Outcome stopped() {
    Outcome.CurvePoint last = points.getLast();
    return Double.isFinite(last.loss()) ? new Outcome.Stopped(last.step(), last.loss(), points) : new Outcome.Diverged(last.step());
  }

  List<Outcome.CurvePoint> points() {
    return points;
  }
}
