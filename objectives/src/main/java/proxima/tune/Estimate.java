package proxima.tune;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/// The mean of n values with its 95 % confidence interval by Student's t; the interval is [mean, mean] for n = 1.
record Estimate(double mean, double low, double high, List<Double> values) {

  /// @throws IllegalArgumentException if there are no values or one is not finite.
  static Estimate of(List<Double> values) {
    if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("an estimate needs finite values, got " + values);
    }
    int n = values.size();
    double mean = values.stream().mapToDouble(v -> v).sum() / n;
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double half = n == 1 ? 0 : new TDistribution(n - 1).inverseCumulativeProbability(0.975) * Math.sqrt(squares / (n - 1) / n);
    return new Estimate(mean, mean - half, mean + half, List.copyOf(values));
  }

  /// Over how many seeds it is, in words, of so many that were to be trained.
  String seeds(int all) {
    String seeds = all == 1 ? "1 fresh seed" : all + " fresh seeds";
    return values.size() == all ? seeds : "only " + values.size() + " of " + seeds + " finished";
  }

  /// The interval as printed, with so many digits: `  [1.277, 1.336]`; nothing for one value, which says nothing of chance.
  String interval(int digits) {
    return values.size() == 1 ? "" : String.format(Locale.ROOT, "  [%." + digits + "f, %." + digits + "f]", low, high);
  }
}
