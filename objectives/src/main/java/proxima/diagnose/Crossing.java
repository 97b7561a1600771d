package proxima.diagnose;

import java.util.OptionalDouble;

/// Where the final loss, which falls with the length of a training, comes down to a level.
public final class Crossing {

  private Crossing() {}

  /// The first fraction of the steps at which it is there, linear in the logarithm of the fraction between neighbours; empty where it is so at the first already, or not at all. A loss that is no
  /// number, of a training that diverged, is above every level, and nothing is known between it and the next.
  ///
  /// @param fractions ascending
  public static OptionalDouble of(double[] fractions, double[] losses, double level) {
    if (losses[0] <= level) {
      return OptionalDouble.empty();
    }
    for (int i = 1; i < fractions.length; i++) {
      double before = losses[i - 1];
      if (losses[i] <= level) {
        double part = Double.isFinite(before) ? (before - level) / (before - losses[i]) : 1;
        return OptionalDouble.of(fractions[i - 1] * Math.pow(fractions[i] / fractions[i - 1], part));
      }
    }
    return OptionalDouble.empty();
  }
}
