package proxima.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import proxima.space.Outcome;

/// A trial and what came of it.
///
/// @param loss empty where the training diverged
/// @param divergedAt the step at which it did
/// @param curve validation losses on the way, at equal distances, the last of them the loss; shorter where the training diverged
record Row(Trial trial, Optional<Double> loss, OptionalLong divergedAt, List<Double> curve) {

  Row {
    curve = List.copyOf(curve);
    if (loss.isPresent() == divergedAt.isPresent()) {
      throw new IllegalArgumentException("a training has a loss or a step at which it diverged, got " + loss + " and " + divergedAt);
    }
  }

  /// In the digits of a table, so that what is designed from it is the same whether it was read or just trained.
  static Row of(Trial trial, Outcome outcome, List<Double> curve) {
    List<Double> rounded = curve.stream().map(Digits::round).toList();
    return switch (outcome) {
      case Outcome.Finished f -> new Row(trial, Optional.of(Digits.round(f.loss())), OptionalLong.empty(), rounded);
      case Outcome.Diverged(long step) -> new Row(trial, Optional.empty(), OptionalLong.of(step), rounded);
      case Outcome.Stopped _, Outcome.Failed _ -> throw new IllegalStateException("a recorded training runs to its end, but: " + outcome.brief());
    };
  }

  Outcome outcome() {
    return loss.<Outcome>map(Outcome::of).orElseGet(() -> new Outcome.Diverged(divergedAt.orElseThrow()));
  }

  /// The loss; infinite where the training diverged.
  double value() {
    return loss.orElse(Double.POSITIVE_INFINITY);
  }
}
