package proxima.strategy;

import java.util.Arrays;

/// How well what is expected of losses accords with them.
final class Accord {

  /// Observations that a rank correlation is shrunk by, towards 1/2: until there are some, all tasks weigh alike.
  private static final double DOUBT = 5;

  /// Of the slope: so many observations say that as much of what is expected comes true as was trusted in.
  private static final double SLOPE_DOUBT = 2;

  private static final double STEEPEST = 1.5;

  private Accord() {}

  /// Kendall's rank correlation over pairs of different losses, of which those that are expected to be equal count 0; NaN where there are none.
  static double kendall(double[] expected, double[] losses) {
    double agree = 0;
    double pairs = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < i; j++) {
        if (losses[i] != losses[j]) {
          pairs++;
          agree += Math.signum(expected[i] - expected[j]) * Math.signum(losses[i] - losses[j]);
        }
      }
    }
    return pairs == 0 ? Double.NaN : agree / pairs;
  }

  /// Goodman and Kruskal's rank correlation, over pairs that differ in both; NaN where there are none.
  static double gamma(double[] expected, double[] losses) {
    double agree = 0;
    double pairs = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < i; j++) {
        double sign = Math.signum(expected[i] - expected[j]) * Math.signum(losses[i] - losses[j]);
        agree += sign;
        pairs += Math.abs(sign);
      }
    }
    return pairs == 0 ? Double.NaN : agree / pairs;
  }

  /// The square of a rank correlation over `n` observations, shrunk; 0 where it is negative, and as of 1/2 where it is NaN.
  static double weight(double kendall, int n) {
    double tau = Double.isNaN(kendall) ? 0.5 : kendall;
    double shrunk = Math.max(0, (n * tau + DOUBT * 0.5) / (n + DOUBT));
    return shrunk * shrunk;
  }

  /// Pearson's correlation; 0 where one of both does not vary.
  static double pearson(double[] a, double[] b) {
    double squares = both(a, a) * both(b, b);
    return squares > 0 ? both(a, b) / Math.sqrt(squares) : 0;
  }

  /// The slope of a regression line, by how much targets follow what is expected; in [0, 1.5].
  /// @param trust what it is believed to be before it is known
  static double slope(double trust, double[] expected, double[] targets) {
    return Math.clamp((SLOPE_DOUBT * trust + both(expected, targets)) / (SLOPE_DOUBT + both(expected, expected)), 0, STEEPEST);
  }

  /// The sum of products of deviations from the means.
  private static double both(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum;
  }
}
