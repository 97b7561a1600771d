package proxima.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import proxima.cli.InputException;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

/// Runs a study's trials on several workers.
///
/// Outcomes are told in the order in which the trials were asked for, so that what a run asks depends on the number of workers, but never on
/// which of two trainings ends first: the same seed gives the same run, also across a stop and a resume.
final class Runner implements AutoCloseable {

  /// Failures at a study's start, with nothing else, that end it: what is wrong is wrong with all trials.
  private static final int FAILURES = 3;

  private record Running(Trial trial, Job job, Future<Timed> result) {}

  private record Timed(Outcome outcome, double seconds) {}

  private final Objective objective;
  private final int workers;
  private final ExecutorService threads;
  private final Progress progress;

  Runner(Objective objective, int workers, Progress progress) {
    this.objective = objective;
    this.workers = workers;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    this.progress = progress;
  }

  /// The same as the other `run`, with trainings that run to their end.
  void run(String phase, Study study, int budget, Function<Trial, Job> jobOf) throws InterruptedException {
    run(phase, study, budget, jobOf, _ -> Monitor.NONE);
  }

  /// Runs pending trials again, then asks until the study has asked for `budget` points, none is to be trained longer, and all are told.
  /// @param monitorOf hears of a trial's losses, on the worker's thread
  /// @throws InterruptedException if the thread was interrupted; what was told is kept.
  /// @throws InputException if the first trials have all failed.
  void run(String phase, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) throws InterruptedException {
    Deque<Running> running = new ArrayDeque<>();
    Deque<Trial> pending = new ArrayDeque<>(study.pending());
    progress.start(phase, budget, study);
    try {
      while (true) {
        while (running.size() < workers && (!pending.isEmpty() || asked(study) < budget || study.isNextAgain())) {
          Trial trial = pending.poll();
          if (trial == null) {
            trial = study.ask();
          }
          Job job = jobOf.apply(trial);
          Monitor monitor = monitorOf.apply(trial);
          running.add(new Running(trial, job, threads.submit(() -> evaluate(job, monitor))));
        }
        Running first = running.poll();
        if (first == null) {
          return;
        }
        Timed timed = first.result().get();
        Outcome recorded = study.tell(first.trial().number(), timed.outcome());
        progress.told(phase, study, first.trial(), first.job(), recorded, timed.seconds());
        if (timed.outcome() instanceof Outcome.Failed(String reason)) {
          checkHope(phase, study, reason);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } finally {
      running.forEach(r -> r.result().cancel(true));
      progress.end();
    }
  }

  /// How many points were asked for.
  private static long asked(Study study) {
    return study.trials().stream().filter(TrialResult::isAskedFor).count();
  }

  private static void checkHope(String phase, Study study, String reason) {
    long failed = study.trials().stream().filter(t -> t.outcome().isPresent()).count();
    if (failed >= FAILURES && study.knowledge().informative() == 0) {
      throw new InputException("phase '" + phase + "': the first " + failed + " trials failed, and no more are tried; the last one: " + reason);
    }
  }

  private Timed evaluate(Job job, Monitor monitor) throws InterruptedException {
    long start = System.nanoTime();
    Outcome outcome = objective.evaluate(job, monitor);
    return new Timed(outcome, (System.nanoTime() - start) / 1e9);
  }

  /// Stops the workers and waits until they have.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
