package proxima.space.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How a range is laid around the coordinates of optima: which of the outermost it leaves out.
public sealed interface Trim {

  /// From `low` to `high`.
  record Range(double low, double high) {}

  /// In a few words.
  String text();

  /// @param x coordinates, ascending, one at least
  Range range(double[] x);

  /// Which choices of a categorical parameter to keep.
  /// @param counts of the optima that have each choice, not all 0
  List<Integer> choices(int[] counts);

  /// From the smallest to the largest (Perrone et al. 2019, equation 5).
  record None() implements Trim {
    @Override
    public String text() {
      return "smallest box";
    }

    @Override
    public Range range(double[] x) {
      return new Range(x[0], x[x.length - 1]);
    }

    @Override
    public List<Integer> choices(int[] counts) {
      return IntStream.range(0, counts.length).filter(c -> counts[c] > 0).boxed().toList();
    }
  }

  /// Up to a share of the coordinates at either end, and of the choices the rarest up to this share.
  ///
  /// @param share in [0, 1/2)
  record Quantile(double share) implements Trim {
    public Quantile {
      if (!(share >= 0 && share < 0.5)) {
        throw new IllegalArgumentException("a box leaves out a share in [0, 0.5) at either end, got " + share);
      }
    }

    @Override
    public String text() {
      return "box without " + LearnedRegion.percent(share) + " at either end";
    }

    /// Quantiles between two coordinates are interpolated, so that a single outlier among few counts in part.
    @Override
    public Range range(double[] x) {
      return new Range(quantile(x, share), quantile(x, 1 - share));
    }

    /// At rank share (n - 1), from 0 (Hyndman and Fan 1996, definition 7).
    private static double quantile(double[] x, double share) {
      double rank = share * (x.length - 1);
      int below = (int) Math.floor(rank);
      int above = Math.min(below + 1, x.length - 1);
      return x[below] + (rank - below) * (x[above] - x[below]);
    }

    @Override
    public List<Integer> choices(int[] counts) {
      int left = (int) Math.floor(share * Arrays.stream(counts).sum());
      int[] rest = counts.clone();
      for (int c : byCount(counts).toArray()) {
        if (rest[c] <= left) {
          left -= rest[c];
          rest[c] = 0;
        }
      }
      return IntStream.range(0, rest.length).filter(c -> rest[c] > 0).boxed().toList();
    }
  }

  /// The range [l, h] of the smallest lambda / 2 (h - l)^2 + sum over the n coordinates of their distance from it / (2 n) (Perrone et al. 2019, the box with
  /// slack). Where that is smallest, 2 lambda n (h - l) coordinates lie beyond either end: a wide range loses more of them than a narrow one.
  ///
  /// @param lambda above 0; twice it is the share at either end that a range of length 1 loses
  record Slack(double lambda) implements Trim {
    public Slack {
      if (!(lambda > 0 && lambda < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("slack has a weight lambda > 0, got " + lambda);
      }
    }

    @Override
    public String text() {
      return "box with slack " + lambda;
    }

    /// Exact: with k of them beyond either end, the range between the (k+1)-th from both ends is best where k <= 2 lambda n (h - l) <= k + 1. Where no k fits, a
    /// range of length k / (2 lambda n) is, with its ends in the gaps next to these.
    @Override
    public Range range(double[] x) {
      int n = x.length;
      for (int k = 0; ; k++) {
        double low = x[k];
        double high = x[n - 1 - k];
        double beyond = 2 * lambda * n * (high - low);
        if (k <= beyond && beyond <= k + 1) {
          return new Range(low, high);
        }
        if (beyond < k) {
          // The one before was too long: between both, each end moves by the same part of its gap.
          double before = x[n - k] - x[k - 1];
          double part = (k / (2 * lambda * n) - (high - low)) / (before - (high - low));
          return new Range(low + part * (x[k - 1] - low), high + part * (x[n - k] - high));
        }
      }
    }

    /// With a length of the share of choices kept, and a distance of 1 of each that is not.
    @Override
    public List<Integer> choices(int[] counts) {
      int n = Arrays.stream(counts).sum();
      int[] order = byCount(counts).toArray();
      int best = counts.length;
      double lowest = Double.POSITIVE_INFINITY;
      int out = 0;
      for (int dropped = 0; dropped < counts.length; dropped++) {
        double length = (counts.length - dropped) / (double) counts.length;
        double cost = 0.5 * lambda * length * length + out / (2.0 * n);
        if (cost < lowest) {
          lowest = cost;
          best = dropped;
        }
        out += counts[order[dropped]];
      }
      return Arrays.stream(order).skip(best).sorted().boxed().toList();
    }
  }

  /// Choices from the rarest, of equals the first.
  private static IntStream byCount(int[] counts) {
    return IntStream.range(0, counts.length).boxed().sorted(Comparator.comparingInt(c -> counts[c])).mapToInt(Integer::intValue);
  }
}
