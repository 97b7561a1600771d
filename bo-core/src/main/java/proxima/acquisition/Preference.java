package proxima.acquisition;

import java.util.List;
import proxima.space.Box;
import proxima.space.Point;

/// What is believed of a point before any trial: the logarithm of a density over the unit cube, up to a constant.
///
/// It is added to the acquisition with a weight that falls with the number of trials (Hvarfner et al. 2022, "piBO", equation 6), so that it
/// guides the first trials and excludes nothing for long.
public interface Preference {

  /// Of a density of 1e-12 (Hvarfner et al. 2022, section 4.1): where it is lower it counts as that, so that what is far off is not excluded.
  double LEAST = Math.log(1e-12);

  /// Finite; its derivatives by the coordinates are added to `slope`.
  double log(Point x, double[] slope);

  /// Normal around a point, 1 there and 1e-12 at least.
  /// @param sd in units of the cube
  static Preference near(Point centre, double sd) {
    if (!(sd > 0 && sd < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a standard deviation is above 0, got " + sd);
    }
    return (x, slope) -> {
      if (x.dimension() != centre.dimension()) {
        throw new IllegalArgumentException("what is preferred is a point with " + centre.dimension() + " coordinates, and the space has " + x.dimension() + "; SearchSpace.encode makes one of a configuration");
      }
      double sum = 0;
      for (int i = 0; i < slope.length; i++) {
        double u = (x.get(i) - centre.get(i)) / sd;
        sum -= 0.5 * u * u;
      }
      for (int i = 0; i < slope.length && sum > LEAST; i++) {
        slope[i] -= (x.get(i) - centre.get(i)) / sd / sd;
      }
      return Math.max(sum, LEAST);
    };
  }

  /// Uniform in a box, such as one learned from earlier tasks, and falling off outside like a normal density.
  /// @param sd of the distance from the box, in units of the cube
  static Preference within(Box box, double sd) {
    // The nearest point of a box moves along its faces alone, so that the slope is that of `near` it.
    return (x, slope) -> near(box.clip(x), sd).log(x, slope);
  }

  /// As a term of an acquisition.
  default Acquisition weighing(double weight) {
    return new Acquisition() {
      @Override
      public double[] at(List<Point> points) {
        return points.stream().mapToDouble(x -> weight * log(x, new double[x.dimension()])).toArray();
      }

      @Override
      public double at(Point x, double[] slope) {
        double[] own = new double[slope.length];
        double value = log(x, own);
        for (int i = 0; i < slope.length; i++) {
          slope[i] += weight * own[i];
        }
        return weight * value;
      }
    };
  }
}
