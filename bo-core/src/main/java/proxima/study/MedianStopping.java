package proxima.study;

import java.util.List;
import java.util.stream.DoubleStream;
import proxima.space.Outcome.CurvePoint;

/// The median stopping rule (Golovin et al. 2017, section 3.2.1): a trial is stopped at a step where its lowest loss so far is above the median over
/// the others of the mean of their losses so far. The others are those that got as far as this step, whether they still run or not.
///
/// @param grace no trial is stopped before this step
/// @param trials so many others are needed for a median
public record MedianStopping(long grace, int trials) implements EarlyStopping {

  /// So many others at first, as in Optuna.
  public static final int TRIALS = 5;

  public MedianStopping {
    if (!(grace >= 1)) {
      throw new IllegalArgumentException("trials are judged from a step of 1 or later, got " + grace);
    }
    if (!(trials >= 1)) {
      throw new IllegalArgumentException("a median is of 1 trial or more, got " + trials);
    }
  }

  @Override
  public Decision decide(TrialResult trial, long step, List<TrialResult> others) {
    double[] means =
        others.stream()
            .filter(t -> t.curve().stream().anyMatch(p -> p.step() >= step))
            .flatMapToDouble(t -> soFar(t, step).average().stream())
            .sorted()
            .toArray();
    int n = means.length;
    if (step < grace || n < trials) {
      return Decision.CONTINUE;
    }
    double median = 0.5 * means[(n - 1) / 2] + 0.5 * means[n / 2];
    return soFar(trial, step).min().orElseThrow() > median ? Decision.STOP : Decision.CONTINUE;
  }

  /// A loss that is not finite counts as infinite.
  private static DoubleStream soFar(TrialResult trial, long step) {
    return trial.curve().stream().filter(p -> p.step() <= step).mapToDouble(CurvePoint::loss).map(loss -> Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY);
  }
}
