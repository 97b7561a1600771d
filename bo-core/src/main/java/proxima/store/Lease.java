package proxima.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// That a process works on a trial, or worked on it to its end.
///
/// @param isLive whether it still holds
/// @param seconds that the training took; empty before its end
public record Lease(int trial, String holder, boolean isLive, OptionalDouble seconds) {

  /// Rows of trial, holder, whether it still holds, seconds or null.
  static List<Lease> read(ResultSet rows) throws SQLException {
    List<Lease> leases = new ArrayList<>();
    while (rows.next()) {
      double seconds = rows.getDouble(4);
      OptionalDouble took = rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
      leases.add(new Lease(rows.getInt(1), rows.getString(2), rows.getBoolean(3), took));
    }
    return leases;
  }
}
