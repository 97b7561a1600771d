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
/// One statement in a transaction of its own inserts the event if the study ends where its writer believes, and of several writers at once the primary key lets one in; the others are told by the same message what came before
/// them, and try again. Nobody waits for a writer that is slow, or gone. Where a connection breaks before the answer comes, the event's own id says whether it stands.
final class PostgresAppend {

  static final String SELECT = "SELECT seq, payload, crc, id FROM proxima_event WHERE study = ? AND seq >= ? ORDER BY seq";

  /// The column of an event's id in what SELECT gives.
  private static final int ID = 4;

  private static final String INSERT =
      "INSERT INTO proxima_event (study, seq, id, payload, crc) SELECT v.* FROM (VALUES (?, ?, ?, ?, ?)) AS v (study, seq, id, payload, crc)"
          + " WHERE v.seq = (SELECT coalesce(max(e.seq) + 1, 0) FROM proxima_event e WHERE e.study = v.study) ON CONFLICT DO NOTHING";
  private static final String LENGTH = "SELECT count(*) FROM proxima_event WHERE study = ?";

  private final String study;
  private final Function<List<StudyEvent>, Optional<StudyEvent>> next;
  private final UUID id;
  private final Function<String, JournalException> damaged;
  private int seen;
  private Optional<StudyEvent> event;

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
    this.event = next.apply(List.of());
  }

  /// What was appended, if anything was. Where the connection breaks, it can be called again with another.
  /// @throws IllegalArgumentException if the study holds fewer events than are known
  Optional<StudyEvent> with(Connection c) throws SQLException {
    while (event.isPresent()) {
      Optional<List<StudyEvent>> others = others(c, event.get());
      if (others.isEmpty()) {
        return event;
      }
      event = next.apply(others.get());
      seen += others.get().size();
    }
    return event;
  }

  /// Empty where the event stands.
  private Optional<List<StudyEvent>> others(Connection c, StudyEvent event) throws SQLException {
    String payload = EventJson.write(event);
    try (PreparedStatement sql = c.prepareStatement(INSERT + "; " + SELECT, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      sql.setString(1, study);
      sql.setInt(2, seen);
      sql.setObject(3, id);
      sql.setString(4, payload);
      sql.setInt(5, EventRows.checksum(study, seen, payload));
      sql.setString(6, study);
      sql.setInt(7, seen);
      sql.execute();
      sql.getMoreResults();
      try (ResultSet rows = sql.getResultSet()) {
        if (!rows.next()) {
          throw new IllegalArgumentException("study '" + study + "' holds " + length(c) + " events, not " + seen);
        }
        if (id.equals(rows.getObject(ID, UUID.class))) {
          return Optional.empty();
        }
        rows.beforeFirst();
        return Optional.of(EventRows.read(study, seen, rows, damaged));
      }
    }
  }

  private int length(Connection c) throws SQLException {
    try (PreparedStatement sql = c.prepareStatement(LENGTH)) {
      sql.setString(1, study);
      try (ResultSet row = sql.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
