package proxima.store;

import java.util.List;
import java.util.OptionalInt;

/// The leases of one holder in a store. A lease ends `SECONDS` after it was taken or renewed last, by the store's clock: the server's, or that of the machine
/// where the store is a file. Where that clock jumps ahead, leases end at once; where it is put back, they hold for `SECONDS` longer at most. So a trial may be trained twice, and is taken over late at worst. Safe for several threads.
public interface Leases extends AutoCloseable {

  /// How long a lease holds: what a dead process held waits so long. Renewed every third of it.
  int SECONDS = 30;

  /// Takes a trial, unless a lease of it holds, this holder's own or another's, or it is finished.
  /// @throws proxima.study.JournalException if the store cannot be reached
  default boolean take(String study, int trial) {
    return takeAny(study, List.of(trial)).isPresent();
  }

  /// Takes the first of these trials that can be taken; empty where none can.
  OptionalInt takeAny(String study, List<Integer> trials);

  /// Lets all leases that this object has taken hold from now on. One that it does not know of, since the store's answer was lost, ends.
  void renew();

  /// Notes that a trial was worked on to its end, and how long that took.
  void finish(String study, int trial, double seconds);

  /// Gives a trial back, to be taken by others at once; where the store is away, which this does not wait for, once the lease has ended.
  void handBack(String study, int trial);

  /// All leases of a study, by trial.
  List<Lease> of(String study);

  /// Waits for the right to ask a study, which one process at a time has. Others may tell meanwhile. The store takes it back from a process that ends; where one that is suspended keeps it, others go on
  /// without it after a minute.
  Turn turn(String study) throws InterruptedException;

  @Override
  void close();

  /// The right to ask.
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
