package proxima.diagnose;

import java.util.Arrays;
import java.util.OptionalDouble;

/// Where the final loss, which falls with the length of a training, comes down to a level.
public final class Crossing {

  private Crossing() {}

  /// The first fraction of the steps at which it is there, linear in the logarithm of the fraction between neighbours; the first of all where it is so there already, and maybe before; empty where it is not at all.
  ///
  /// Of a loss that is higher after more steps than after fewer, as by chance, all of them have the mean: the first of several noisy losses that happens to be low would be too soon. A loss that is no
  /// number, of a training that diverged, is above every level, and nothing is known between it and the next.
  ///
  /// @param fractions ascending
  public static OptionalDouble of(double[] fractions, double[] losses, double level) {
    double[] falling = falling(losses);
    if (falling[0] <= level) {
      return OptionalDouble.of(fractions[0]);
    }
    for (int i = 1; i < fractions.length; i++) {
      double before = falling[i - 1];
      if (falling[i] <= level) {
        double part = Double.isFinite(before) ? (before - level) / (before - falling[i]) : 1;
        return OptionalDouble.of(fractions[i - 1] * Math.pow(fractions[i] / fractions[i - 1], part));
      }
    }
    return OptionalDouble.empty();
  }

  /// The nearest sequence that never rises, by least squares: the lowest over starts of the highest over ends of the means of what lies between (Barlow et al. 1972). What is no number stays so.
  static double[] falling(double[] losses) {
    double[] falling = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      falling[i] = Double.isNaN(losses[i]) ? Double.NaN : Double.POSITIVE_INFINITY;
      for (int start = 0; start <= i; start++) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int end = i; end < losses.length; end++) {
          highest = Math.max(highest, Arrays.stream(losses, start, end + 1).filter(l -> !Double.isNaN(l)).average().orElse(Double.NEGATIVE_INFINITY));
        }
        falling[i] = Math.min(falling[i], highest);
      }
    }
    return falling;
  }
}
