package proxima.gp;

import java.util.List;
import proxima.space.Point;

/// A function that f scatters around, known before any target.
public interface Mean {

  /// Zero everywhere.
  Mean ZERO = new Mean() {
    @Override
    public double[] at(List<Point> points) {
      return new double[points.size()];
    }

    @Override
    public double at(Point x, double[] slope) {
      return 0;
    }
  };

  /// One value a point.
  double[] at(List<Point> points);

  /// The value at x; its derivatives by the coordinates are added to `slope`.
  double at(Point x, double[] slope);
}
