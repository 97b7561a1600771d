package proxima.bench.bbob;

import java.util.function.ToDoubleFunction;

/// A change of coordinates.
@FunctionalInterface
interface Step {

  double[] of(double[] x);

  default Step then(Step next) {
    return x -> next.of(of(x));
  }

  /// The value of a point by that of its z.
  default ToDoubleFunction<double[]> value(ToDoubleFunction<double[]> value) {
    return x -> value.applyAsDouble(of(x));
  }

  /// z = x - origin.
  static Step shift(double[] origin) {
    return each((x, i, _) -> x - origin[i]);
  }

  /// z = M x.
  static Step rotate(double[][] m) {
    return x -> {
      double[] z = new double[x.length];
      for (int i = 0; i < z.length; i++) {
        for (int j = 0; j < x.length; j++) {
          z[i] += m[i][j] * x[j];
        }
      }
      return z;
    };
  }

  /// z = Lambda^alpha x: coordinates are stretched by 1 to sqrt(alpha).
  static Step stretch(double alpha) {
    return each((x, i, d) -> Math.pow(alpha, 0.5 * i / (d - 1)) * x);
  }

  /// z = factor x + constant.
  static Step affine(double factor, double constant) {
    return each((x, _, _) -> factor * x + constant);
  }

  /// T_osz: smooth irregularities.
  static Step oscillate() {
    return each((x, _, _) -> oscillated(x));
  }

  static double oscillated(double x) {
    double log = x == 0 ? 0 : Math.log(Math.abs(x));
    double fast = x > 0 ? 10 : 5.5;
    double slow = x > 0 ? 7.9 : 3.1;
    return Math.signum(x) * Math.exp(log + 0.049 * (Math.sin(fast * log) + Math.sin(slow * log)));
  }

  /// T_asy^beta: positive coordinates grow faster.
  static Step bend(double beta) {
    return each((x, i, d) -> x > 0 ? Math.pow(x, 1 + beta * i / (d - 1) * Math.sqrt(x)) : x);
  }

  interface Coordinate {
    double of(double x, int i, int d);
  }

  static Step each(Coordinate change) {
    return x -> {
      double[] z = new double[x.length];
      for (int i = 0; i < z.length; i++) {
        z[i] = change.of(x[i], i, x.length);
      }
      return z;
    };
  }
}
