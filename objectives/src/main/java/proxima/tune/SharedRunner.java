package proxima.tune;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Outcome;
import proxima.store.Leases;
import proxima.store.Leases.Turn;
import proxima.study.JournalException;
import proxima.study.Study;
import proxima.study.Trial;
import proxima.study.TrialResult;

/// The runner of a study that other processes work on too. Each worker takes a trial that nobody works on, or asks for one, and tells its outcome as soon as it ends. A phase is over once all its
/// trials are told, by whomever; until then this waits, and takes over what others leave.
///
/// Interrupted, it takes no more trials, lets those that run end within some seconds, and hands the rest back.
final class SharedRunner implements Runner {

  /// A little less than hosts that shut down give their processes.
  private static final long GRACE_SECONDS = 12;
  private static final Duration BEAT = Duration.ofSeconds(Leases.SECONDS / 3);
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Objective objective;
  private final RunStore store;
  private final Leases leases;
  private final int workers;
  private final Progress progress;
  private final ExecutorService threads;
  private final Thread heart;
  private volatile boolean isDraining;

  SharedRunner(Objective objective, RunStore store, Leases leases, int workers, Progress progress) {
    this.objective = objective;
    this.store = store;
    this.leases = leases;
    this.workers = workers;
    this.progress = progress;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("worker-", 0).factory());
    this.heart = Thread.ofPlatform().name("heart").daemon().start(this::beat);
  }

  /// Renews the leases. Where the store is away for so long that this gives up, the workers, who need it too, say so.
  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        leases.renew();
      }
    } catch (InterruptedException | JournalException e) {
      // The end.
    }
  }

  private record Phase(String name, String key, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) {}

  @Override
  public void run(String name, Study study, int budget, Function<Trial, Job> jobOf, Function<Trial, Monitor> monitorOf) throws InterruptedException {
    Phase phase = new Phase(name, store.key(name), study, budget, jobOf, monitorOf);
    progress.start(name, budget, study);
    Callable<Boolean> worker = () -> work(phase);
    List<Future<Boolean>> all = Stream.generate(() -> threads.submit(worker)).limit(workers).toList();
    try {
      for (Future<Boolean> one : all) {
        one.get();
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
    while (true) {
      Optional<Trial> trial = next(phase);
      if (trial.isEmpty()) {
        return true;
      }
      train(phase, trial.get());
    }
  }

  /// A trial that this worker holds; empty where none is left, or no more are to be taken.
  private Optional<Trial> next(Phase phase) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (!isDraining) {
      phase.study.refresh();
      Optional<Trial> free = left(phase);
      if (free.isPresent()) {
        return free;
      }
      if (isUnasked(phase)) {
        Optional<Trial> asked = ask(phase);
        if (asked.isPresent()) {
          return asked;
        }
      } else if (phase.study.pending().isEmpty()) {
        return Optional.empty();
      } else {
        store.checkThere();
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
    return Optional.empty();
  }

  private static boolean isUnasked(Phase phase) {
    return Runner.asked(phase.study) < phase.budget || phase.study.isNextAgain();
  }

  /// A trial that was asked for, and that nobody works on.
  private Optional<Trial> left(Phase phase) {
    List<Trial> pending = phase.study.pending();
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt taken = leases.takeAny(phase.key, pending.stream().map(Trial::number).toList());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Optional<Trial> trial = pending.stream().filter(t -> t.number() == taken.getAsInt()).findFirst();
    phase.study.refresh();
    if (isPending(phase.study, taken.getAsInt())) {
      return trial;
    }
    // Told by its last holder a moment ago.
    leases.handBack(phase.key, taken.getAsInt());
    return Optional.empty();
  }

  private static boolean isPending(Study study, int trial) {
    return study.trials().get(trial).isPending();
  }

  private Optional<Trial> ask(Phase phase) throws InterruptedException {
    try (Turn _ = leases.turn(phase.key)) {
      phase.study.refresh();
      if (!isUnasked(phase)) {
        return Optional.empty();
      }
      Trial trial = phase.study.ask();
      return leases.take(phase.key, trial.number()) ? Optional.of(trial) : Optional.empty();
    }
  }

  private void train(Phase phase, Trial trial) throws InterruptedException {
    boolean isEnded = false;
    try {
      Job job = phase.jobOf.apply(trial);
      Timed timed = Timed.of(objective, job, phase.monitorOf.apply(trial));
      tell(phase, trial, job, timed);
      isEnded = true;
    } catch (IllegalStateException e) {
      phase.study.refresh();
      if (isPending(phase.study, trial.number())) {
        throw e;
      }
      // Another told it, after this one's lease had ended.
    } finally {
      if (!isEnded) {
        leases.handBack(phase.key, trial.number());
      }
    }
  }

  private void tell(Phase phase, Trial trial, Job job, Timed timed) {
    Outcome recorded = phase.study.tell(trial.number(), timed.outcome());
    leases.finish(phase.key, trial.number(), timed.seconds());
    synchronized (progress) {
      progress.told(phase.name, phase.study, trial, job, recorded, timed.seconds());
    }
    Runner.checkHope(phase.name, phase.study, timed.outcome());
  }

  @Override
  public void close() {
    isDraining = true;
    threads.shutdownNow();
    threads.close();
    heart.interrupt();
  }
}
