package proxima.bench;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.strategy.Seeds;

/// A mean with its 95 % bootstrap interval.
record Interval(double mean, double low, double high) {

  private static final int RESAMPLES = 2000;

  /// Of groups of values, each group counting alike: values are resampled within their group (percentile bootstrap).
  static Interval of(List<double[]> groups) {
    RandomGenerator random = Seeds.random(groups.size(), 7);
    double[] means = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      for (double[] group : groups) {
        double sum = 0;
        for (int i = 0; i < group.length; i++) {
          sum += group[random.nextInt(group.length)];
        }
        means[b] += sum / group.length / groups.size();
      }
    }
    Arrays.sort(means);
    double mean = groups.stream().mapToDouble(g -> Arrays.stream(g).average().orElseThrow()).average().orElseThrow();
    return new Interval(mean, means[(int) (0.025 * RESAMPLES)], means[(int) (0.975 * RESAMPLES)]);
  }
}
