package proxima.gp;

import java.util.List;

/// Increasing maps w of [0, 1] to itself, one a coordinate, after which a function that varies faster at one end of a coordinate than elsewhere varies evenly
/// (Snoek et al. 2014).
///
/// With Kumaraswamy's distribution function W(v) = 1 - (1 - v^a)^b, w(x) = (W(v) - W(e)) / (W(1 - e) - W(e)) at v = e + (1 - 2 e) x: the faces of the cube, where W
/// may have no finite slope, stay out of it, and 0 and 1 stay 0 and 1, so that a category is a category. a = b = 1 leaves all as it is, up to rounding.
///
/// @param a the inner exponents, one a coordinate, above 0; none at all where no coordinate is warped
/// @param b the outer exponents likewise
public record InputWarp(List<Double> a, List<Double> b) {

  /// Leaves points of any dimension as they are.
  public static final InputWarp IDENTITY = new InputWarp(List.of(), List.of());

  /// e. At 1e-6 the steepest map that a prior allows has a slope of 2e5.
  private static final double MARGIN = 1e-6;

  public InputWarp {
    a = List.copyOf(a);
    b = List.copyOf(b);
    if (a.size() != b.size()) {
      throw new IllegalArgumentException("each coordinate has two exponents, got " + a + " and " + b);
    }
    for (int j = 0; j < a.size(); j++) {
      if (!(a.get(j) > 0 && a.get(j) < Double.POSITIVE_INFINITY && b.get(j) > 0 && b.get(j) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("exponents are positive, coordinate " + j + " has " + a.get(j) + " and " + b.get(j));
      }
    }
  }

  boolean isIdentity() {
    return a.isEmpty();
  }

  Inputs of(Inputs points) {
    if (isIdentity()) {
      return points;
    }
    var warped = new WarpedInputs(points);
    for (int j = 0; j < points.d; j++) {
      warped.warp(j, a.get(j), b.get(j));
    }
    return warped.inputs;
  }

  /// dw / dx of coordinate j.
  double slope(int j, double x) {
    if (isIdentity()) {
      return 1;
    }
    double logV = Math.log(inner(x));
    double slope = a.get(j) * b.get(j) * Math.exp((a.get(j) - 1) * logV) * Math.pow(-Math.expm1(a.get(j) * logV), b.get(j) - 1);
    return (1 - 2 * MARGIN) * slope / (cumulative(j, inner(1)) - cumulative(j, inner(0)));
  }

  private double cumulative(int j, double v) {
    return 1 - Math.pow(-Math.expm1(a.get(j) * Math.log(v)), b.get(j));
  }

  /// v of x.
  static double inner(double x) {
    return MARGIN + (1 - 2 * MARGIN) * x;
  }
}
