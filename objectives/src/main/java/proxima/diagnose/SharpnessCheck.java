package proxima.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import proxima.train.Sharpness;

/// Whether the loss is as sharp along a training at one scale as at another: super consistency. Noci et al. 2024, arXiv 2402.17457.
///
/// @param values of the scale along the axis, ascending
/// @param readings of each value, of each seed, along the training; none after a divergence
public record SharpnessCheck(ScaleAxis axis, List<Long> values, List<List<List<Sharpness>>> readings) {

  /// The steepest slope of log sharpness over log scale that still passes.
  public static final double SLOPE = 0.08;

  /// The largest relative deviation from the largest scale that still passes.
  public static final double SPREAD = 0.15;

  public SharpnessCheck {
    values = List.copyOf(values);
    readings = readings.stream().map(List::copyOf).toList();
  }

  public int seeds() {
    return readings.getFirst().size();
  }

  /// The steps that some training was read at: all of them, unless all diverged.
  public List<Long> steps() {
    return readings.stream().flatMap(List::stream).max(Comparator.comparingInt(List::size)).orElse(List.of()).stream().map(Sharpness::step).toList();
  }

  /// Whether some training ended before the last reading.
  public boolean diverged() {
    return steps().isEmpty() || IntStream.range(0, values.size()).anyMatch(this::diverged);
  }

  /// Whether some training at one scale did.
  public boolean diverged(int scale) {
    return common(scale) < Math.max(1, steps().size());
  }

  /// How many readings all trainings of a scale have.
  private int common(int scale) {
    return readings.get(scale).stream().mapToInt(List::size).min().orElse(0);
  }

  /// Means over seeds at one scale, up to the last reading that all of its trainings reached.
  public List<Sharpness> means(int scale) {
    List<Sharpness> means = new ArrayList<>();
    for (int i = 0; i < common(scale); i++) {
      double[] sums = new double[5];
      for (List<Sharpness> seed : readings.get(scale)) {
        Sharpness r = seed.get(i);
        double[] parts = {r.loss(), r.hessian(), r.effective(), r.residual(), r.critical()};
        for (int p = 0; p < parts.length; p++) {
          sums[p] += parts[p] / seeds();
        }
      }
      means.add(new Sharpness(readings.get(scale).getFirst().get(i).step(), sums[0], sums[1], sums[2], sums[3], sums[4]));
    }
    return means;
  }

  /// The step from which the criterion counts: before it sharpness still grows, or overshoots.
  public long from() {
    List<Long> steps = steps();
    return steps.isEmpty() ? 0 : steps.get(steps.size() / 2);
  }

  /// Each scale's mean over the readings that count; NaN where a training diverged.
  public List<Double> settled() {
    List<Double> settled = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      settled.add(diverged(i) ? Double.NaN : means(i).stream().filter(r -> r.step() >= from()).mapToDouble(Sharpness::effective).average().orElse(Double.NaN));
    }
    return settled;
  }

  /// Exponent at which it follows the scale.
  public double slope() {
    return Slope.of(values, settled());
  }

  /// The largest relative deviation from the largest scale.
  public double spread() {
    List<Double> settled = settled();
    double last = settled.getLast();
    return settled.stream().mapToDouble(s -> Math.abs(s / last - 1)).max().orElse(Double.NaN);
  }

  public boolean passed() {
    return !diverged() && Math.abs(slope()) <= SLOPE && spread() <= SPREAD;
  }
}
