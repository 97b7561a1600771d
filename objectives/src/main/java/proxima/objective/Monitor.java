package proxima.objective;

import java.util.function.Consumer;
import proxima.study.Decision;

/// Hears of a job's progress, and says whether it is to go on.
public interface Monitor {

  /// Lets every job go on.
  Monitor NONE = (_, _) -> Decision.CONTINUE;

  /// A loss on the way, at a step counted from 1. Losses need not be finite.
  Decision report(long step, double loss);

  /// What people are to know of a job beside its outcome, in one line.
  default void note(String line) {}

  /// This, with an ear for notes.
  default Monitor noting(Consumer<String> notes) {
    Monitor losses = this;
    return new Monitor() {
      @Override
      public Decision report(long step, double loss) {
        return losses.report(step, loss);
      }

      @Override
      public void note(String line) {
        notes.accept(line);
      }
    };
  }
}
