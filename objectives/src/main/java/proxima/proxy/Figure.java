package proxima.proxy;

/// A figure in the square [-1, 1]^2, by the signed distance of a point from its border, negative inside.
enum Figure {
  DISC(Math.PI),
  RING(Math.PI * (1 - 0.5 * 0.5)),
  SQUARE(1.6 * 1.6),
  FRAME(1.6 * 1.6 - 0.9 * 0.9),
  /// Equilateral, of circumradius 1.
  TRIANGLE(3 * Math.sqrt(3) / 4),
  LINE(2 * 0.4),
  CROSS(2 * (2 * 0.4) - 0.4 * 0.4),
  BARS(2 * (2 * 0.4)),
  /// Two sides of a square.
  CORNER(1.8 * 0.4 + 1.4 * 0.4),
  /// Three sides of one.
  ARCH(1.8 * 0.4 + 2 * (1.4 * 0.4));

  private final double area;

  Figure(double area) {
    this.area = area;
  }

  /// Of the square's area of 4.
  double area() {
    return area;
  }

  double distance(double u, double v) {
    return switch (this) {
      case DISC -> Math.sqrt(u * u + v * v) - 1;
      case RING -> Math.abs(Math.sqrt(u * u + v * v) - 0.75) - 0.25;
      case SQUARE -> box(u, v, 0.8, 0.8);
      case FRAME -> Math.max(box(u, v, 0.8, 0.8), -box(u, v, 0.45, 0.45));
      case TRIANGLE -> Math.max(-v - 0.5, Math.sqrt(3) / 2 * Math.abs(u) + v / 2 - 0.5);
      case LINE -> box(u, v, 1, 0.2);
      case CROSS -> Math.min(box(u, v, 1, 0.2), box(u, v, 0.2, 1));
      case BARS -> box(u, Math.abs(v) - 0.6, 1, 0.2);
      case CORNER -> Math.min(box(u, v + 0.7, 0.9, 0.2), box(u + 0.7, v, 0.2, 0.9));
      case ARCH -> Math.min(box(u, v + 0.7, 0.9, 0.2), box(Math.abs(u) - 0.7, v, 0.2, 0.9));
    };
  }

  private static double box(double u, double v, double halfWidth, double halfHeight) {
    return Math.max(Math.abs(u) - halfWidth, Math.abs(v) - halfHeight);
  }
}
