package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.OptionalInt;

/// The leases of a holder in a table of a database, with rows of study, trial, holder, when it ends, and the seconds it took or null.
final class TableLeases implements Leases {

  /// How a database says it.
  ///
  /// @param table its name
  /// @param now an expression of the time
  /// @param end an expression of when a lease ends that is taken now
  /// @param trials an expression of rows (trial, place), of a parameter that is a JSON array
  record Dialect(String table, String now, String end, String trials) {}

  private final Database database;
  private final Dialect sql;
  private final Turns turns;
  private final String holder;

  TableLeases(Database database, Dialect sql, Turns turns, String holder) {
    this.database = database;
    this.sql = sql;
    this.turns = turns;
    this.holder = holder;
  }

  /// What was free a moment ago may have been taken since: then the conflict's condition does not hold, and nothing is taken.
  @Override
  public OptionalInt takeAny(String study, List<Integer> numbers) {
    String text =
        "INSERT INTO " + sql.table + " (study, trial, holder, ends) SELECT ?, free.trial, ?, " + sql.end + " FROM (SELECT t.trial FROM " + sql.trials + " LEFT JOIN " + sql.table + " l ON l.study = ? AND l.trial = t.trial"
            + " WHERE l.trial IS NULL OR (l.seconds IS NULL AND l.ends < " + sql.now + ") ORDER BY t.place LIMIT 1) AS free WHERE true"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends WHERE " + sql.table + ".seconds IS NULL AND " + sql.table + ".ends < " + sql.now + " RETURNING trial";
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

  @Override
  public void renew() {
    database.update("UPDATE " + sql.table + " SET ends = " + sql.end + " WHERE holder = ? AND seconds IS NULL", holder);
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    database.update(
        "INSERT INTO " + sql.table + " (study, trial, holder, ends, seconds) VALUES (?, ?, ?, " + sql.now + ", ?)"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends, seconds = excluded.seconds WHERE " + sql.table + ".seconds IS NULL",
        study, trial, holder, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    database.update("DELETE FROM " + sql.table + " WHERE study = ? AND trial = ? AND holder = ? AND seconds IS NULL", study, trial, holder);
  }

  @Override
  public List<Lease> of(String study) {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT trial, holder, seconds IS NULL AND ends >= " + sql.now + ", seconds FROM " + sql.table + " WHERE study = ? ORDER BY trial")) {
        select.setString(1, study);
        try (ResultSet rows = select.executeQuery()) {
          return Lease.read(rows);
        }
      }
    });
  }

  @Override
  public Turn turn(String study) throws InterruptedException {
    return turns.take(study);
  }

  @Override
  public void close() {
    database.close();
    turns.close();
  }
}
