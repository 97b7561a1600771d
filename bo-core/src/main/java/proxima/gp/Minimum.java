package proxima.gp;

/// What a minimization reached. Immutable.
public final class Minimum {

  private final double[] x;
  private final double value;

  Minimum(double[] x, double value) {
    this.x = x;
    this.value = value;
  }

  /// A point of the box; a copy.
  public double[] x() {
    return x.clone();
  }

  /// The function's value at x.
  public double value() {
    return value;
  }
}
