package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import proxima.study.EventRows;
import proxima.study.JournalException;
import proxima.study.StudyEvent;

/// A store in a PostgreSQL database, for any number of hosts.
///
/// An event is one row, appended in a transaction of its own. What was appended outlives a crash of the server.
public final class PostgresStore implements Store {

  /// By the server's clock.
  private static final TableLeases.Dialect LEASES =
      new TableLeases.Dialect(
          "proxima_lease", seconds -> "clock_timestamp() + make_interval(secs => " + seconds + ")",
          "(SELECT value::integer AS trial, place FROM json_array_elements_text(?::json) WITH ORDINALITY AS j (value, place)) AS t");

  private final PostgresServer server;
  private final PostgresSession session;
  private final Runs runs;
  // Half of the ids of this object's appends; the other half counts them.
  private final long author = UUID.randomUUID().getMostSignificantBits();
  private final AtomicLong appends = new AtomicLong();

  private PostgresStore(PostgresServer server, PostgresSession session) {
    this.server = server;
    this.session = session;
    this.runs = new Runs(session, "proxima_run", this::damaged);
  }

  /// @throws JournalException if the server cannot be reached, lets nobody in, or has tables of a newer version
  static PostgresStore open(PostgresServer server) {
    return open(server, PostgresSession.open(server, true), true);
  }

  /// The same, to be read.
  /// @throws JournalException if it has no tables, too
  static PostgresStore openToRead(PostgresServer server) {
    return open(server, PostgresSession.open(server, true), false);
  }

  /// The same, where a server that cannot be reached is waited for.
  static PostgresStore awaitToRead(PostgresServer server) {
    return open(server, PostgresSession.later(server, true), false);
  }

  private static PostgresStore open(PostgresServer server, PostgresSession session, boolean makes) {
    try {
      PostgresSchema.bring(server, session, makes);
      return new PostgresStore(server, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public List<StudyEvent> read(String study, int from) {
    return session.run(c -> {
      try (PreparedStatement select = c.prepareStatement(PostgresAppend.SELECT)) {
        select.setString(1, study);
        select.setInt(2, from);
        try (ResultSet rows = select.executeQuery()) {
          return EventRows.read(study, from, rows, this::damaged);
        }
      }
    });
  }

  private JournalException damaged(String fault) {
    return new JournalException("store " + server + " is damaged (" + fault + "); nothing was changed: restore its tables from a copy");
  }

  @Override
  public boolean append(String study, int expected, StudyEvent event) {
    return append(study, expected, others -> others.isEmpty() ? Optional.of(event) : Optional.empty()).isPresent();
  }

  @Override
  public Optional<StudyEvent> append(String study, int known, Function<List<StudyEvent>, Optional<StudyEvent>> next) {
    return session.run(new PostgresAppend(study, known, next, new UUID(author, appends.incrementAndGet()), this::damaged)::with);
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Leases leases(String holder) {
    // Leases need not outlive a crash of the server, and wait for no disk. A process that only looks takes no turn, and needs no connection for it.
    return new TableLeases(PostgresSession.open(server, false), LEASES, new PostgresTurns(PostgresSession.later(server, false)), holder);
  }

  @Override
  public void close() {
    session.close();
  }
}
