package proxima.tune;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.objective.Objective;
import proxima.store.Lease;
import proxima.store.Leases;

/// This process among those that work on a run in a store.
///
/// @param name `PID@HOST` and some letters, which tell it from a later process of the same number
/// @param presence the lease by which others see it; empty where there are too many
record Worker(RunStore store, String name, Leases leases, OptionalInt presence, boolean isLeading) implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Joins a run, and lets others see that it is there while it waits for a trial.
  static Worker joining(RunStore store) {
    String name = ManagementFactory.getRuntimeMXBean().getName() + "-" + UUID.randomUUID().toString().substring(0, 4);
    Leases leases = store.store().leases(name);
    try {
      return new Worker(store, name, leases, leases.takeAny(store.run(), RunStore.PRESENT), false);
    } catch (RuntimeException e) {
      leases.close();
      throw e;
    }
  }

  /// Joins a run to lead it. Waits for the lease of a process that was killed to end.
  /// @throws InputException if another leads it
  static Worker leading(RunStore store, Terminal terminal) throws InterruptedException {
    return leading(store, terminal, Pause.SLEEP);
  }

  /// The same.
  /// @param pause between two attempts to take the lead
  static Worker leading(RunStore store, Terminal terminal, Pause pause) throws InterruptedException {
    Worker worker = joining(store);
    try {
      for (int waited = 0; !worker.leases.take(store.run(), RunStore.LEAD); waited++) {
        if (waited == 0) {
          terminal.note("proxima: waiting " + (Leases.SECONDS + 1) + " s, to see whether " + worker.leader().orElse("the process that leads " + store.where()) + " is still there");
        }
        if (waited > Leases.SECONDS) {
          throw new InputException(store.where() + " is led by " + worker.leader().orElse("another process") + "; join it with: " + store.join());
        }
        pause.take(PAUSE);
      }
      return new Worker(store, worker.name, worker.leases, worker.presence, true);
    } catch (InterruptedException | RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  private Optional<String> leader() {
    return leases.of(store.run()).stream().filter(l -> l.trial() == RunStore.LEAD).map(Lease::holder).findFirst();
  }

  Runner runner(Objective objective, int workers, Progress progress) {
    return new SharedRunner(objective, store, leases, workers, progress);
  }

  @Override
  public void close() {
    if (isLeading) {
      leases.handBack(store.run(), RunStore.LEAD);
    }
    presence.ifPresent(lease -> leases.handBack(store.run(), lease));
    leases.close();
  }
}
