package proxima.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// A linear or logarithmic map from values to pixels.
///
/// @param from pixel of `low`
/// @param to pixel of `high`
public record Axis(double low, double high, double from, double to, boolean log) {

  // Above this ratio of its ends a positive range is shown in its logarithm.
  private static final double WIDE = 20;

  public Axis {
    if (!(low < high)) {
      throw new IllegalArgumentException("an axis needs low < high, got [" + low + ", " + high + "]");
    }
  }

  public static Axis linear(double low, double high, double from, double to) {
    return new Axis(low, high, from, to, false);
  }

  /// @param low more than 0
  public static Axis logarithmic(double low, double high, double from, double to) {
    return new Axis(low, high, from, to, true);
  }

  /// An axis for losses whose upper end outliers do not move: from the lowest to the 95th percentile, or as far above the upper quartile as
  /// 5 times that quartile's height where this is lower; both with a margin.
  ///
  /// @param losses one or more, finite
  /// @param also values to show, whatever the percentile
  public static Axis robust(double[] losses, List<Double> also, double from, double to) {
    double[] sorted = losses.clone();
    Arrays.sort(sorted);
    double extra = also.stream().mapToDouble(v -> v).max().orElse(sorted[0]);
    double upper = quantile(sorted, 0.75);
    double cut = upper > sorted[0] ? Math.min(quantile(sorted, 0.95), upper + 5 * (upper - sorted[0])) : quantile(sorted, 0.95);
    double high = Math.max(extra, cut);
    double low = Math.min(sorted[0], also.stream().mapToDouble(v -> v).min().orElse(sorted[0]));
    if (low > 0 && high / low > WIDE) {
      double margin = Math.pow(high / low, 0.06);
      return new Axis(low / margin, high * margin, from, to, true);
    }
    double margin = high > low ? 0.06 * (high - low) : Math.max(1e-3, 0.05 * Math.abs(low));
    return linear(low - margin, high + margin, from, to);
  }

  /// The value below which a share of the values lies, between two of them by their distances.
  public static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    return below + 1 < sorted.length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
  }

  public double at(double value) {
    double share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /// As `at`, values beyond an end at that end.
  public double clipped(double value) {
    return at(Math.clamp(value, low, high));
  }

  public boolean holds(double value) {
    return value >= low && value <= high;
  }

  /// Round values in the range, about `count` of them.
  public List<Double> ticks(int count) {
    return log ? logTicks(count) : linearTicks(count);
  }

  private List<Double> linearTicks(int count) {
    double rough = (high - low) / Math.max(1, count);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = DoubleStream.of(1, 2, 2.5, 5, 10).map(s -> s * power).filter(s -> s >= rough * 0.999).findFirst().orElse(10 * power);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /// 1, 2, 5, 10, … where those are few enough, else powers of ten, or every second, third, …; linear ones where not even two are in the range.
  private List<Double> logTicks(int count) {
    List<Double> ticks = powers(List.of(1.0, 2.0, 5.0), 1);
    for (int every = 1; ticks.size() > 1.5 * count + 1; every++) {
      ticks = powers(List.of(1.0), every);
    }
    return ticks.size() < 2 ? linearTicks(4) : ticks;
  }

  private List<Double> powers(List<Double> digits, int every) {
    List<Double> ticks = new ArrayList<>();
    for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
      for (double digit : digits) {
        double v = digit * Math.pow(10, e);
        if (Math.floorMod(e, every) == 0 && holds(v)) {
          ticks.add(v);
        }
      }
    }
    return ticks;
  }
}
