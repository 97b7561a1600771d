package proxima.gp;

/// What a minimization reached. Immutable.
public final class Minimum {

  private final double[] x;
  private final double value;
  private final int iterations;
  private final int evaluations;
  private final boolean converged;

  Minimum(double[] x, double value, int iterations, int evaluations, boolean converged) {
    this.x = x;
    this.value = value;
    this.iterations = iterations;
    this.evaluations = evaluations;
    this.converged = converged;
  }

  /// A point of the box; a copy.
  public double[] x() {
    return x.clone();
  }

  /// The function's value at x.
  public double value() {
    return value;
  }

  public int iterations() {
    return iterations;
  }

  /// How often the function and its gradient were computed.
  public int evaluations() {
    return evaluations;
  }

  /// Whether a tolerance was met, rather than the iterations used up or no further descent found.
  public boolean converged() {
    return converged;
  }
}
