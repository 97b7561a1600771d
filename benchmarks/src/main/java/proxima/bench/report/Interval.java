package proxima.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.strategy.Seeds;

/// A mean, or a ratio of means, with its 95 % percentile-bootstrap interval.
///
/// Of n values n - 1 are drawn, so that the variance of the resampled means is that of the mean without bias (McCarthy and Snowden 1985); n draws
/// make it too small by (n - 1) / n, a third at 3 seeds.
///
/// @param low, high NaN where there is one value alone, which says nothing of its own spread
record Interval(double mean, double low, double high) {

  private static final int RESAMPLES = 1000;

  boolean isKnown() {
    return !Double.isNaN(low);
  }

  /// Of strata that count alike, each resampled within itself: what other seeds give on the same tasks (Agarwal et al. 2021, stratified bootstrap).
  /// @param strata one a task, of a value for each seed
  static Interval within(List<double[]> strata) {
    return within(strata, RESAMPLES);
  }

  static Interval within(List<double[]> strata, int resamples) {
    double mean = strata.stream().mapToDouble(Interval::mean).average().orElseThrow();
    if (strata.stream().allMatch(s -> s.length < 2)) {
      return new Interval(mean, Double.NaN, Double.NaN);
    }
    RandomGenerator random = Seeds.random(strata.size(), 7);
    double[] means = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      for (double[] stratum : strata) {
        means[b] += resampled(stratum, random) / strata.size();
      }
    }
    return of(mean, means);
  }

  /// Of the ratio of two means over strata, each stratum resampled within itself, with the same seeds above and below.
  /// @param above one a stratum, of a value for each seed
  /// @param below as many, of the same seeds
  static Interval ofRatio(List<double[]> above, List<double[]> below) {
    double ratio = ratio(sum(above), sum(below));
    if (above.stream().allMatch(s -> s.length < 2)) {
      return new Interval(ratio, Double.NaN, Double.NaN);
    }
    RandomGenerator random = Seeds.random(above.size(), 11);
    double[] ratios = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double over = 0;
      double under = 0;
      for (int t = 0; t < above.size(); t++) {
        int seeds = above.get(t).length;
        int drawn = Math.max(1, seeds - 1);
        for (int i = 0; i < drawn; i++) {
          int seed = random.nextInt(seeds);
          over += above.get(t)[seed] / drawn;
          under += below.get(t)[seed] / drawn;
        }
      }
      ratios[b] = ratio(over, under);
    }
    return of(ratio, ratios);
  }

  /// 1 where both are 0.
  static double ratio(double a, double b) {
    return a == b ? 1 : a / b;
  }

  /// Of the means of strata, which are resampled whole: what other tasks of the kind give (Davison and Hinkley 1997, section 3.8).
  static Interval across(List<double[]> strata) {
    return within(List.of(strata.stream().mapToDouble(Interval::mean).toArray()));
  }

  private static double resampled(double[] values, RandomGenerator random) {
    if (values.length == 1) {
      return values[0];
    }
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / (values.length - 1);
  }

  private static Interval of(double value, double[] resampled) {
    Arrays.sort(resampled);
    return new Interval(value, resampled[(int) (0.025 * resampled.length)], resampled[(int) (0.975 * resampled.length)]);
  }

  private static double sum(List<double[]> strata) {
    return strata.stream().mapToDouble(Interval::mean).sum();
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
