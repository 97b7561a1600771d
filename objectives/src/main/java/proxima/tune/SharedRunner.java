package proxima.tune;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.objective.Timed;
import proxima.space.Outcome;
import proxima.store.Leases;
import proxima.store.SharedStudy;
import proxima.study.JournalException;
import proxima.study.Study;
import proxima.study.Trial;

/// The runner of a study that other processes work on too. Each worker takes a trial that nobody works on, or asks for one, and tells its outcome as soon as it ends. A phase is over once all its
/// trials are told, by whomever; until then this waits, and takes over what others leave.
///
/// Interrupted, it takes no more trials, lets those that run end within some seconds, and hands the rest back.
final class SharedRunner implements Runner {

  /// A little less than hosts that shut down give their processes.
  private static final long GRACE_SECONDS = 12;
  private static final Duration BEAT = Duration.ofSeconds(Leases.SECONDS / 3);
  /// How often a worker that has others to ask for looks for trials that another left.
  private static final Duration LOOK = Duration.ofSeconds(5);
  /// Failures of this process, with nothing else, that end it: what is wrong is wrong here.
  private static final int FAILURES = 3;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Objective objective;
  private final RunStore store;
  private final Leases leases;
  private final int workers;
  private final Progress progress;
  private final Duration beat;
  private final ExecutorService threads;
  private final Thread heart;
  private volatile boolean isDraining;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean hasWorked;

  SharedRunner(Objective objective, RunStore store, Leases leases, int workers, Progress progress) {
    this(objective, store, leases, workers, progress, BEAT);
  }

  /// @param beat how often leases are renewed
  SharedRunner(Objective objective, RunStore store, Leases leases, int workers, Progress progress, Duration beat) {
    this.objective = objective;
    this.store = store;
    this.leases = leases;
    this.workers = workers;
    this.progress = progress;
    this.beat = beat;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    this.heart = Thread.ofPlatform().name("heart").daemon().start(this::beat);
  }

  /// Renews the leases, also after a while in which the store could not be reached or written: whoever needs it then says so.
  private void beat() {
    try {
      while (true) {
        Thread.sleep(beat);
        try {
          leases.renew();
        } catch (JournalException e) {
          // The next beat may do.
        }
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  private record Phase(String name, SharedStudy shared, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) {}

  @Override
  public void run(String name, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) throws InterruptedException {
    Phase phase = new Phase(name, new SharedStudy(study, leases, store.key(name)), budget, jobOf, monitorOf);
    progress.start(name, budget, study);
    Callable<Boolean> worker = () -> work(phase);
    CompletionService<Boolean> ends = new ExecutorCompletionService<>(threads);
    List<Future<Boolean>> all = Stream.generate(() -> ends.submit(worker)).limit(workers).toList();
    try {
      for (int ended = 0; ended < workers; ended++) {
        ends.take().get();
      }
    } catch (InterruptedException e) {
      drain(all);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } finally {
      all.forEach(one -> one.cancel(true));
      progress.end();
    }
  }

  private void drain(List<Future<Boolean>> all) throws InterruptedException {
    isDraining = true;
    progress.stopping(all.stream().filter(one -> !one.isDone()).count(), GRACE_SECONDS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    for (Future<Boolean> one : all) {
      try {
        one.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException e) {
        one.cancel(true);
      }
    }
  }

  private boolean work(Phase phase) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    long look = System.nanoTime();
    while (!isDraining) {
      boolean looks = System.nanoTime() >= look;
      if (looks) {
        store.checkThere();
        look = System.nanoTime() + LOOK.toNanos();
      }
      switch (phase.shared.next(phase.budget, looks)) {
        case SharedStudy.Taken(Trial trial) when isDraining -> phase.shared.handBack(trial);
        case SharedStudy.Taken(Trial trial) -> {
          pause = FIRST_PAUSE_MILLIS;
          train(phase, trial);
        }
        case SharedStudy.Later _ -> {
          Thread.sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        case SharedStudy.Over _ -> {
          return true;
        }
      }
    }
    return false;
  }

  private void train(Phase phase, Trial trial) throws InterruptedException {
    boolean isEnded = false;
    try {
      Job job = phase.jobOf.apply(trial);
      Timed timed = objective.timed(job, phase.monitorOf.apply(trial).noting(line -> progress.note(phase.name, trial, line)));
      phase.shared.tell(trial, timed.outcome(), timed.seconds()).ifPresent(recorded -> told(phase, trial, job, recorded, timed.seconds()));
      isEnded = true;
    } catch (IllegalStateException e) {
      // A report that came too late: another told the trial, after this one's lease had ended.
      if (!phase.shared.isTold(trial)) {
        throw e;
      }
    } finally {
      if (!isEnded) {
        phase.shared.handBack(trial);
      }
    }
  }

  private void told(Phase phase, Trial trial, Job job, Outcome recorded, double seconds) {
    Study study = phase.shared.study();
    synchronized (progress) {
      progress.told(phase.name, study, trial, job, recorded, seconds);
    }
    Runner.checkHope(phase.name, study, recorded);
    checkHope(recorded);
  }

  /// @throws InputException if all that this process has trained so far has failed
  private void checkHope(Outcome recorded) {
    if (!(recorded instanceof Outcome.Failed(String reason))) {
      hasWorked = true;
    } else if (failures.incrementAndGet() >= FAILURES && !hasWorked) {
      throw new InputException("the first " + FAILURES + " trials of this process failed, and it takes no more; others go on with the run; the last one: " + reason);
    }
  }

  @Override
  public void close() {
    isDraining = true;
    threads.shutdownNow();
    // Before others are waited for, who may have to wait for a beat that waits for the store.
    heart.interrupt();
    threads.close();
    try {
      heart.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
