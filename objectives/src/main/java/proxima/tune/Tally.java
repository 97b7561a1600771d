package proxima.tune;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proxima.space.Outcome;
import proxima.study.TrialResult;

/// How many trials a run has told, and what they took.
///
/// @param trials told by workers in all phases
/// @param stopped of these, early
/// @param diverged of these
/// @param failed of these
/// @param seconds wall time of the trainings, summed over the workers
/// @param saved seconds that the stopped trainings would have taken more, if each had taken as long as its phase's finished ones on average
record Tally(int trials, int stopped, int diverged, int failed, double seconds, double saved) {

  static Tally of(List<TrialResult> trials, List<TrialLog.Line> log) {
    List<Outcome> outcomes = trials.stream().filter(TrialResult::asked).flatMap(t -> t.outcome().stream()).toList();
    return new Tally(
        outcomes.size(),
        (int) outcomes.stream().filter(Outcome.Stopped.class::isInstance).count(),
        (int) outcomes.stream().filter(Outcome.Diverged.class::isInstance).count(),
        (int) outcomes.stream().filter(Outcome.Failed.class::isInstance).count(),
        millis(log.stream().mapToDouble(TrialLog.Line::seconds).sum()),
        millis(saved(log)));
  }

  private static double saved(List<TrialLog.Line> log) {
    Map<String, Double> whole =
        log.stream().filter(l -> l.outcome().equals("finished")).collect(Collectors.groupingBy(TrialLog.Line::phase, Collectors.averagingDouble(TrialLog.Line::seconds)));
    return log.stream().filter(l -> l.outcome().equals("stopped")).mapToDouble(l -> Math.max(0, whole.getOrDefault(l.phase(), 0.0) - l.seconds())).sum();
  }

  private static double millis(double seconds) {
    return Math.round(1000 * seconds) / 1000.0;
  }
}
