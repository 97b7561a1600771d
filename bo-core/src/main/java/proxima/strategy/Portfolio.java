package proxima.strategy;

import java.util.List;
import proxima.space.Point;

/// A fixed list of points asked for in turn, over and over: to evaluate finalists again with fresh seeds. Repeats by design.
public final class Portfolio implements Strategy {

  private final List<Point> points;

  public Portfolio(List<Point> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a portfolio needs at least one point");
    }
    this.points = List.copyOf(points);
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return points.get(knowledge.asked() % points.size());
  }
}
