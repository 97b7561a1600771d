package proxima.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.objective.Timed;
import proxima.space.Outcome;
import proxima.study.Study;
import proxima.study.Trial;

/// The runner of a study that nobody else works on.
final class OwnRunner implements Runner {

  /// When outcomes are told.
  enum Order {
    /// As the trials were asked for, so that what a run asks depends on the number of workers, but never on which of two trainings ends first: the
    /// same seed gives the same run, also across a stop and a resume.
    ASKED,
    /// As the trainings end, so that a slow one holds no other up.
    ENDED
  }

  private record Running(Trial trial, Job job, Future<Timed> result) {}

  private final Objective objective;
  private final int workers;
  private final Order order;
  private final ExecutorService threads;
  private final Progress progress;

  OwnRunner(Objective objective, int workers, Order order, Progress progress) {
    this.objective = objective;
    this.workers = workers;
    this.order = order;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    this.progress = progress;
  }

  @Override
  public void run(String phase, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) throws InterruptedException {
    CompletionService<Timed> trainings = new ExecutorCompletionService<>(threads);
    Deque<Running> running = new ArrayDeque<>();
    Deque<Trial> pending = new ArrayDeque<>(study.pending());
    progress.start(phase, budget, study);
    try {
      while (true) {
        while (running.size() < workers && (!pending.isEmpty() || study.askedFor() < budget || study.isNextAgain())) {
          Trial trial = pending.isEmpty() ? study.ask() : pending.remove();
          Job job = jobOf.apply(trial);
          Monitor monitor = monitorOf.apply(trial).noting(line -> progress.note(phase, trial, line));
          running.add(new Running(trial, job, trainings.submit(() -> objective.timed(job, monitor))));
        }
        if (running.isEmpty()) {
          return;
        }
        // One more has ended than were told.
        Future<Timed> _ = trainings.take();
        Running next = next(running);
        Timed timed = next.result().get();
        running.remove(next);
        Outcome recorded = study.tell(next.trial().number(), timed.outcome());
        progress.told(phase, study, next.trial(), next.job(), recorded, timed.seconds());
        Runner.checkHope(phase, study, timed.outcome());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } finally {
      running.forEach(r -> r.result().cancel(true));
      progress.end();
    }
  }

  private Running next(Deque<Running> running) {
    return switch (order) {
      case ASKED -> running.getFirst();
      case ENDED -> running.stream().filter(r -> r.result().isDone()).findFirst().orElseThrow();
    };
  }

  /// Stops the workers and waits until they have.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
