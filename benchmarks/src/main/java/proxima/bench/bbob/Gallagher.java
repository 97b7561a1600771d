package proxima.bench.bbob;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Gaussian peaks of which the highest counts: f21 with 101, f22 with 21.
final class Gallagher {

  private final int d;
  private final double[][] rotation;
  private final double[] optimum;
  // By peak, in turned coordinates.
  private final double[][] centres;
  private final double[][] widths;
  private final double[] heights;

  /// @param reach the peaks lie in [-reach, reach]^d, the highest in 0.8 of that
  /// @param first condition of the highest peak; those of the others go from 1 to 1,000
  Gallagher(int d, long seed, int peaks, double reach, double first) {
    this.d = d;
    rotation = Draws.rotation(d, seed);
    int[] order = order(Draws.uniform(peaks - 1, seed));
    double[] places = Draws.uniform(d * peaks, seed);
    centres = new double[peaks][];
    widths = new double[peaks][d];
    heights = new double[peaks];
    optimum = new double[d];
    for (int p = 0; p < peaks; p++) {
      double condition = p == 0 ? first : Math.pow(1000, order[p - 1] / (peaks - 2.0));
      heights[p] = p == 0 ? 10 : 1.1 + 8 * (p - 1) / (peaks - 2.0);
      int[] axes = order(Draws.uniform(d, seed + 1000L * p));
      double[] centre = new double[d];
      for (int i = 0; i < d; i++) {
        widths[p][i] = Math.pow(condition, axes[i] / (d - 1.0) - 0.5);
        centre[i] = (p == 0 ? 0.8 : 1) * reach * (2 * places[p * d + i] - 1);
      }
      centres[p] = Step.rotate(rotation).of(centre);
      System.arraycopy(p == 0 ? centre : optimum, 0, optimum, 0, d);
    }
  }

  /// The indices of the numbers, of the smallest first.
  private static int[] order(double[] numbers) {
    return IntStream.range(0, numbers.length).boxed().sorted(Comparator.comparingDouble(i -> numbers[i])).mapToInt(Integer::intValue).toArray();
  }

  double[] optimum() {
    return optimum.clone();
  }

  double value(double[] x) {
    double[] z = Step.rotate(rotation).of(x);
    double highest = 0;
    for (int p = 0; p < heights.length; p++) {
      double distance = 0;
      for (int i = 0; i < d; i++) {
        distance += widths[p][i] * Core.square(z[i] - centres[p][i]);
      }
      highest = Math.max(highest, heights[p] * Math.exp(-0.5 / d * distance));
    }
    return Core.square(Step.oscillated(10 - highest));
  }
}
