package proxima.space;

import java.util.Arrays;

/// A point of the unit cube [0, 1]^d. Immutable; equal where all coordinates are.
public final class Point {

  private final double[] x;

  private Point(double[] x) {
    this.x = x;
  }

  /// @throws IllegalArgumentException if a coordinate is not in [0, 1].
  public static Point of(double... coordinates) {
    double[] x = coordinates.clone();
    for (int i = 0; i < x.length; i++) {
      if (!(x[i] >= 0 && x[i] <= 1)) {
        throw new IllegalArgumentException("coordinate " + i + " of a point lies in [0, 1], got " + x[i]);
      }
    }
    return new Point(x);
  }

  /// The point of the cube nearest to `coordinates`.
  /// @throws IllegalArgumentException if a coordinate is NaN.
  public static Point clip(double... coordinates) {
    double[] x = coordinates.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = Double.isNaN(x[i]) ? Double.NaN : Math.clamp(x[i], 0.0, 1.0);
    }
    return of(x);
  }

  /// The centre of the cube in d dimensions.
  public static Point centre(int d) {
    double[] x = new double[d];
    Arrays.fill(x, 0.5);
    return new Point(x);
  }

  public int dimension() {
    return x.length;
  }

  public double get(int i) {
    return x[i];
  }

  /// A copy.
  public double[] toArray() {
    return x.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Point p && Arrays.equals(x, p.x);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(x);
  }

  @Override
  public String toString() {
    return Arrays.toString(x);
  }
}
