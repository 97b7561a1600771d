package proxima.diagnose;

import java.util.List;

/// The exponent of a power law.
final class Slope {

  private Slope() {}

  /// The slope of log y over log x by least squares; NaN where a y is not a positive number, as after a divergence.
  /// @param x two or more different positive numbers
  static double of(List<Long> x, List<Double> y) {
    int n = x.size();
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += Math.log(x.get(i)) / n;
      meanY += Math.log(y.get(i)) / n;
    }
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      double dx = Math.log(x.get(i)) - meanX;
      xx += dx * dx;
      xy += dx * (Math.log(y.get(i)) - meanY);
    }
    double slope = xy / xx;
    return Double.isFinite(slope) ? slope : Double.NaN;
  }
}
