package proxima.gp;

/// A differentiable function of several variables.
@FunctionalInterface
public interface Smooth {

  /// The value at x, positive infinity where there is none; the gradient is written to `gradient`. Neither array is kept, x is not changed.
  double at(double[] x, double[] gradient);
}
