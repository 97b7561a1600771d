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
      case Diverged(long step) -> "diverged at step " + step;
      case Failed(String reason) -> reason;
    };
  }

  /// A loss seen on the way.
  record CurvePoint(long step, double loss) {}

  /// A finished trial with this loss and no curve; a diverged one where the loss is NaN or infinite.
  static Outcome of(double loss) {
    return Double.isFinite(loss) ? new Finished(loss, List.of()) : new Diverged(0);
  }
}
