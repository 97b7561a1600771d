package proxima.diagnose;

import java.util.List;
import java.util.stream.IntStream;

/// Something whose size must not follow the scale, over steps and scales.
///
/// @param bound on the slope's magnitude
/// @param from the first step, from 1, at which the bound holds
/// @param values positive numbers on the same axis as the sizes
/// @param sizes means over seeds: of each step, of each value
public record Quantity(String name, double bound, int from, List<Long> values, List<List<Double>> sizes) {

  public Quantity {
    values = List.copyOf(values);
    sizes = sizes.stream().map(List::copyOf).toList();
  }

  /// The exponent at which the size at a step, from 1, follows the scale: 0 where nothing has moved at any scale; NaN where a training has diverged.
  public double slope(int step) {
    List<Double> now = sizes.get(step - 1);
    return now.stream().allMatch(size -> size == 0) ? 0 : Slope.of(values, now);
  }

  /// The step, of those at which the bound holds, with the steepest slope; one without a slope is the steepest.
  public int steepest() {
    int worst = from;
    for (int t = from; t <= sizes.size(); t++) {
      double slope = Math.abs(slope(t));
      if (!(slope <= Math.abs(slope(worst)))) {
        worst = t;
      }
      if (Double.isNaN(slope)) {
        return t;
      }
    }
    return worst;
  }

  /// Whether all slopes are within the bound.
  public boolean passed() {
    return IntStream.rangeClosed(from, sizes.size()).allMatch(t -> Math.abs(slope(t)) <= bound);
  }
}
