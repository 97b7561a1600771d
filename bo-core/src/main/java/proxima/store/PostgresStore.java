package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import proxima.study.EventJson;
import proxima.study.EventRows;
import proxima.study.JournalException;
import proxima.study.StudyEvent;

/// A store in a PostgreSQL database, for any number of hosts.
///
/// An event is one row, appended by one statement in a transaction of its own: it inserts only if the study ends where its writer believes, and of two
/// writers at once the primary key lets one in. What was appended outlives a crash of the server. Where a connection breaks before
/// its answer comes, the event's own id says whether it stands.
public final class PostgresStore implements Store {

  private static final String SELECT = "SELECT seq, payload, crc, id FROM proxima_event WHERE study = ? AND seq >= ? ORDER BY seq";
  private static final String INSERT =
      "INSERT INTO proxima_event (study, seq, id, payload, crc) SELECT v.* FROM (VALUES (?, ?, ?, ?, ?)) AS v (study, seq, id, payload, crc)"
          + " WHERE v.seq = (SELECT coalesce(max(e.seq) + 1, 0) FROM proxima_event e WHERE e.study = v.study) ON CONFLICT DO NOTHING";
  /// The column of an event's id in what SELECT gives.
  private static final int ID = 4;

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
    PostgresSession session = PostgresSession.open(server, true);
    try {
      PostgresSchema.bring(server, session);
      return new PostgresStore(server, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public List<StudyEvent> read(String study, int from) {
    return session.run(c -> {
      try (PreparedStatement select = c.prepareStatement(SELECT)) {
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
    return appendOrRead(study, expected, event).isEmpty();
  }

  /// In one message to the server and back, also where others were faster.
  @Override
  public Optional<List<StudyEvent>> appendOrRead(String study, int expected, StudyEvent event) {
    UUID id = new UUID(author, appends.incrementAndGet());
    String payload = EventJson.write(event);
    return session.run(c -> {
      try (PreparedStatement append = c.prepareStatement(INSERT + "; " + SELECT, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
        append.setString(1, study);
        append.setInt(2, expected);
        append.setObject(3, id);
        append.setString(4, payload);
        append.setInt(5, EventRows.checksum(study, expected, payload));
        append.setString(6, study);
        append.setInt(7, expected);
        append.execute();
        append.getMoreResults();
        try (ResultSet rows = append.getResultSet()) {
          if (!rows.next()) {
            throw new IllegalArgumentException("study '" + study + "' holds " + read(study, 0).size() + " events, not " + expected);
          }
          if (id.equals(rows.getObject(ID, UUID.class))) {
            return Optional.empty();
          }
          rows.beforeFirst();
          return Optional.of(EventRows.read(study, expected, rows, this::damaged));
        }
      }
    });
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
