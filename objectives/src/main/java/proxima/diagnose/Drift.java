package proxima.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.chart.Axis;
import proxima.strategy.Seeds;

/// How far one scale's optimum lies from the proxy's, and what that costs there.
///
/// @param octaves log2 of the scale's optimal rate over the proxy's; positive where it wants higher rates
/// @param low, high ends of a 95 % bootstrap interval over seeds, the same seeds drawn at both scales; NaN for one seed
/// @param lost mean loss at the proxy's optimum above that at the scale's own, along its curve; empty where the proxy's optimum diverges there or was not tried
/// @param standardError of `lost`, over the seeds' differences; NaN for one seed
/// @param seedNoise standard deviation between seeds at that scale; NaN for one seed
public record Drift(Sweep sweep, Optimum optimum, double octaves, double low, double high, OptionalDouble lost, double standardError, double seedNoise) {

  private static final int RESAMPLES = 2000;

  /// Standard errors that a difference may have by chance.
  private static final double CHANCE = 2;

  /// @param proxy its optimum is known
  /// @return empty where every rate diverged at the scale
  static Optional<Drift> of(Sweep proxy, Sweep sweep) {
    Optimum from = proxy.optimum().orElseThrow();
    return sweep.optimum().map(to -> {
      double[] ends = interval(proxy, sweep);
      Optional<List<Double>> lost = sweep.lost(from.octave(), to.octave());
      OptionalDouble mean = lost.map(l -> OptionalDouble.of(l.stream().mapToDouble(v -> v).sum() / l.size())).orElse(OptionalDouble.empty());
      double error = lost.map(l -> new Sweep.Rate(1, l).standardError()).orElse(Double.NaN);
      return new Drift(sweep, to, to.octave() - from.octave(), ends[0], ends[1], mean, error, sweep.seedNoise());
    });
  }

  private static double[] interval(Sweep proxy, Sweep sweep) {
    int n = proxy.seeds();
    if (n < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    RandomGenerator random = Seeds.random(n);
    double[] drifts = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      int[] seeds = IntStream.range(0, n).map(_ -> random.nextInt(n)).toArray();
      drifts[r] = sweep.optimum(seeds).orElseThrow().octave() - proxy.optimum(seeds).orElseThrow().octave();
    }
    Arrays.sort(drifts);
    return new double[] {Axis.quantile(drifts, 0.025), Axis.quantile(drifts, 0.975)};
  }

  /// What may be lost by chance: two standard errors of the difference between two means of n trainings; NaN for one seed.
  public double allowed() {
    return CHANCE * seedNoise * Math.sqrt(2.0 / sweep.seeds());
  }

  /// Whether what is lost may be chance. One seed can not tell, and is not held against it.
  public boolean isCheap() {
    return lost.isPresent() && (Double.isNaN(allowed()) || lost.getAsDouble() <= allowed());
  }

  public boolean passed() {
    return !optimum.isAtEdge() && Math.abs(octaves) <= TransferCheck.OCTAVES && isCheap();
  }
}
