package proxima.tune;

import java.util.function.Function;
import proxima.cli.InputException;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;

/// Runs a study's trials on several workers.
interface Runner extends AutoCloseable {

  /// Failures at a study's start, with nothing else, that end it: what is wrong is wrong with all trials.
  int FAILURES = 3;

  /// Runs pending trials again, then asks until the study has asked for `budget` points, none is to be trained longer, and all are told.
  /// @param monitorOf hears of a trial's losses, on the worker's thread
  /// @throws InterruptedException if the thread was interrupted; what was told is kept.
  /// @throws InputException if the first trials have all failed.
  void run(String phase, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) throws InterruptedException;

  /// The same, with trainings that run to their end.
  default void run(String phase, Study study, int budget, Function<Trial, Job> jobOf) throws InterruptedException {
    run(phase, study, budget, jobOf, _ -> Monitor.NONE);
  }

  /// Stops the workers and waits until they have.
  @Override
  void close();

  /// @throws InputException if this outcome, and all before it, is a failure.
  static void checkHope(String phase, Study study, Outcome outcome) {
    if (outcome instanceof Outcome.Failed(String reason)) {
      long failed = study.trials().stream().filter(t -> t.outcome().isPresent()).count();
      if (failed >= FAILURES && study.knowledge().informative() == 0) {
        throw new InputException("phase '" + phase + "': the first " + failed + " trials failed, and no more are tried; the last one: " + reason);
      }
    }
  }
}
