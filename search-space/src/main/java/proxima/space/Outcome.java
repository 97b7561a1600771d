package proxima.space;

import java.util.List;

/// What came of one trial.
public sealed interface Outcome {

  /// Ran to its end. Lower losses are better; `curve` holds intermediate losses, by step, and may be empty.
  record Finished(double loss, List<CurvePoint> curve) implements Outcome {
    public Finished {
      if (!Double.isFinite(loss)) {
        throw new IllegalArgumentException("a finished trial has a finite loss, got " + loss + "; tell a diverged trial as Diverged(step)");
      }
      curve = List.copyOf(curve);
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

  /// In few words, without the curve: "loss 1.25".
  default String brief() {
    return switch (this) {
      case Finished(double loss, _) -> "loss " + loss;
      case Stopped(long step, double loss, _) -> "stopped at step " + step + " with loss " + loss;
      case Diverged(long step) -> "diverged at step " + step;
      case Failed(String reason) -> reason;
    };
  }

  /// With this curve, where it has none of its own.
  default Outcome withCurve(List<CurvePoint> points) {
    return switch (this) {
      case Finished(double loss, var curve) when curve.isEmpty() -> new Finished(loss, points);
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
}
