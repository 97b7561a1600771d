package proxima.diagnose;

import java.util.function.LongSupplier;
import proxima.objective.Monitor;
import proxima.study.Decision;

/// How long a step of a training takes, from its first report to its last: what comes before, such as starting an engine or a program, and after, such as validation, is none of it.
final class Pace implements Monitor {

  private final LongSupplier clock;
  private long firstStep;
  private long firstTime;
  private long lastStep;
  private long lastTime;

  /// @param clock in nanoseconds
  Pace(LongSupplier clock) {
    this.clock = clock;
  }

  /// One that is no later than the last begins anew, as where a program was started again.
  @Override
  public synchronized Decision report(long step, double loss) {
    boolean again = step <= lastStep || lastStep == 0;
    lastTime = clock.getAsLong();
    lastStep = step;
    firstTime = again ? lastTime : firstTime;
    firstStep = again ? step : firstStep;
    return Decision.CONTINUE;
  }

  /// Of a step; NaN before two reports.
  synchronized double seconds() {
    return lastStep > firstStep ? (lastTime - firstTime) / 1e9 / (lastStep - firstStep) : Double.NaN;
  }
}
