package proxima.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.strategy.Seeds;

/// Optimizers beside each other: each tuned with as many trials, then trained for several numbers of steps with complete schedules and the same seeds.
///
/// @param fractions of the target scale's steps, ascending, the last of them 1
/// @param entries the first is what the others are compared with
/// @param misTuned that one's losses with other rates
public record OptimizerCheck(List<Double> fractions, List<Entry> entries, MisTuned misTuned) {

  private static final int RESAMPLES = 2000;

  /// @param tuned global values at the base scale
  /// @param atEnds those whose tuned value lies at an end of the range that was searched, beyond which there may be a better one
  /// @param losses of each fraction, of each seed; NaN where the training diverged
  /// @param millis of a step, the median over trainings
  public record Entry(Hyperparameters tuned, List<Hyperparameter> atEnds, List<List<Double>> losses, double millis) {

    public Entry {
      atEnds = List.copyOf(atEnds);
      losses = losses.stream().map(List::copyOf).toList();
    }

    public String name() {
      return tuned.optimizer().id();
    }

    /// Mean over seeds at the full number of steps.
    public double loss() {
      return mean(losses.getLast(), IntStream.range(0, losses.getLast().size()).toArray());
    }

    /// Standard error of the mean.
    public double standardError() {
      return new Sweep.Rate(1, losses.getLast()).standardError();
    }
  }

  /// Final losses of the reference at half and at twice its tuned rate, of each seed; NaN where the training diverged.
  public record MisTuned(List<Double> half, List<Double> twice) {

    public MisTuned {
      half = List.copyOf(half);
      twice = List.copyOf(twice);
    }
  }

  public OptimizerCheck {
    fractions = List.copyOf(fractions);
    entries = List.copyOf(entries);
  }

  public Entry reference() {
    return entries.getFirst();
  }

  /// What a rate mis-tuned by 2 costs the reference, the worse of both ways; NaN where one diverged.
  public double misTuning() {
    return Math.max(costOf(misTuned.half()), costOf(misTuned.twice()));
  }

  double costOf(List<Double> losses) {
    return mean(losses, IntStream.range(0, losses.size()).toArray()) - reference().loss();
  }

  /// Whether an optimizer is no further behind the reference than the reference is with a rate mis-tuned by 2; so it is where that diverges.
  public boolean isWithinMisTuning(Entry entry) {
    double behind = entry.loss() - reference().loss();
    return Double.isFinite(behind) && !(behind > misTuning());
  }

  public int seeds() {
    return reference().losses().getLast().size();
  }

  /// The part of the steps after which, with a complete schedule, an optimizer has the reference's final loss: linear in the logarithm of the steps between the means over seeds. Empty where it
  /// does not come down to it within them all; the first fraction stands for all below it.
  public OptionalDouble ratio(Entry entry) {
    return ratio(entry, IntStream.range(0, seeds()).toArray());
  }

  private OptionalDouble ratio(Entry entry, int[] seeds) {
    double level = mean(reference().losses().getLast(), seeds);
    double[] losses = entry.losses().stream().mapToDouble(l -> mean(l, seeds)).toArray();
    return losses[0] <= level ? OptionalDouble.of(fractions.getFirst()) : Crossing.of(fractions.stream().mapToDouble(f -> f).toArray(), losses, level);
  }

  /// A 95 % bootstrap interval of the ratio over seeds; its upper end is infinite where some resamples do not come down to the reference. NaN for one seed.
  public double[] interval(Entry entry) {
    if (seeds() < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    RandomGenerator random = Seeds.random(seeds());
    double[] ratios = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      int[] seeds = IntStream.range(0, seeds()).map(_ -> random.nextInt(seeds())).toArray();
      ratios[r] = ratio(entry, seeds).orElse(Double.POSITIVE_INFINITY);
    }
    Arrays.sort(ratios);
    // By rank: there is nothing between a ratio and none.
    return new double[] {ratios[(int) (0.025 * RESAMPLES)], ratios[(int) (0.975 * RESAMPLES)]};
  }

  /// The probability, were both as good, of a mean difference from the reference as large as that at all steps: two-sided t-test of the pairs of one seed. NaN for one seed or after a divergence.
  public double significance(Entry entry) {
    int n = seeds();
    double[] d = new double[n];
    for (int k = 0; k < n; k++) {
      d[k] = entry.losses().getLast().get(k) - reference().losses().getLast().get(k);
    }
    double mean = Arrays.stream(d).sum() / n;
    double error = Math.sqrt(Arrays.stream(d).map(x -> (x - mean) * (x - mean)).sum() / (n - 1) / n);
    return n < 2 || !(error > 0) ? Double.NaN : 2 * new TDistribution(n - 1).cumulativeProbability(-Math.abs(mean / error));
  }

  private static double mean(List<Double> losses, int[] seeds) {
    return IntStream.of(seeds).mapToDouble(losses::get).sum() / seeds.length;
  }
}
