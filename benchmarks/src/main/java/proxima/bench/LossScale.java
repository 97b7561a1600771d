package proxima.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/// A scale on which losses can be predicted, increasing with them.
final class LossScale {

  private final String name;
  private final double[] targets;
  private final DoubleUnaryOperator loss;

  /// @param loss the loss of a target
  private LossScale(String name, double[] targets, DoubleUnaryOperator loss) {
    this.name = name;
    this.targets = targets;
    this.loss = loss;
  }

  /// All that suit these finite losses.
  static List<LossScale> of(double[] losses) {
    Optional<LossScale> logarithm =
        Arrays.stream(losses).allMatch(l -> l > 0) ? Optional.of(new LossScale("log loss", Arrays.stream(losses).map(Math::log).toArray(), Math::exp)) : Optional.empty();
    return Stream.concat(Stream.of(new LossScale("loss", losses.clone(), DoubleUnaryOperator.identity()), rank(losses)), logarithm.stream()).toList();
  }

  /// The logarithm of the rank, 1 for the lowest loss: the best are told apart, whatever the losses are. Equal losses share their mean rank; between ranks,
  /// losses are joined by straight lines.
  private static LossScale rank(double[] losses) {
    double[] targets = Arrays.stream(new NaturalRanking().rank(losses)).map(Math::log).toArray();
    double[] steps = Arrays.stream(targets).sorted().distinct().toArray();
    double[] sorted = Arrays.stream(losses).sorted().distinct().toArray();
    return new LossScale("log rank", targets, target -> joined(steps, sorted, target));
  }

  private static double joined(double[] steps, double[] losses, double target) {
    int at = Arrays.binarySearch(steps, target);
    if (at >= 0) {
      return losses[at];
    }
    // A mean of targets may lie beyond them by rounding.
    int above = Math.clamp(-at - 1, 1, steps.length - 1);
    double share = Math.clamp((target - steps[above - 1]) / (steps[above] - steps[above - 1]), 0.0, 1.0);
    return losses[above - 1] + share * (losses[above] - losses[above - 1]);
  }

  String name() {
    return name;
  }

  /// Of the losses that the scale was made for, in their order; a copy.
  double[] targets() {
    return targets.clone();
  }

  /// The loss at a place between the lowest and the highest target.
  double loss(double target) {
    return loss.applyAsDouble(target);
  }
}
