package proxima.diagnose;

import java.util.List;

/// Numbers of one kind, one for each seed.
final class Sample {

  private Sample() {}

  /// NaN where one is.
  static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).sum() / values.size();
  }

  /// The standard deviation, over n - 1; NaN for one value, or where one is.
  static double deviation(List<Double> values) {
    double mean = mean(values);
    return Math.sqrt(values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1));
  }

  /// Of the mean; NaN for one value, or where one is.
  static double standardError(List<Double> values) {
    return deviation(values) / Math.sqrt(values.size());
  }
}
