package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import proxima.store.Leases.Turn;

/// Turns that wait in the server, for its advisory locks, on a connection of their own; there the same connection may lock twice, so that threads wait here.
final class PostgresTurns implements Turns {

  /// Less than a session waits for an answer, so that a long wait is not taken for a broken connection; then this waits on.
  private static final String WAIT = "20s";
  private static final String WAITED = "55P03";
  private static final String LOCK = "SELECT set_config('lock_timeout', '" + WAIT + "', false), pg_advisory_lock(" + PostgresSchema.LETTERS + ", hashtext(?))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(" + PostgresSchema.LETTERS + ", hashtext(?))";

  private final PostgresSession session;
  private final Semaphore thread = new Semaphore(1);

  PostgresTurns(PostgresSession session) {
    this.session = session;
  }

  @Override
  public Turn take(String study) throws InterruptedException {
    thread.acquire();
    try {
      while (!session.run(c -> isLocked(c, study))) {
        if (Thread.interrupted()) {
          throw new InterruptedException("waiting for the turn of study '" + study + "'");
        }
      }
    } catch (RuntimeException | InterruptedException e) {
      thread.release();
      throw e;
    }
    return () -> {
      try {
        session.run(c -> run(c, UNLOCK, study));
      } finally {
        thread.release();
      }
    };
  }

  private static boolean isLocked(Connection c, String study) throws SQLException {
    try {
      return run(c, LOCK, study);
    } catch (SQLException e) {
      if (WAITED.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean run(Connection c, String text, String study) throws SQLException {
    try (PreparedStatement sql = c.prepareStatement(text)) {
      sql.setString(1, study);
      return sql.execute();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
