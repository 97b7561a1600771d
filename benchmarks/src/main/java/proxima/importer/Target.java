package proxima.importer;

import java.util.Arrays;
import java.util.Set;

/// A recorded quantity as a loss.
///
/// @param best what it is less of; 0 where it is a loss itself
record Target(String name, double best) {

  /// Words of names of quantities of which higher is better: accuracy, balanced accuracy, area under the curve, F1.
  private static final Set<String> HIGHER_IS_BETTER = Set.of("accuracy", "acc", "bac", "auc", "f1");

  /// A share may be above 1 by rounding; one in percent is far above it.
  private static final double ROUNDING = 1.5;

  /// Of a quantity whose largest value is known.
  static Target ofLargest(String name, double largest) {
    return of(name, largest > ROUNDING ? 100 : 1);
  }

  /// @param top of the quantity where higher is better: 1 where it is a share, 100 where it is in percent
  static Target of(String name, double top) {
    return new Target(name, isHigherBetter(name) ? top : 0);
  }

  static boolean isHigherBetter(String name) {
    return Arrays.stream(name.split("[^a-z0-9]")).anyMatch(HIGHER_IS_BETTER::contains);
  }

  /// @throws IllegalArgumentException if it is so far above the top that it has another unit.
  double loss(double value) {
    if (best > 0 && value > ROUNDING * best && Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is at most " + (int) best + ", got " + value);
    }
    return best == 0 ? value : best - value;
  }

  /// The formula.
  String text() {
    return best == 0 ? name : (int) best + " - " + name;
  }
}
