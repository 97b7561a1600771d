package proxima.tune;

import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Outcome;

/// What came of a training, and the wall time that it took.
record Timed(Outcome outcome, double seconds) {

  static Timed of(Objective objective, Job job, Monitor monitor) throws InterruptedException {
    long start = System.nanoTime();
    Outcome outcome = objective.evaluate(job, monitor);
    return new Timed(outcome, (System.nanoTime() - start) / 1e9);
  }
}
