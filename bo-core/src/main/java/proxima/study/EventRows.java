package proxima.study;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Events as a database keeps them: rows of sequence number, JSON text, and checksum. Those that were written before there were checksums have none, and stand before all that have one.
public final class EventRows {

  private EventRows() {}

  /// What stands beside an event, to tell whether it is still what was written, and where.
  public static int checksum(String study, int seq, String text) {
    return Checksum.of(study, Integer.toString(seq), text);
  }

  /// The events of a study from sequence number `from` on.
  ///
  /// @param rows of sequence number, text, and checksum or null, in order
  /// @param damaged the exception that tells of a fault
  public static List<StudyEvent> read(String study, int from, ResultSet rows, Function<String, JournalException> damaged) throws SQLException {
    List<StudyEvent> events = new ArrayList<>();
    boolean isChecked = false;
    while (rows.next()) {
      int seq = rows.getInt(1);
      if (seq != from + events.size()) {
        throw damaged.apply("study '" + study + "' has no event " + (from + events.size()) + " but has event " + seq);
      }
      String where = "study '" + study + "', event " + seq + ": ";
      String text = rows.getString(2);
      int written = rows.getInt(3);
      if (rows.wasNull() ? isChecked : written != checksum(study, seq, text)) {
        throw damaged.apply(where + "it is not what was written, as its checksum shows");
      }
      isChecked = !rows.wasNull();
      try {
        events.add(EventJson.read(text));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw damaged.apply(where + e.getMessage());
      }
    }
    return events;
  }
}
