package proxima.space;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// All points between two corners, both included.
///
/// @param low the corner with the smallest coordinates
/// @param high the corner with the largest coordinates, nowhere below `low`
public record Box(Point low, Point high) implements Region {

  public Box {
    if (low.dimension() != high.dimension()) {
      throw new IllegalArgumentException("a box needs corners of one dimension, got " + low.dimension() + " and " + high.dimension());
    }
    for (int i = 0; i < low.dimension(); i++) {
      if (!(low.get(i) <= high.get(i))) {
        throw new IllegalArgumentException("a box needs low <= high, got [" + low.get(i) + ", " + high.get(i) + "] in coordinate " + i);
      }
    }
  }

  /// The whole cube.
  public static Box cube(int d) {
    double[] high = new double[d];
    Arrays.fill(high, 1);
    return new Box(Point.of(new double[d]), Point.of(high));
  }

  /// The part of the cube within `side / 2` of a point in every coordinate.
  public static Box around(Point centre, double side) {
    if (!(side >= 0)) {
      throw new IllegalArgumentException("a box needs a side >= 0, got " + side);
    }
    double[] low = centre.toArray();
    double[] high = centre.toArray();
    for (int i = 0; i < low.length; i++) {
      low[i] -= side / 2;
      high[i] += side / 2;
    }
    return new Box(Point.clip(low), Point.clip(high));
  }

  @Override
  public int dimension() {
    return low.dimension();
  }

  /// The coordinates that u has when the cube is shrunk to the box.
  public double[] place(double[] u) {
    double[] x = new double[dimension()];
    for (int i = 0; i < x.length; i++) {
      x[i] = low.get(i) + u[i] * (high.get(i) - low.get(i));
    }
    return x;
  }

  @Override
  public boolean contains(Point x) {
    Ellipsoid.check(x, dimension());
    return contains(x.toArray());
  }

  /// The same of coordinates that may lie outside the cube.
  boolean contains(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!(x[i] >= low.get(i) && x[i] <= high.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Point sample(RandomGenerator random) {
    double[] x = new double[dimension()];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(low.get(i) + random.nextDouble() * (high.get(i) - low.get(i)), high.get(i));
    }
    return Point.of(x);
  }

  @Override
  public void pull(Point x, double[] slope) {
    for (int i = 0; i < slope.length; i++) {
      slope[i] = x.get(i) < low.get(i) || x.get(i) > high.get(i) ? 0 : slope[i];
    }
  }

  /// What lies in both; empty where nothing does.
  public Optional<Box> intersect(Box other) {
    double[] from = new double[dimension()];
    double[] to = new double[dimension()];
    for (int i = 0; i < from.length; i++) {
      from[i] = Math.max(low.get(i), other.low.get(i));
      to[i] = Math.min(high.get(i), other.high.get(i));
      if (from[i] > to[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(new Box(Point.of(from), Point.of(to)));
  }

  @Override
  public Box bounds() {
    return this;
  }

  @Override
  public double logVolume() {
    double sum = 0;
    for (int i = 0; i < dimension(); i++) {
      sum += Math.log(high.get(i) - low.get(i));
    }
    return sum;
  }

  /// The nearest point of the box.
  @Override
  public Point clip(Point x) {
    Ellipsoid.check(x, dimension());
    double[] clipped = x.toArray();
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.clamp(clipped[i], low.get(i), high.get(i));
    }
    return Point.of(clipped);
  }
}
