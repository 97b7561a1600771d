package proxima.gp;

/// Points as an `InputWarp` takes them, and how they change with its exponents. Arrays are allocated once; one thread at a time.
final class WarpedInputs {

  /// The points as warped last; before that, as they are.
  final Inputs inputs;

  private final int rows;
  private final double[] logs; // coordinate by coordinate: ln v of each point, then of x = 0 and x = 1
  private final double[] w; // in the same order, as are the next two
  private final double[] byLogA;
  private final double[] byLogB;

  WarpedInputs(Inputs plain) {
    this.inputs = plain.copy();
    this.rows = plain.n + 2;
    this.logs = new double[plain.d * rows];
    this.w = new double[logs.length];
    this.byLogA = new double[logs.length];
    this.byLogB = new double[logs.length];
    for (int j = 0; j < plain.d; j++) {
      for (int i = 0; i < plain.n; i++) {
        logs[j * rows + i] = Math.log(InputWarp.inner(plain.x[i * plain.width + j] + 0.5));
      }
      logs[j * rows + plain.n] = Math.log(InputWarp.inner(0));
      logs[j * rows + plain.n + 1] = Math.log(InputWarp.inner(1));
    }
  }

  /// Takes coordinate j of all points through the map with these exponents.
  void warp(int j, double a, double b) {
    int from = j * rows;
    for (int k = from; k < from + rows; k++) {
      double rest = -Math.expm1(a * logs[k]); // 1 - v^a
      double logRest = Math.log(rest);
      double above = Math.exp(b * logRest); // 1 - W
      w[k] = 1 - above;
      byLogA[k] = a * b * above / rest * (1 - rest) * logs[k];
      byLogB[k] = -b * above * logRest;
    }
    int low = from + inputs.n;
    double range = w[low + 1] - w[low];
    for (int i = 0; i < inputs.n; i++) {
      int k = from + i;
      double share = (w[k] - w[low]) / range;
      byLogA[k] = (byLogA[k] - byLogA[low] - share * (byLogA[low + 1] - byLogA[low])) / range;
      byLogB[k] = (byLogB[k] - byLogB[low] - share * (byLogB[low + 1] - byLogB[low])) / range;
      inputs.x[i * inputs.width + j] = share - 0.5;
    }
  }

  /// Takes all points through the maps with exponents of the logarithms ln a_1, ..., ln a_d, ln b_1, ..., ln b_d, from `first` on.
  void warp(double[] logarithms, int first) {
    for (int j = 0; j < inputs.d; j++) {
      warp(j, Math.exp(logarithms[first + j]), Math.exp(logarithms[first + inputs.d + j]));
    }
  }

  /// Adds the derivatives by these logarithms of a function of the warped points to `gradient`, from `first` on.
  ///
  /// @param slopes its derivatives by coordinate j of point i times `factors[j]`, at i (d + 1) + j
  void addSlopes(double[] slopes, double[] factors, double[] gradient, int first) {
    for (int j = 0; j < inputs.d; j++) {
      double sumA = 0;
      double sumB = 0;
      for (int i = 0; i < inputs.n; i++) {
        double slope = slopes[i * inputs.width + j];
        sumA += slope * byLogA[j * rows + i];
        sumB += slope * byLogB[j * rows + i];
      }
      gradient[first + j] += factors[j] * sumA;
      gradient[first + inputs.d + j] += factors[j] * sumB;
    }
  }
}
