package proxima.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import proxima.space.Point;

/// The rows of a table that are left to try.
final class Rows {

  private final Set<Point> left;

  Rows(List<Point> rows) {
    this.left = new LinkedHashSet<>(rows);
  }

  boolean any() {
    return !left.isEmpty();
  }

  List<Point> left() {
    return new ArrayList<>(left);
  }

  void remove(Point x) {
    left.remove(x);
  }

  /// The one nearest to x in the cube, the first of equals.
  Point nearest(Point x) {
    return left.stream().min(Comparator.comparingDouble(r -> squaredDistance(r, x))).orElseThrow();
  }

  private static double squaredDistance(Point a, Point b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      double difference = a.get(i) - b.get(i);
      sum += difference * difference;
    }
    return sum;
  }
}
