package proxima.diagnose;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.strategy.Seeds;

/// A statistic of seeds that are drawn anew from those there are: the percentile bootstrap.
final class Resamples {

  /// What an interval is worth. Of 3 normal values the ends are the least and the largest of them, which hold the mean between them with a probability of 3/4.
  static final String NOTE =
      "Intervals hold 95 % of resamples of the seeds (percentile bootstrap), which is less than it seems where seeds are few: of 3 seeds such an interval holds the mean in three of four cases, of 8 in nine"
          + " of ten.";

  private static final int NUMBER = 2000;

  private Resamples() {}

  /// Its values, ascending, the same at every call.
  /// @param seeds how many there are
  /// @param statistic of seeds, of which one may stand more than once
  static double[] sorted(int seeds, ToDoubleFunction<int[]> statistic) {
    RandomGenerator random = Seeds.random(seeds);
    double[] values = new double[NUMBER];
    for (int r = 0; r < NUMBER; r++) {
      values[r] = statistic.applyAsDouble(IntStream.range(0, seeds).map(_ -> random.nextInt(seeds)).toArray());
    }
    Arrays.sort(values);
    return values;
  }
}
