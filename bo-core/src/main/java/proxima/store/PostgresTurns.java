package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import proxima.store.Leases.Turn;

/// Turns that wait in the server, for its advisory locks, on a connection of their own; there the same connection may lock twice, so that threads wait here.
final class PostgresTurns implements Turns {

  private static final String WAITED = "55P03";
  private static final String LOCK = "SELECT set_config('lock_timeout', ?, false), pg_advisory_lock(" + PostgresSchema.LETTERS + ", hashtext(?))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(" + PostgresSchema.LETTERS + ", hashtext(?))";

  /// Less than a session waits for an answer, so that a long wait is not taken for a broken connection; then this waits on. A process that is told to stop hears of it as late.
  private static final Duration ONCE = Duration.ofSeconds(20);

  private final PostgresSession session;
  private final Duration longest;
  private final Semaphore thread = new Semaphore(1);
  private volatile boolean comes = true;

  PostgresTurns(PostgresSession session) {
    this(session, LONGEST);
  }

  /// @param longest that a turn is waited for
  PostgresTurns(PostgresSession session, Duration longest) {
    this.session = session;
    this.longest = longest;
  }

  @Override
  public Turn take(String study) throws InterruptedException {
    thread.acquire();
    try {
      comes = isLocked(study);
    } catch (RuntimeException | InterruptedException e) {
      thread.release();
      throw e;
    }
    boolean locked = comes;
    return () -> {
      try {
        if (locked) {
          session.run(c -> run(c, UNLOCK, study));
        }
      } finally {
        thread.release();
      }
    };
  }

  private boolean isLocked(String study) throws InterruptedException {
    Duration wait = comes ? longest : SHORT;
    long end = System.nanoTime() + wait.toNanos();
    Duration once = wait.compareTo(ONCE) < 0 ? wait : ONCE;
    while (true) {
      if (session.run(c -> isLocked(c, study, once))) {
        return true;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("waiting for the turn of study '" + study + "'");
      }
      if (System.nanoTime() - end >= 0) {
        return false;
      }
    }
  }

  private static boolean isLocked(Connection c, String study, Duration wait) throws SQLException {
    try {
      return run(c, LOCK, wait.toMillis() + "ms", study);
    } catch (SQLException e) {
      if (WAITED.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean run(Connection c, String text, String... values) throws SQLException {
    try (PreparedStatement sql = c.prepareStatement(text)) {
      for (int i = 0; i < values.length; i++) {
        sql.setString(i + 1, values[i]);
      }
      return sql.execute();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
