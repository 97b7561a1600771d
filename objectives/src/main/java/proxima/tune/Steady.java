package proxima.tune;

import java.util.List;
import proxima.study.Assignment;
import proxima.study.Decision;
import proxima.study.EarlyStopping;
import proxima.study.TrialResult;

/// A rule over those trials that had been told, whatever the timing, when the trial was asked for: the same seed and workers give the same run.
///
/// @param workers of a `Runner`, which tells trials in order: all but so many were told by then
record Steady(EarlyStopping rule, int workers) implements EarlyStopping {

  @Override
  public Decision decide(TrialResult trial, long step, List<TrialResult> others) {
    return rule.decide(trial, step, others.stream().filter(t -> !t.asked() || t.number() <= trial.number() - workers).toList());
  }

  @Override
  public Assignment next(List<TrialResult> trials) {
    return rule.next(trials);
  }
}
