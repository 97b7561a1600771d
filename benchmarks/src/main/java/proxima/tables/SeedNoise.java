package proxima.tables;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// How much losses differ by seed alone.
public final class SeedNoise {

  private SeedNoise() {}

  /// Standard deviation of the losses of one configuration, over the better half of those with two or more, all finite, since losses near divergence differ
  /// more. Empty where there are none.
  ///
  /// @param losses of each configuration
  public static OptionalDouble of(Collection<List<Double>> losses) {
    List<double[]> repeated =
        losses.stream()
            .filter(l -> l.size() > 1 && l.stream().allMatch(Double::isFinite))
            .map(l -> l.stream().mapToDouble(Double::doubleValue).toArray())
            .sorted(Comparator.comparingDouble(SeedNoise::mean))
            .toList();
    List<double[]> better = repeated.subList(0, (repeated.size() + 1) / 2);
    double squares = better.stream().mapToDouble(SeedNoise::squares).sum();
    int freedom = better.stream().mapToInt(l -> l.length - 1).sum();
    return freedom == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / freedom));
  }

  private static double mean(double[] losses) {
    return DoubleStream.of(losses).average().orElseThrow();
  }

  private static double squares(double[] losses) {
    double mean = mean(losses);
    return DoubleStream.of(losses).map(l -> (l - mean) * (l - mean)).sum();
  }
}
