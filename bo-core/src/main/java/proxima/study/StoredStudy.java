package proxima.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.strategy.Knowledge;

/// A study as its journal has it, to look at.
///
/// @param strategy the label of the strategy that asked its points
public record StoredStudy(String name, SearchSpace space, long seed, String strategy, List<TrialResult> trials) {

  public StoredStudy {
    trials = List.copyOf(trials);
  }

  /// What its strategy would be given now.
  public Knowledge knowledge() {
    return new Knowledge(space, seed, Evaluations.of(trials));
  }

  /// The told trials as a task that later tasks can learn from, each with the study's seed. A trial without a curve takes its reports for one.
  public TaskHistory history(String task, Map<String, Value> context) {
    List<TaskHistory.Entry> entries = new ArrayList<>();
    for (TrialResult t : trials) {
      t.outcome().ifPresent(o -> entries.add(new TaskHistory.Entry(t.configuration(), o.withCurve(t.reports()), seed)));
    }
    return new TaskHistory(task, space, context, entries);
  }
}
