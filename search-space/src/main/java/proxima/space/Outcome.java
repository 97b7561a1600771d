package proxima.space;

import java.util.List;

/// What came of one trial.
public sealed interface Outcome {

  /// Ran to its end. Lower losses are better; `curve` holds intermediate losses, by step, and may be empty.
  ///
  /// @param standardError of the loss, finite, such as s / sqrt(m) of a mean of m losses; 0 where it is not known
  record Finished(double loss, double standardError, List<CurvePoint> curve) implements Outcome {
    public Finished {
      if (!Double.isFinite(loss)) {
        throw new IllegalArgumentException("a finished trial has a finite loss, got " + loss + "; tell a diverged trial as Diverged(step)");
      }
      if (!(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a standard error is finite and 0 or more, got " + standardError + "; leave it out where it is not known");
      }
      // Minus zero is zero.
      standardError += 0.0;
      curve = List.copyOf(curve);
    }

    /// Of a loss whose standard error is not known.
    public Finished(double loss, List<CurvePoint> curve) {
      this(loss, 0, curve);
    }
  }

  /// Stopped at this step, with this loss there, since others were better by then; `curve` as of a finished trial.
  record Stopped(long step, double loss, List<CurvePoint> curve) implements Outcome {
    public Stopped {
      if (!(step >= 0)) {
        throw new IllegalArgumentException("a trial is stopped at a step >= 0, got " + step);
      }
      if (!Double.isFinite(loss)) {
        throw new IllegalArgumentException("a stopped trial has a finite loss, got " + loss + "; tell a diverged trial as Diverged(step)");
      }
      curve = List.copyOf(curve);
    }
  }

  /// The loss left every bound at this step (0 where unknown): a bad configuration, and known to be one.
  record Diverged(long step) implements Outcome {
    public Diverged {
      if (!(step >= 0)) {
        throw new IllegalArgumentException("a trial diverges at a step >= 0, got " + step);
      }
    }
  }

  /// Stopped for a reason that says nothing of the configuration, such as a lost machine.
  record Failed(String reason) implements Outcome {}

  /// In few words, without the curve: "loss 1.25", "loss 1.25 with standard error 0.5".
  default String brief() {
    return switch (this) {
      case Finished(double loss, double standardError, _) -> "loss " + loss + (standardError > 0 ? " with standard error " + standardError : "");
      case Stopped(long step, double loss, _) -> "stopped at step " + step + " with loss " + loss;
      case Diverged(long step) -> "diverged at step " + step;
      case Failed(String reason) -> reason.isBlank() ? "failed" : reason;
    };
  }

  /// With this curve, where it has none of its own.
  default Outcome withCurve(List<CurvePoint> points) {
    return switch (this) {
      case Finished(double loss, double standardError, var curve) when curve.isEmpty() -> new Finished(loss, standardError, points);
      case Stopped(long step, double loss, var curve) when curve.isEmpty() -> new Stopped(step, loss, points);
      case Finished _, Stopped _, Diverged _, Failed _ -> this;
    };
  }

  /// A loss seen on the way.
  record CurvePoint(long step, double loss) {}

  /// A finished trial with this loss and no curve; a diverged one where the loss is NaN or infinite.
  static Outcome of(double loss) {
    return Double.isFinite(loss) ? new Finished(loss, List.of()) : new Diverged(0);
  }

  /// A finished trial with the mean of these losses and its standard error, that of their scatter: s / sqrt(m), s^2 with the divisor m - 1. It is not known of
  /// one loss, nor where all are equal. A diverged one where a loss is NaN or infinite. Of two or three losses s may be small by chance, and the mean would be believed too much: tell
  /// these as trials of their own.
  ///
  /// @param losses of trainings of one configuration, 1 or more
  static Outcome ofReplicates(double... losses) {
    int m = losses.length;
    if (m == 0) {
      throw new IllegalArgumentException("replicates are 1 loss or more, got none; tell a trial without a loss as Failed(reason)");
    }
    double mean = losses[0];
    for (double loss : losses) {
      // Differences of shares: equal losses have exactly their mean, and the largest do not overflow.
      mean += loss / m - losses[0] / m;
    }
    double divisor = Math.sqrt(m * (m - 1.0));
    double standardError = 0;
    for (double loss : losses) {
      standardError = m == 1 ? 0 : Math.hypot(standardError, loss / divisor - mean / divisor);
    }
    return Double.isFinite(mean) ? new Finished(mean, standardError, List.of()) : new Diverged(0);
  }
}
