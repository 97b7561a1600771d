package proxima.strategy;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import proxima.space.Point;

/// The points already asked for or told of, pending and failed ones among them.
final class Seen {

  private final Set<Point> keys = new HashSet<>();

  Seen(Knowledge knowledge, Cells cells) {
    for (Evaluation e : knowledge.evaluations()) {
      keys.add(Cells.key(cells.snap(e.point().toArray())));
    }
  }

  boolean contains(Point x) {
    return keys.contains(Cells.key(x));
  }

  /// The first of `candidate(0)`, `candidate(1)`, ... that is new; the first of all where none of so many is, as in a small discrete space.
  static Point firstNew(Knowledge knowledge, Cells cells, int tries, IntFunction<Point> candidate) {
    Point first = candidate.apply(0);
    if (isFarFromAll(knowledge, cells, first)) {
      return first;
    }
    var seen = new Seen(knowledge, cells);
    Point x = first;
    for (int k = 1; seen.contains(x) && k < tries; k++) {
      x = candidate.apply(k);
    }
    return seen.contains(x) ? first : x;
  }

  /// Whether a first coordinate tells the point from all others, as it nearly always does where that is real: found without a set of them, which takes most of the time of a cheap
  /// strategy among thousands of trials.
  private static boolean isFarFromAll(Knowledge knowledge, Cells cells, Point x) {
    return cells.smooth() && knowledge.evaluations().stream().noneMatch(e -> Math.abs(Math.clamp(e.point().get(0), 0, 1) - x.get(0)) < Cells.APART);
  }
}
