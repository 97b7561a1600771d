package proxima.study;

import java.util.List;

/// Decides at each report whether the trial goes on. A function of its arguments.
public interface EarlyStopping {

  /// Trials run to their end.
  EarlyStopping NONE = (_, _, _) -> Decision.CONTINUE;

  /// @param trial with the report among its own
  /// @param step of the report, whose loss is finite
  /// @param others all other trials, by number
  Decision decide(TrialResult trial, long step, List<TrialResult> others);
}
