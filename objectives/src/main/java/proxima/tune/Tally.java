package proxima.tune;

import java.util.List;
import proxima.space.Outcome;
import proxima.study.TrialResult;

/// How many trials a run has told, and what they took.
///
/// @param trials told by workers in all phases
/// @param diverged of these
/// @param failed of these
/// @param seconds wall time of the trainings, summed over the workers
record Tally(int trials, int diverged, int failed, double seconds) {

  static Tally of(List<TrialResult> trials, List<TrialLog.Line> log) {
    List<Outcome> outcomes = trials.stream().filter(TrialResult::asked).flatMap(t -> t.outcome().stream()).toList();
    return new Tally(
        outcomes.size(),
        (int) outcomes.stream().filter(Outcome.Diverged.class::isInstance).count(),
        (int) outcomes.stream().filter(Outcome.Failed.class::isInstance).count(),
        Math.round(1000 * log.stream().mapToDouble(TrialLog.Line::seconds).sum()) / 1000.0);
  }
}
