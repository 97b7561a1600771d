package proxima.report;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import proxima.report.ReportData.Estimate;

/// How much lower one setting's loss is than another's, with a 95 % confidence interval by Student's t.
///
/// @param low, high NaN where there are too few seeds to say
/// @param paired whether over differences of the seeds with which both have a loss; otherwise, where these are too few, by Welch's test
/// @param seeds of these differences; else of the setting that has fewer
record Comparison(double gain, double low, double high, boolean paired, int seeds) {

  /// Of two settings that have losses.
  ///
  /// @param worse the setting compared against
  static Comparison of(Estimate better, Estimate worse) {
    double[] differences =
        better.bySeed().entrySet().stream()
            .flatMap(e -> Optional.ofNullable(worse.bySeed().get(e.getKey())).map(loss -> loss - e.getValue()).stream())
            .mapToDouble(d -> d)
            .toArray();
    int n = differences.length;
    if (n < 2 && !better.bySeed().keySet().equals(worse.bySeed().keySet())) {
      return welch(better, worse);
    }
    double mean = mean(differences);
    double half = n < 2 ? Double.NaN : t(n - 1) * Math.sqrt(variance(differences, mean) / n);
    return new Comparison(mean, mean - half, mean + half, true, n);
  }

  private static Comparison welch(Estimate better, Estimate worse) {
    double[] a = array(better.values());
    double[] b = array(worse.values());
    double gain = worse.mean() - better.mean();
    int fewer = Math.min(a.length, b.length);
    if (fewer < 2) {
      return new Comparison(gain, Double.NaN, Double.NaN, false, fewer);
    }
    double va = variance(a, mean(a)) / a.length;
    double vb = variance(b, mean(b)) / b.length;
    // Welch 1947: the degrees of freedom of a sum of two variances.
    double freedom = va + vb > 0 ? (va + vb) * (va + vb) / (va * va / (a.length - 1) + vb * vb / (b.length - 1)) : a.length + b.length - 2.0;
    double half = t(freedom) * Math.sqrt(va + vb);
    return new Comparison(gain, gain - half, gain + half, false, fewer);
  }

  boolean hasInterval() {
    return !Double.isNaN(low);
  }

  private static double t(double freedom) {
    return new TDistribution(freedom).inverseCumulativeProbability(0.975);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static double variance(double[] values, double mean) {
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return sum / (values.length - 1);
  }
}
