package proxima.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import proxima.chart.Format;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// What several sections ask of trials.
final class Trials {

  private Trials() {}

  /// The finished trial with the lowest loss.
  static Optional<TrialResult> best(StoredStudy study) {
    return study.trials().stream().filter(t -> t.loss().isPresent()).min(Comparator.comparingDouble(t -> t.loss().orElseThrow()));
  }

  /// The part of a configuration that is of this space; empty where it is not of this space.
  static Optional<Point> pointOf(SearchSpace space, Configuration configuration) {
    var values = new LinkedHashMap<String, Value>();
    space.parameters().forEach(p -> configuration.get(p.name()).ifPresent(v -> values.put(p.name(), v)));
    try {
      return Optional.of(space.encode(new Configuration(values)));
    } catch (IllegalArgumentException _) {
      // A value is missing or out of range; the report then shows the best trial and says so.
      return Optional.empty();
    }
  }

  /// What is said of a trial where it is pointed at.
  static String hint(TrialResult t, String unit) {
    return "trial " + t.number() + (t.asked() ? "" : " (given, not asked for)") + ": " + outcome(t, unit);
  }

  static String outcome(TrialResult trial, String unit) {
    if (trial.outcome().isEmpty()) {
      return "pending";
    }
    return switch (trial.outcome().get()) {
      case Outcome.Finished(double loss, _, _) -> Format.loss(loss, unit);
      case Outcome.Stopped(long step, double loss, _) -> "stopped early at step " + step + ", loss there " + Format.loss(loss, unit);
      case Outcome.Diverged(long step) -> "diverged" + (step > 0 ? " at step " + step : "");
      case Outcome.Failed(String reason) -> "failed: " + reason;
    };
  }
}
