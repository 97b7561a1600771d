package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.OptionalInt;

/// The leases of a holder, as rows of study, trial, holder, when it ends, and the seconds it took or null.
///
/// @param table its name
/// @param now an expression of the time
/// @param end an expression of when a lease ends that is taken now
/// @param trials an expression of rows (trial, place), of a parameter that is a JSON array
record LeaseTable(Database database, String table, String now, String end, String trials, String holder) {

  /// What was free a moment ago may have been taken since: then the conflict's condition does not hold, and nothing is taken.
  OptionalInt takeAny(String study, List<Integer> numbers) {
    String text =
        "INSERT INTO " + table + " (study, trial, holder, ends) SELECT ?, free.trial, ?, " + end + " FROM (SELECT t.trial FROM " + trials + " LEFT JOIN " + table + " l ON l.study = ? AND l.trial = t.trial"
            + " WHERE l.trial IS NULL OR (l.seconds IS NULL AND l.ends < " + now + ") ORDER BY t.place LIMIT 1) AS free WHERE true"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends WHERE " + table + ".seconds IS NULL AND " + table + ".ends < " + now + " RETURNING trial";
    return database.run(c -> {
      try (PreparedStatement take = c.prepareStatement(text)) {
        take.setString(1, study);
        take.setString(2, holder);
        take.setString(3, numbers.toString());
        take.setString(4, study);
        try (ResultSet row = take.executeQuery()) {
          return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
      }
    });
  }

  void renew() {
    database.update("UPDATE " + table + " SET ends = " + end + " WHERE holder = ? AND seconds IS NULL", holder);
  }

  void finish(String study, int trial, double seconds) {
    database.update(
        "INSERT INTO " + table + " (study, trial, holder, ends, seconds) VALUES (?, ?, ?, " + now + ", ?)"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends, seconds = excluded.seconds WHERE " + table + ".seconds IS NULL",
        study, trial, holder, seconds);
  }

  void handBack(String study, int trial) {
    database.update("DELETE FROM " + table + " WHERE study = ? AND trial = ? AND holder = ? AND seconds IS NULL", study, trial, holder);
  }

  List<Lease> of(String study) {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT trial, holder, seconds IS NULL AND ends >= " + now + ", seconds FROM " + table + " WHERE study = ? ORDER BY trial")) {
        select.setString(1, study);
        try (ResultSet rows = select.executeQuery()) {
          return Lease.read(rows);
        }
      }
    });
  }
}
