package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/// Leases in a PostgreSQL database, by its server's clock. They need not outlive a crash of the server, and wait for no disk.
final class PostgresLeases implements Leases {

  // The letters PRXM and a study: what nobody else locks.
  private static final String LOCK = "SELECT pg_advisory_lock(" + 0x5052584d + ", hashtext(?))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(" + 0x5052584d + ", hashtext(?))";

  private final PostgresSession session;
  private final LeaseTable table;
  // Turns wait for each other in the server, on a connection of their own; there the same connection may lock twice, so that threads wait here.
  private final PostgresSession turns;
  private final Semaphore thread = new Semaphore(1);

  PostgresLeases(PostgresServer server, String holder) {
    this.session = PostgresSession.open(server, false);
    String end = "clock_timestamp() + make_interval(secs => " + SECONDS + ")";
    this.table = new LeaseTable(session, "proxima_lease", "clock_timestamp()", end, "(SELECT value::integer AS trial, place FROM json_array_elements_text(?::json) WITH ORDINALITY AS j (value, place)) AS t", holder);
    this.turns = PostgresSession.open(server, false);
  }

  @Override
  public OptionalInt takeAny(String study, List<Integer> trials) {
    return table.takeAny(study, trials);
  }

  @Override
  public void renew() {
    table.renew();
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    table.finish(study, trial, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    table.handBack(study, trial);
  }

  @Override
  public List<Lease> of(String study) {
    return table.of(study);
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
