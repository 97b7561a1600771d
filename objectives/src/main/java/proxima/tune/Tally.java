package proxima.tune;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.space.Outcome;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// How many trials a run has told, and what they took.
///
/// @param trials told by workers in all phases
/// @param stopped points that were not followed to a whole training's end
/// @param diverged of these
/// @param failed of these
/// @param seconds wall time of the trainings, summed over the workers
/// @param saved seconds that whole trainings of all points that finished or were stopped would have taken more, if each took its phase's mean; points of which a kill left no seconds are
///     left out
record Tally(int trials, int stopped, int diverged, int failed, double seconds, double saved) {

  static Tally of(Map<String, StoredStudy> phases, List<TrialLog.Line> log) {
    List<Outcome> outcomes = phases.values().stream().flatMap(s -> s.trials().stream()).filter(TrialResult::asked).flatMap(t -> t.outcome().stream()).toList();
    return new Tally(
        outcomes.size(),
        phases.values().stream().mapToInt(Tally::stopped).sum(),
        (int) outcomes.stream().filter(Outcome.Diverged.class::isInstance).count(),
        (int) outcomes.stream().filter(Outcome.Failed.class::isInstance).count(),
        millis(log.stream().filter(l -> phases.containsKey(l.phase())).mapToDouble(TrialLog.Line::seconds).sum()),
        millis(phases.entrySet().stream().mapToDouble(e -> saved(e.getValue(), log.stream().filter(l -> l.phase().equals(e.getKey())).toList())).sum()));
  }

  static int stopped(StoredStudy phase) {
    return (int) phase.knowledge().evaluations().stream().filter(e -> e.asked() && e.outcome().filter(o -> o instanceof Outcome.Stopped).isPresent()).count();
  }

  private static double saved(StoredStudy phase, List<TrialLog.Line> log) {
    double whole = log.stream().filter(l -> l.outcome().equals("finished")).mapToDouble(TrialLog.Line::seconds).average().orElse(0);
    double spent = log.stream().filter(l -> l.outcome().equals("finished") || l.outcome().equals("stopped")).mapToDouble(TrialLog.Line::seconds).sum();
    Set<Integer> timed = log.stream().map(TrialLog.Line::trial).collect(Collectors.toSet());
    long points = phase.trials().stream().filter(t -> t.isAskedFor() && timed.contains(t.number()) && t.outcome().filter(o -> o instanceof Outcome.Finished || o instanceof Outcome.Stopped).isPresent()).count();
    return Math.max(0, points * whole - spent);
  }

  private static double millis(double seconds) {
    return Math.round(1000 * seconds) / 1000.0;
  }
}
