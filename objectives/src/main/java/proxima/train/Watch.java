package proxima.train;

/// Tells divergence from the losses of a training.
final class Watch {

  /// A loss this many times the larger of what knowing nothing and the first step gave is out of bounds.
  private static final double BOUND = 3;

  /// Steps on end out of bounds, seen at two readings at least.
  private static final int PATIENCE = 10;

  private double bound;
  private boolean first = true;
  private int out;

  Watch(double chance) {
    bound = BOUND * chance;
  }

  /// Whether the training has diverged, seen at a reading that stands for `steps` steps.
  boolean diverged(double loss, double norm, int steps) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      return true;
    }
    if (first) {
      bound = Math.max(bound, BOUND * loss);
      first = false;
    }
    boolean again = out > 0;
    out = loss > bound ? out + steps : 0;
    return again && out >= PATIENCE;
  }
}
