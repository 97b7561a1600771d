package proxima.study;

import java.util.List;
import proxima.space.Outcome.CurvePoint;

/// Asynchronous successive halving (Li et al. 2020), the variant that stops trials instead of pausing them.
///
/// Rungs lie at the steps `first`, `first` eta, `first` eta^2 and so on. A trial's loss at a rung is that of its first report from there on. With n
/// trials at the rung so far, this one among them, it goes on where at most (n - 1) / eta of the others are better: up to the 1/eta quantile. The first
/// eta - 1 trials at a rung go on.
///
/// @param first the step of the first rung: no trial is stopped before
/// @param eta about one of so many trials goes on from each rung
public record SuccessiveHalving(long first, int eta) implements EarlyStopping {

  /// The usual one.
  public static final int ETA = 3;

  public SuccessiveHalving {
    if (!(first >= 1)) {
      throw new IllegalArgumentException("the first rung is at a step of 1 or later, got " + first);
    }
    if (!(eta >= 2)) {
      throw new IllegalArgumentException("eta, of which one goes on, is 2 or more, got " + eta);
    }
  }

  @Override
  public Decision decide(TrialResult trial, long step, List<TrialResult> others) {
    if (step < first) {
      return Decision.CONTINUE;
    }
    long rung = rung(step);
    CurvePoint here = at(trial, rung);
    if (here.step() < step) {
      return Decision.CONTINUE; // It was judged at this rung before.
    }
    List<CurvePoint> there = others.stream().filter(t -> reaches(t, rung)).map(t -> at(t, rung)).toList();
    long better = there.stream().filter(p -> p.loss() < here.loss()).count();
    return there.size() + 1 < eta || better * eta <= there.size() ? Decision.CONTINUE : Decision.STOP;
  }

  /// The last rung up to this step.
  private long rung(long step) {
    long rung = first;
    while (rung <= step / eta) {
      rung *= eta;
    }
    return rung;
  }

  private static boolean reaches(TrialResult trial, long step) {
    List<CurvePoint> curve = trial.curve();
    return !curve.isEmpty() && curve.getLast().step() >= step;
  }

  private static CurvePoint at(TrialResult trial, long step) {
    return trial.curve().stream().filter(p -> p.step() >= step).findFirst().orElseThrow();
  }
}
