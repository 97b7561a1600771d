package proxima.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/// A scale on which losses can be predicted, increasing with them.
sealed interface LossScale {

  String name();

  /// Of the losses that the scale was made for, in their order.
  double[] targets();

  /// The loss at a place between the lowest and the highest target.
  double loss(double target);

  /// All that suit these finite losses.
  static List<LossScale> of(double[] losses) {
    Optional<LossScale> logarithm = Arrays.stream(losses).allMatch(l -> l > 0) ? Optional.of(new Logarithm(losses)) : Optional.empty();
    return Stream.concat(Stream.of(new Plain(losses), Rank.of(losses)), logarithm.stream()).toList();
  }

  final class Plain implements LossScale {

    private final double[] losses;

    private Plain(double[] losses) {
      this.losses = losses.clone();
    }

    @Override
    public String name() {
      return "loss";
    }

    @Override
    public double[] targets() {
      return losses.clone();
    }

    @Override
    public double loss(double target) {
      return target;
    }
  }

  final class Logarithm implements LossScale {

    private final double[] targets;

    private Logarithm(double[] losses) {
      this.targets = Arrays.stream(losses).map(Math::log).toArray();
    }

    @Override
    public String name() {
      return "log loss";
    }

    @Override
    public double[] targets() {
      return targets.clone();
    }

    @Override
    public double loss(double target) {
      return Math.exp(target);
    }
  }

  /// The logarithm of the rank, 1 for the lowest loss: the best are told apart, whatever the losses are. Between ranks, losses are joined by straight lines.
  final class Rank implements LossScale {

    private final double[] targets;
    private final double[] steps;
    private final double[] losses;

    private Rank(double[] targets, double[] steps, double[] losses) {
      this.targets = targets;
      this.steps = steps;
      this.losses = losses;
    }

    static Rank of(double[] losses) {
      // Equal losses share their mean rank.
      double[] targets = Arrays.stream(new NaturalRanking().rank(losses)).map(Math::log).toArray();
      return new Rank(targets, Arrays.stream(targets).sorted().distinct().toArray(), Arrays.stream(losses).sorted().distinct().toArray());
    }

    @Override
    public String name() {
      return "log rank";
    }

    @Override
    public double[] targets() {
      return targets.clone();
    }

    @Override
    public double loss(double target) {
      int at = Arrays.binarySearch(steps, target);
      if (at >= 0) {
        return losses[at];
      }
      // A mean of targets may lie beyond them by rounding.
      int above = Math.clamp(-at - 1, 1, steps.length - 1);
      double share = Math.clamp((target - steps[above - 1]) / (steps[above] - steps[above - 1]), 0.0, 1.0);
      return losses[above - 1] + share * (losses[above] - losses[above - 1]);
    }
  }
}
