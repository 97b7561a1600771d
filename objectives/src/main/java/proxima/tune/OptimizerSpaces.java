package proxima.tune;

import java.util.LinkedHashMap;
import java.util.Map;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Optimizer;

/// Where a comparison of optimizers searches each one's global values: as wide for all of them, around its usual ones.
///
/// A small network wants larger rates, and in short trainings shorter averages, than the large ones that usual values are of: so rates reach from an octave below to seven above, and 1 minus a
/// decay from half to eight times, where the map leaves something of such averages. Epsilon stays.
final class OptimizerSpaces {

  private static final double RATES_BELOW = 1;
  private static final double RATES_ABOVE = 7;

  /// 1 minus a decay where values go: below 1 there is an average.
  private static final double MOST = 0.9;

  private OptimizerSpaces() {}

  /// @param rates what 1 minus a decay is multiplied by on the way to where values go
  static GlobalSpace of(Optimizer optimizer, double rates) {
    Map<Hyperparameter, GlobalSpace.Interval> ranges = new LinkedHashMap<>();
    optimizer.defaults().forEach((h, usual) -> {
      switch (h) {
        case LEARNING_RATE, ADAMW_LEARNING_RATE -> ranges.put(h, interval(usual, RATES_BELOW, RATES_ABOVE));
        case RHO, RADIUS -> ranges.put(h, interval(usual, 4, 4));
        case MOMENTUM, BETA1, BETA2 -> ranges.put(h, new GlobalSpace.Interval(1 - Math.min((1 - usual) * 8, MOST / rates), 1 - (1 - usual) / 2));
        case WEIGHT_DECAY -> {
          // 0 is a choice, not a scale to search around; Scion's 1 keeps weights in the ball.
          if (usual > 0 && optimizer != Optimizer.SCION) {
            ranges.put(h, interval(usual, 3, 3));
          }
        }
        case EPSILON, INIT_STD, MULTIPLIER -> {}
      }
    });
    return new GlobalSpace(ranges);
  }

  private static GlobalSpace.Interval interval(double usual, double below, double above) {
    return new GlobalSpace.Interval(usual / Math.pow(2, below), usual * Math.pow(2, above));
  }
}
