package proxima.objective;

import proxima.study.Decision;

/// Hears of a job's progress, and says whether it is to go on.
public interface Monitor {

  /// Lets every job go on.
  Monitor NONE = (_, _) -> Decision.CONTINUE;

  /// A loss on the way, at a step counted from 1. Losses need not be finite.
  Decision report(long step, double loss);
}
