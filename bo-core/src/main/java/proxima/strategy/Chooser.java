package proxima.strategy;

import java.util.List;
import proxima.space.Point;

/// A strategy that can also choose among given points, such as the rows of a recorded table.
public interface Chooser extends Strategy {

  /// One of the candidates. Warm starts apart, it has no initial design: the first call already uses what is known.
  /// @param candidates one at least
  Point choose(Knowledge knowledge, List<Point> candidates);
}
