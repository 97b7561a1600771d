package proxima.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import proxima.chart.Axis;

/// How far one scale's optimum lies from the proxy's, and what that costs there.
///
/// @param octaves log2 of the scale's optimal rate over the proxy's; positive where it wants higher rates
/// @param known to how many octaves the optimum of the two that is known less well is: 0 where both are a parabola's, the distance to a neighbouring rate beside a divergence; NaN at an end of the rates
/// @param low, high ends of a percentile bootstrap interval of 95 % over seeds, the same seeds drawn at both scales; NaN for one seed
/// @param lost mean loss at the proxy's optimum above that at the scale's own, along its curve; empty where the proxy's optimum diverges there or was not tried
/// @param standardError of `lost`, over the seeds' differences; NaN for one seed
/// @param seedNoise standard deviation between seeds at that scale's best rate; NaN for one seed
public record Drift(Sweep sweep, Optimum optimum, double octaves, double known, double low, double high, OptionalDouble lost, double standardError, double seedNoise) {

  /// Standard errors that a difference may have by chance.
  private static final double CHANCE = 2;

  /// Octaves whose cost, by the parabola, is never held against a scale: rates an octave apart know the optimum no better, and losses without noise would leave nothing for chance.
  private static final double FINE = 0.25;

  /// Of logarithms, that one octave is one octave.
  private static final double ROUNDING = 1e-9;

  /// @param proxy its optimum is known
  /// @return empty where every rate diverged at the scale
  static Optional<Drift> of(Sweep proxy, Sweep sweep) {
    Optimum from = proxy.optimum().orElseThrow();
    return sweep.optimum().map(to -> {
      double[] ends = interval(proxy, sweep);
      Optional<List<Double>> lost = sweep.lost(from.octave(), to.octave());
      OptionalDouble mean = lost.map(l -> OptionalDouble.of(Sample.mean(l))).orElse(OptionalDouble.empty());
      double error = lost.map(Sample::standardError).orElse(Double.NaN);
      return new Drift(sweep, to, to.octave() - from.octave(), Math.max(proxy.resolution(), sweep.resolution()), ends[0], ends[1], mean, error, sweep.seedNoise());
    });
  }

  private static double[] interval(Sweep proxy, Sweep sweep) {
    int n = proxy.seeds();
    if (n < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double[] drifts = Resamples.sorted(n, seeds -> sweep.optimum(seeds).orElseThrow().octave() - proxy.optimum(seeds).orElseThrow().octave());
    return new double[] {Axis.quantile(drifts, 0.025), Axis.quantile(drifts, 0.975)};
  }

  /// What may be lost: two standard errors of the difference between two means of n trainings, or the cost of a quarter of an octave where that is more. With one seed, which knows nothing of chance, that cost alone; NaN without a parabola.
  public double allowed() {
    if (sweep.seeds() == 1) {
      return optimum.isInside() ? sweep.cost(FINE) : Double.NaN;
    }
    return Math.max(CHANCE * seedNoise * Math.sqrt(2.0 / sweep.seeds()), sweep.cost(FINE));
  }

  /// Whether no more is lost than is allowed. One seed beside a divergence can not tell, and is not held against it.
  public boolean isCheap() {
    return lost.isPresent() && (Double.isNaN(allowed()) || lost.getAsDouble() <= allowed());
  }

  /// Whether it is no further than so many octaves from the proxy's.
  boolean isWithin(double most) {
    return Math.abs(octaves) <= most + ROUNDING;
  }

  /// Whether it is not known as well as the criterion asks: the optimum is a rate beside a divergence, and its neighbours are further off than a drift may be.
  boolean isCoarse() {
    return known > TransferCheck.OCTAVES + ROUNDING;
  }

  public boolean passed() {
    return !optimum.isAtEdge() && isWithin(TransferCheck.OCTAVES) && !isCoarse() && isCheap();
  }
}
