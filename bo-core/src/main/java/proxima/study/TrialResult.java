package proxima.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;

/// A trial and all that is known of it.
///
/// @param asked whether the strategy asked for it; false for a warm start
/// @param outcome empty while the trial is pending
/// @param reports the losses reported on the way, by step
public record TrialResult(
    int number, Point point, Configuration configuration, boolean asked, Optional<Outcome> outcome, List<Outcome.CurvePoint> reports) {

  public TrialResult {
    reports = List.copyOf(reports);
  }

  public boolean isPending() {
    return outcome.isEmpty();
  }

  /// The loss of a finished trial; empty for all others.
  public OptionalDouble loss() {
    return outcome.isPresent() && outcome.get() instanceof Outcome.Finished f ? OptionalDouble.of(f.loss()) : OptionalDouble.empty();
  }

  public Trial trial() {
    return new Trial(number, point, configuration);
  }

  Evaluation evaluation() {
    return new Evaluation(point, outcome, asked);
  }
}
