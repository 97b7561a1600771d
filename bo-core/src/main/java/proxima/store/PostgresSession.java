package proxima.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proxima.study.JournalException;

/// One connection, which is made anew where it breaks. One thread at a time works with it.
final class PostgresSession implements Database {

  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;
  /// Who waits so long between two tries has waited for more than a second.
  private static final long NOTED_MILLIS = 640;

  private final PostgresServer server;
  private final boolean flushes;
  // Null while there is none.
  private @Nullable Connection connection;
  // When it broke; 0 while it works.
  private long broken;
  private volatile boolean closed;

  private PostgresSession(PostgresServer server, boolean flushes, @Nullable Connection connection) {
    this.server = server;
    this.flushes = flushes;
    this.connection = connection;
  }

  /// @param flushes whether what is written is on the server's disk when its answer comes
  /// @throws JournalException if the server cannot be reached now
  static PostgresSession open(PostgresServer server, boolean flushes) {
    try {
      return new PostgresSession(server, flushes, server.connect(flushes));
    } catch (SQLException e) {
      throw PostgresErrors.exception(server, e);
    }
  }

  /// One that connects once there is work.
  static PostgresSession later(PostgresServer server, boolean flushes) {
    return new PostgresSession(server, flushes, null);
  }

  /// Does the work; again on another connection where it breaks, until none has worked for some minutes.
  /// @throws JournalException if it cannot be done
  @Override
  public synchronized <T> T run(Work<T> work) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long tried = System.nanoTime();
      try {
        return done(work);
      } catch (SQLException e) {
        if (!PostgresErrors.isPassing(e)) {
          throw PostgresErrors.exception(server, e);
        }
        drop();
        broken = broken == 0 ? tried : broken;
        if (pause >= NOTED_MILLIS) {
          server.isAway(PostgresErrors.exception(server, e).getMessage() + " (waiting for it for " + server.patience().toMinutes() + " minutes)", tried);
        }
        if (closed || System.nanoTime() - broken > server.patience().toNanos() || !slept(pause)) {
          throw PostgresErrors.exception(server, e);
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /// Tried once, and once more where the connection has broken since it was used last.
  @Override
  public synchronized <T> Optional<T> runNow(Work<T> work) {
    boolean isNew = connection == null;
    try {
      return Optional.of(done(work));
    } catch (SQLException e) {
      if (!PostgresErrors.isPassing(e)) {
        throw PostgresErrors.exception(server, e);
      }
      drop();
      return isNew ? Optional.empty() : runNow(work);
    }
  }

  private <T> T done(Work<T> work) throws SQLException {
    T done = work.with(connected());
    broken = 0;
    server.isBack();
    return done;
  }

  private Connection connected() throws SQLException {
    if (closed) {
      throw new IllegalStateException("store " + server + " is closed");
    }
    Connection there = connection;
    if (there == null) {
      there = server.connect(flushes);
      connection = there;
    }
    return there;
  }

  /// False where the thread is interrupted, or the session is closed meanwhile.
  private boolean slept(long millis) {
    try {
      Thread.sleep(millis);
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void drop() {
    Connection there = connection;
    connection = null;
    try {
      if (there != null) {
        there.close();
      }
    } catch (SQLException e) {
      // It is broken, and nothing waits for it.
    }
  }

  /// Work that waits for the server gives up.
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      drop();
    }
  }
}
