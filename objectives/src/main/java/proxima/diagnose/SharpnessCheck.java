package proxima.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.train.Sharpness;

/// Whether the loss is as sharp along a training at one scale as at another: super consistency. Noci et al. 2024, arXiv 2402.17457.
///
/// @param values of the scale along the axis, ascending
/// @param steps at which each training is to be read, one or more, ascending
/// @param readings of each value, of each seed, along the training; none after a divergence
public record SharpnessCheck(ScaleAxis axis, List<Long> values, List<Long> steps, List<List<List<Sharpness>>> readings) {

  /// The steepest slope of log sharpness over log scale that still passes.
  public static final double SLOPE = 0.08;

  /// The largest relative deviation from the largest scale that still passes.
  public static final double SPREAD = 0.15;

  /// The largest relative residual of an eigenvalue that still passes: with more, what is compared is not known as well as it is to agree.
  public static final double RESIDUAL = 0.1;

  /// The part of the edge of stability beyond which a training has come near it: gradient descent settles at 0.9 of it and more.
  private static final double NEAR = 0.5;

  public SharpnessCheck {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("sharpness is compared over one reading or more, got none");
    }
    values = List.copyOf(values);
    steps = List.copyOf(steps);
    readings = readings.stream().map(List::copyOf).toList();
  }

  public int seeds() {
    return readings.getFirst().size();
  }

  /// Whether some training ended before the last reading.
  public boolean diverged() {
    return IntStream.range(0, values.size()).anyMatch(this::diverged);
  }

  /// Whether some training at one scale did.
  public boolean diverged(int scale) {
    return common(scale) < steps.size();
  }

  /// How many readings all trainings of a scale have.
  private int common(int scale) {
    return readings.get(scale).stream().mapToInt(List::size).min().orElse(0);
  }

  /// Means over seeds at one scale, of residuals the largest, of critical numbers the median, up to the last reading that all of its trainings reached.
  public List<Sharpness> means(int scale) {
    List<Sharpness> means = new ArrayList<>();
    for (int i = 0; i < common(scale); i++) {
      double[] sums = new double[3];
      List<Double> critical = new ArrayList<>();
      double residual = 0;
      double hessianResidual = 0;
      for (List<Sharpness> seed : readings.get(scale)) {
        Sharpness r = seed.get(i);
        double[] parts = {r.loss(), r.hessian(), r.effective()};
        for (int p = 0; p < parts.length; p++) {
          sums[p] += parts[p] / seeds();
        }
        residual = Math.max(residual, r.residual());
        hessianResidual = Math.max(hessianResidual, r.hessianResidual());
        critical.add(r.critical());
      }
      means.add(new Sharpness(readings.get(scale).getFirst().get(i).step(), sums[0], sums[1], hessianResidual, sums[2], residual, median(critical)));
    }
    return means;
  }

  /// The step from which the criterion counts: before it sharpness still grows, or overshoots.
  public long from() {
    return steps.get(steps.size() / 2);
  }

  /// Each scale's mean over the readings that count; NaN where a training diverged.
  public List<Double> settled() {
    List<Double> settled = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      settled.add(diverged(i) ? Double.NaN : counting(i).mapToDouble(Sharpness::effective).average().orElse(Double.NaN));
    }
    return settled;
  }

  private Stream<Sharpness> counting(int scale) {
    return means(scale).stream().filter(r -> r.step() >= from());
  }

  /// The largest of these, over the edge of stability, where no training has come near it: what the criterion is about has not happened. Empty where one has, or diverged.
  public OptionalDouble farFromEdge() {
    return settled().stream().allMatch(s -> s <= NEAR) ? settled().stream().mapToDouble(s -> s).max() : OptionalDouble.empty();
  }

  /// The largest relative residual of the readings that count; NaN where one is.
  public double residual() {
    return IntStream.range(0, values.size()).boxed().flatMap(this::counting).mapToDouble(Sharpness::residual).reduce(0, Math::max);
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

  /// The median of a scale's critical numbers over the readings that count, of all seeds; as a reading's, 0 or infinite where it lies beyond what is tried. NaN where a training diverged. Not part of
  /// the verdict: it follows the direction of single steps, and of a network that fits random labels at the edge of stability it spans a factor of 25 over widths whose sharpness is alike.
  public double critical(int scale) {
    return diverged(scale) ? Double.NaN : median(criticals(scale).map(Sharpness::critical).toList());
  }

  /// How many of them lie beyond what is tried.
  public int beyond(int scale) {
    return (int) criticals(scale).filter(r -> !r.isCriticalKnown()).count();
  }

  private Stream<Sharpness> criticals(int scale) {
    return readings.get(scale).stream().flatMap(seed -> seed.stream().filter(r -> r.step() >= from()));
  }

  private List<Double> criticals() {
    return IntStream.range(0, values.size()).mapToObj(this::critical).toList();
  }

  /// Exponent at which the critical number follows the scale; NaN where one lies beyond what is tried.
  public double criticalSlope() {
    return Slope.of(values, criticals());
  }

  /// The largest distance of the critical number from that of the largest scale, in octaves; NaN where one lies beyond what is tried.
  public double criticalSpread() {
    double last = critical(values.size() - 1);
    double spread = criticals().stream().mapToDouble(c -> Math.abs(Math.log(c / last) / Math.log(2))).reduce(0, Math::max);
    return Double.isFinite(spread) ? spread : Double.NaN;
  }

  /// Halfway between the middle two by their logarithms, of an even number; NaN where one of these is 0 and the other infinite.
  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    double upper = sorted.get(n / 2);
    double lower = sorted.get((n - 1) / 2);
    return lower == upper ? lower : Math.sqrt(lower) * Math.sqrt(upper);
  }

  public boolean passed() {
    return !diverged() && Math.abs(slope()) <= SLOPE && spread() <= SPREAD && residual() <= RESIDUAL;
  }
}
