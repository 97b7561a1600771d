package proxima.strategy;

import java.util.ArrayList;
import java.util.List;
import proxima.space.Outcome;
import proxima.space.Point;

/// What a model may learn from: points with what came of them, and points that are being tried.
///
/// @param points of the trials that ended and say something of their configuration, in the order of their trial numbers
/// @param losses one a point; positive infinity where the trial diverged
/// @param open points of pending trials, and of failed ones: nothing is known of their loss, and there is no hurry to go back
record Observations(List<Point> points, List<Double> losses, List<Point> open) {

  Observations {
    points = List.copyOf(points);
    losses = List.copyOf(losses);
    open = List.copyOf(open);
  }

  static Observations of(Knowledge knowledge, Cells cells) {
    List<Point> points = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<Point> open = new ArrayList<>();
    for (Evaluation e : knowledge.evaluations()) {
      Point x = cells.snap(e.point().toArray());
      switch (e.outcome().orElse(new Outcome.Failed("pending"))) {
        case Outcome.Finished f -> {
          points.add(x);
          losses.add(f.loss());
        }
        case Outcome.Diverged _ -> {
          points.add(x);
          losses.add(Double.POSITIVE_INFINITY);
        }
        case Outcome.Failed _ -> open.add(x);
      }
    }
    return new Observations(points, losses, open);
  }

  int size() {
    return points.size();
  }

  /// How many trials finished.
  int finished() {
    return (int) losses.stream().filter(l -> l < Double.POSITIVE_INFINITY).count();
  }

  double[] lossArray() {
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// For each point, whether its trial finished.
  List<Boolean> viable() {
    return losses.stream().map(l -> l < Double.POSITIVE_INFINITY).toList();
  }

  /// The first n, and nothing open.
  Observations first(int n) {
    return new Observations(points.subList(0, n), losses.subList(0, n), List.of());
  }
}
