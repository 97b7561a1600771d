package proxima.store;

import proxima.store.Leases.Turn;

/// How processes wait for each other.
interface Turns extends AutoCloseable {

  /// Waits for the turn of a study.
  Turn take(String study) throws InterruptedException;

  @Override
  void close();
}
