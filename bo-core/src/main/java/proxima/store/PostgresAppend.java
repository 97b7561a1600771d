package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import proxima.study.EventJson;
import proxima.study.EventRows;
import proxima.study.JournalException;
import proxima.study.StudyEvent;

/// An event's way into a study of a PostgreSQL store, over as many connections as it takes.
///
/// Whoever appends waits for those before it in the server's queue, reads what they appended, and adds its own event to that: two messages, however many append at once. The queue is a courtesy. What keeps two events from
/// one place is the primary key, and what tells whether an event stands whose answer was lost is its own id.
final class PostgresAppend {

  static final String SELECT = "SELECT seq, payload, crc, id FROM proxima_event WHERE study = ? AND seq >= ? ORDER BY seq";

  /// The column of an event's id in what SELECT gives.
  private static final int ID = 4;

  /// PRXA: what only appends lock, until their transaction ends.
  private static final int LETTERS = 0x50525841;
  private static final String QUEUE = "SELECT pg_advisory_xact_lock(" + LETTERS + ", hashtext(?))";
  private static final String INSERT =
      "INSERT INTO proxima_event (study, seq, id, payload, crc) SELECT v.* FROM (VALUES (?, ?, ?, ?, ?)) AS v (study, seq, id, payload, crc)"
          + " WHERE v.seq = (SELECT coalesce(max(e.seq) + 1, 0) FROM proxima_event e WHERE e.study = v.study) ON CONFLICT DO NOTHING";
  private static final String LENGTH = "SELECT count(*) FROM proxima_event WHERE study = ?";

  private final String study;
  private final Function<List<StudyEvent>, Optional<StudyEvent>> next;
  private final UUID id;
  private final Function<String, JournalException> damaged;
  private int seen;
  private Optional<StudyEvent> event = Optional.empty();

  /// @param known how many events of the study the caller knows
  /// @param next what follows from those and the others that it is given
  /// @param id that no other append has
  /// @param damaged the exception that tells of a fault
  PostgresAppend(String study, int known, Function<List<StudyEvent>, Optional<StudyEvent>> next, UUID id, Function<String, JournalException> damaged) {
    this.study = study;
    this.next = next;
    this.id = id;
    this.damaged = damaged;
    this.seen = known;
  }

  /// What was appended, if anything was. Where the connection breaks, it can be called again with another.
  /// @throws IllegalArgumentException if the study holds fewer events than are known
  Optional<StudyEvent> with(Connection c) throws SQLException {
    c.setAutoCommit(false);
    try {
      while (!stands(c) && event.isPresent() && !isWritten(c, event.get())) {
        checkLength(c);
      }
      return event;
    } finally {
      c.rollback();
      c.setAutoCommit(true);
    }
  }

  /// Whether the event is there since an earlier connection; otherwise, in its turn, takes in what others have appended.
  private boolean stands(Connection c) throws SQLException {
    try (PreparedStatement sql = c.prepareStatement(QUEUE + "; " + SELECT, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      sql.setString(1, study);
      sql.setString(2, study);
      sql.setInt(3, seen);
      sql.execute();
      sql.getMoreResults();
      try (ResultSet rows = sql.getResultSet()) {
        if (rows.next() && id.equals(rows.getObject(ID, UUID.class))) {
          return true;
        }
        rows.beforeFirst();
        List<StudyEvent> others = EventRows.read(study, seen, rows, damaged);
        event = next.apply(others);
        seen += others.size();
        return false;
      }
    }
  }

  /// False where someone who did not wait in the queue was faster.
  private boolean isWritten(Connection c, StudyEvent event) throws SQLException {
    String payload = EventJson.write(event);
    try (PreparedStatement sql = c.prepareStatement(INSERT + "; COMMIT")) {
      sql.setString(1, study);
      sql.setInt(2, seen);
      sql.setObject(3, id);
      sql.setString(4, payload);
      sql.setInt(5, EventRows.checksum(study, seen, payload));
      sql.execute();
      return sql.getUpdateCount() == 1;
    }
  }

  private void checkLength(Connection c) throws SQLException {
    try (PreparedStatement sql = c.prepareStatement(LENGTH)) {
      sql.setString(1, study);
      try (ResultSet row = sql.executeQuery()) {
        if (row.next() && row.getInt(1) < seen) {
          throw new IllegalArgumentException("study '" + study + "' holds " + row.getInt(1) + " events, not " + seen);
        }
      }
    }
  }
}
