package proxima.study;

import java.util.List;

/// Decides how far trials are followed: at each report whether the trial goes on, and at each ask how long the next one trains. A function of its arguments.
public interface EarlyStopping {

  /// Trials run to their end, which is that of a whole training.
  EarlyStopping NONE = (_, _, _) -> Decision.CONTINUE;

  /// @param trial with the report among its own
  /// @param step of the report, whose loss is finite
  /// @param others all other trials, by number
  Decision decide(TrialResult trial, long step, List<TrialResult> others);

  /// What the next trial trains.
  /// @param trials all that there are, by number
  default Assignment next(List<TrialResult> trials) {
    return Assignment.NEW;
  }
}
