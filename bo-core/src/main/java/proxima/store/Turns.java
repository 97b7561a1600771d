package proxima.store;

import java.time.Duration;
import proxima.store.Leases.Turn;

/// How processes wait for each other. A turn spares them suggestions that come to nothing, since of two at once the journal takes one; nothing is wrong without it.
interface Turns extends AutoCloseable {

  /// How long a turn is waited for: a process that is suspended keeps its own.
  Duration LONGEST = Duration.ofSeconds(60);

  /// How long it is waited for once it did not come in `LONGEST`, until it comes.
  Duration SHORT = Duration.ofMillis(500);

  /// Waits for the turn of a study; where it does not come, nothing is waited for.
  Turn take(String study) throws InterruptedException;

  @Override
  void close();
}
