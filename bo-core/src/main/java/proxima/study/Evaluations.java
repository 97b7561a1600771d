package proxima.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.strategy.Evaluation;

/// What a strategy learns of trials: an evaluation for each point that was asked for or told.
///
/// Losses on the way are there to be compared with those of stopped trials: where none was stopped, reports change nothing. The trials of a point that was
/// trained again are one evaluation, as far as the longest of them; the others are its way there.
final class Evaluations {

  private Evaluations() {}

  static List<Evaluation> of(List<TrialResult> trials) {
    boolean curves = trials.stream().anyMatch(t -> t.outcome().filter(o -> o instanceof Outcome.Stopped).isPresent());
    if (trials.stream().allMatch(t -> t.assignment().equals(Assignment.NEW))) {
      return trials.stream().map(t -> new Evaluation(t.point(), t.outcome().map(o -> curves ? o.withCurve(t.reports()) : o), t.asked())).toList();
    }
    var points = trials.stream().collect(Collectors.groupingBy(TrialResult::first, TreeMap::new, Collectors.toList()));
    return points.values().stream().map(same -> new Evaluation(same.getFirst().point(), outcome(same, curves), same.getFirst().asked())).toList();
  }

  private static Optional<Outcome> outcome(List<TrialResult> same, boolean curves) {
    List<CurvePoint> way = new ArrayList<>();
    Optional<Outcome> outcome = Optional.empty();
    for (TrialResult t : same) {
      if (t.outcome().isPresent()) {
        Outcome told = t.outcome().get();
        outcome = switch (told) {
          case Outcome.Finished(double loss, double standardError, _) when t.assignment().steps().isPresent() -> {
            way.add(new CurvePoint(t.assignment().steps().getAsLong(), loss));
            yield Optional.of(new Outcome.Finished(loss, standardError, way));
          }
          case Outcome.Stopped(long step, double loss, _) when t.assignment().steps().isPresent() -> {
            way.add(new CurvePoint(step, loss));
            yield Optional.of(new Outcome.Stopped(step, loss, way));
          }
          case Outcome.Failed _ -> outcome.or(() -> Optional.of(told));
          case Outcome.Finished _, Outcome.Stopped _, Outcome.Diverged _ -> Optional.of(curves ? told.withCurve(t.reports()) : told);
        };
      }
    }
    return outcome;
  }
}
