package proxima.objective;

import proxima.space.Outcome;

/// Evaluates one job: trains, and says what came of it. Safe for use by several threads at once.
///
/// Divergence and failure are outcomes, never exceptions; so is the end of a job that the monitor stops.
public interface Objective {

  /// @throws InterruptedException if the thread was interrupted; the job then has no outcome and may be evaluated again.
  Outcome evaluate(Job job, Monitor monitor) throws InterruptedException;

  /// The same, and how long the training took. The time that a job waits for a machine is none of that.
  default Timed timed(Job job, Monitor monitor) throws InterruptedException {
    long start = System.nanoTime();
    Outcome outcome = evaluate(job, monitor);
    return new Timed(outcome, (System.nanoTime() - start) / 1e9);
  }
}
