package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/// Leases in a PostgreSQL database, by its server's clock. They need not outlive a crash of the server, and wait for no disk.
final class PostgresLeases implements Leases {

  private static final String ENDS = "clock_timestamp() + make_interval(secs => " + SECONDS + ")";
  // What was free a moment ago may have been taken since: then the conflict's condition does not hold, and the next call finds others.
  private static final String TAKE =
      "WITH free AS (SELECT t.trial FROM unnest(?::integer[]) WITH ORDINALITY AS t (trial, place) LEFT JOIN proxima_lease l ON l.study = ? AND l.trial = t.trial"
          + " WHERE l.trial IS NULL OR (l.seconds IS NULL AND l.ends < clock_timestamp()) ORDER BY t.place LIMIT 1)"
          + " INSERT INTO proxima_lease (study, trial, holder, ends) SELECT ?, free.trial, ?, " + ENDS + " FROM free"
          + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends WHERE proxima_lease.seconds IS NULL AND proxima_lease.ends < clock_timestamp()"
          + " RETURNING trial";
  private static final String RENEW = "UPDATE proxima_lease SET ends = " + ENDS + " WHERE holder = ? AND seconds IS NULL";
  private static final String FINISH =
      "INSERT INTO proxima_lease (study, trial, holder, ends, seconds) VALUES (?, ?, ?, clock_timestamp(), ?)"
          + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends, seconds = excluded.seconds WHERE proxima_lease.seconds IS NULL";
  private static final String HAND_BACK = "DELETE FROM proxima_lease WHERE study = ? AND trial = ? AND holder = ? AND seconds IS NULL";
  private static final String ALL = "SELECT trial, holder, seconds IS NULL AND ends >= clock_timestamp(), seconds FROM proxima_lease WHERE study = ? ORDER BY trial";
  // The letters PRXM and a study: what nobody else locks.
  private static final String LOCK = "SELECT pg_advisory_lock(" + 0x5052584d + ", hashtext(?))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(" + 0x5052584d + ", hashtext(?))";

  private final String holder;
  private final PostgresSession session;
  // Turns wait for each other in the server, on a connection of their own; there the same connection may lock twice, so that threads wait here.
  private final PostgresSession turns;
  private final Semaphore thread = new Semaphore(1);

  PostgresLeases(PostgresServer server, String holder) {
    this.holder = holder;
    this.session = PostgresSession.open(server, false);
    this.turns = PostgresSession.open(server, false);
  }

  private int update(String text, Object... values) {
    return session.run(c -> {
      try (PreparedStatement sql = c.prepareStatement(text)) {
        for (int i = 0; i < values.length; i++) {
          sql.setObject(i + 1, values[i]);
        }
        return sql.executeUpdate();
      }
    });
  }

  @Override
  public OptionalInt takeAny(String study, List<Integer> trials) {
    return session.run(c -> {
      try (PreparedStatement take = c.prepareStatement(TAKE)) {
        take.setArray(1, c.createArrayOf("integer", trials.toArray()));
        take.setString(2, study);
        take.setString(3, study);
        take.setString(4, holder);
        try (ResultSet row = take.executeQuery()) {
          return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
      }
    });
  }

  @Override
  public void renew() {
    update(RENEW, holder);
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    update(FINISH, study, trial, holder, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    update(HAND_BACK, study, trial, holder);
  }

  @Override
  public List<Lease> of(String study) {
    return session.run(c -> {
      try (PreparedStatement select = c.prepareStatement(ALL)) {
        select.setString(1, study);
        try (ResultSet rows = select.executeQuery()) {
          return Lease.read(rows);
        }
      }
    });
  }

  @Override
  public Turn turn(String study) throws InterruptedException {
    thread.acquire();
    try {
      turns.run(c -> run(c, LOCK, study));
    } catch (RuntimeException e) {
      thread.release();
      throw e;
    }
    return () -> {
      try {
        turns.run(c -> run(c, UNLOCK, study));
      } finally {
        thread.release();
      }
    };
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
    turns.close();
  }
}
