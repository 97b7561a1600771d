package proxima.acquisition;

import java.util.List;
import proxima.space.Point;

/// How promising it is to try a point, in logarithms: larger is better, and terms are added.
public interface Acquisition {

  /// One value a point.
  double[] at(List<Point> points);

  /// The value at x; its derivatives by the coordinates are added to `slope`.
  double at(Point x, double[] slope);
}
