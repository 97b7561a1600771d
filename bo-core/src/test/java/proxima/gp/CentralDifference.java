package proxima.gp;

import java.util.function.ToDoubleFunction;

/// Gradients by central differences of the fourth order: wrong by about h^4 times the fifth derivative, and by the value's rounding over h.
public final class CentralDifference {

  private CentralDifference() {}

  public static double[] of(ToDoubleFunction<double[]> f, double[] x, double h) {
    double[] gradient = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      gradient[j] = (8 * (at(f, x, j, h) - at(f, x, j, -h)) - (at(f, x, j, 2 * h) - at(f, x, j, -2 * h))) / (12 * h);
    }
    return gradient;
  }

  private static double at(ToDoubleFunction<double[]> f, double[] x, int j, double by) {
    double[] moved = x.clone();
    moved[j] += by;
    return f.applyAsDouble(moved);
  }
}
