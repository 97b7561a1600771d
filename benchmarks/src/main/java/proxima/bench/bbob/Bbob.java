package proxima.bench.bbob;

import java.util.function.ToDoubleFunction;

/// One of the 24 functions in one instance.
///
/// @param number 1 to 24
/// @param instance 1 or more
/// @param lowest the value at the optimum
/// @param above by how much the value at x exceeds it
public record Bbob(int number, int dimension, int instance, double lowest, ToDoubleFunction<double[]> above) {

  /// How many functions there are.
  public static final int FUNCTIONS = 24;

  /// @throws IllegalArgumentException if there is no such function, fewer than two dimensions or no such instance.
  public static Bbob of(int number, int dimension, int instance) {
    if (number < 1 || number > FUNCTIONS || dimension < 2 || instance < 1) {
      throw new IllegalArgumentException("functions go from 1 to 24, dimensions from 2, instances from 1; got " + number + ", " + dimension + ", " + instance);
    }
    // The two Rastrigin functions, and the two Schaffers functions, share their random numbers.
    int drawn = number == 4 ? 3 : number == 18 ? 17 : number;
    long seed = drawn + 10_000L * instance;
    return new Bbob(number, dimension, instance, Draws.lowest(seed), new Landscape(dimension, seed).of(number));
  }

  /// The function at a point of [-5, 5]^d.
  public double value(double[] x) {
    return lowest + above.applyAsDouble(x);
  }
}
