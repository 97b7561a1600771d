package proxima.diagnose;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;

/// Optimizers beside each other: each tuned with as many trials, then trained for several numbers of steps with complete schedules and the same seeds.
///
/// @param fractions of the target scale's steps that were trained, ascending, the last of them 1
/// @param entries the first is what the others are compared with
/// @param misTuned that one's losses with other rates
public record OptimizerCheck(List<Double> fractions, List<Entry> entries, MisTuned misTuned) {

  /// @param tuned global values at the base scale
  /// @param found whether a trial of its search had a loss; where all diverged, `tuned` are those that it began from
  /// @param atEnds those whose tuned value lies at an end of the range that was searched, beyond which there may be a better one
  /// @param losses of each fraction, of each seed; NaN where the training diverged
  /// @param millis of a step, the median over trainings; NaN where none is known
  public record Entry(Hyperparameters tuned, boolean found, List<Hyperparameter> atEnds, List<List<Double>> losses, double millis) {

    public Entry {
      atEnds = List.copyOf(atEnds);
      losses = losses.stream().map(List::copyOf).toList();
    }

    public String name() {
      return tuned.optimizer().id();
    }

    /// Mean over seeds at the full number of steps.
    public double loss() {
      return Sample.mean(losses.getLast());
    }

    /// Standard error of the mean.
    public double standardError() {
      return Sample.standardError(losses.getLast());
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

  /// What a rate mis-tuned by 2 costs the reference, the worse of both ways, and 0 where both are better; NaN where one diverged.
  public double misTuning() {
    return Math.max(0, Math.max(costOf(misTuned.half()), costOf(misTuned.twice())));
  }

  double costOf(List<Double> losses) {
    return Sample.mean(losses) - reference().loss();
  }

  /// Whether the reference does better with other losses than with its own, by more than the standard error over pairs of a seed; one seed can not tell.
  boolean isBetter(List<Double> losses) {
    return costOf(losses) < -Sample.standardError(difference(losses));
  }

  /// From the reference's losses at all steps, of each seed.
  private List<Double> difference(List<Double> losses) {
    return IntStream.range(0, seeds()).mapToObj(k -> losses.get(k) - reference().losses().getLast().get(k)).toList();
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

  /// Whether the ratio is known to be no more than that, and may be less.
  public boolean isAtMost(Entry entry) {
    return ratio(entry).orElse(1) <= fractions.getFirst();
  }

  /// The part of the reference's time after which an optimizer has the reference's final loss: that of the steps, times that of the time a step takes. Empty where either is not known.
  public OptionalDouble time(Entry entry) {
    double pace = pace(entry);
    OptionalDouble ratio = ratio(entry);
    return Double.isNaN(pace) || ratio.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(ratio.getAsDouble() * pace);
  }

  /// The time of a step, over the reference's; NaN where one is not known.
  double pace(Entry entry) {
    return entry.millis() / reference().millis();
  }

  private OptionalDouble ratio(Entry entry, int[] seeds) {
    double level = mean(reference().losses().getLast(), seeds);
    double[] losses = entry.losses().stream().mapToDouble(l -> mean(l, seeds)).toArray();
    return Crossing.of(fractions.stream().mapToDouble(f -> f).toArray(), losses, level);
  }

  /// A percentile bootstrap interval of 95 % of the ratio over seeds; its upper end is infinite where some resamples do not come down to the reference. NaN for one seed, or where the reference
  /// diverged.
  public double[] interval(Entry entry) {
    if (seeds() < 2 || Double.isNaN(reference().loss())) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double[] ratios = Resamples.sorted(seeds(), seeds -> ratio(entry, seeds).orElse(Double.POSITIVE_INFINITY));
    // By rank: there is nothing between a ratio and none.
    return new double[] {ratios[(int) (0.025 * ratios.length)], ratios[(int) (0.975 * ratios.length)]};
  }

  /// The probability, were both as good, of a mean difference from the reference as large as that at all steps: two-sided t-test of the pairs of one seed. NaN for one seed or after a divergence.
  public double significance(Entry entry) {
    int n = seeds();
    List<Double> d = difference(entry.losses().getLast());
    double mean = Sample.mean(d);
    double error = Sample.standardError(d);
    return n < 2 || !(error > 0) ? Double.NaN : 2 * new TDistribution(n - 1).cumulativeProbability(-Math.abs(mean / error));
  }

  private static double mean(List<Double> losses, int[] seeds) {
    return IntStream.of(seeds).mapToDouble(losses::get).sum() / seeds.length;
  }
}
