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
  Point firstNew(int tries, IntFunction<Point> candidate) {
    Point first = candidate.apply(0);
    Point x = first;
    for (int k = 1; contains(x) && k < tries; k++) {
      x = candidate.apply(k);
    }
    return contains(x) ? first : x;
  }
}
