package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// The leases of a holder in a table of a database, with rows of study, trial, holder, when it ends, and the seconds it took or null.
final class TableLeases implements Leases {

  /// How a database says it.
  ///
  /// @param table its name
  /// @param time an expression of the time in so many seconds
  /// @param trials an expression of rows (trial, place), of a parameter that is a JSON array
  record Dialect(String table, IntFunction<String> time, String trials) {

    private String end() {
      return time.apply(SECONDS);
    }

    /// Whether a row's lease holds. One that would hold for longer than any does was taken before the clock was put back; up to a lease's time of that is let pass, since clocks are put right by little all the time.
    private String holds(String row) {
      return "(" + row + ".seconds IS NULL AND " + row + ".ends BETWEEN " + time.apply(0) + " AND " + time.apply(2 * SECONDS) + ")";
    }
  }

  private record Taken(String study, int trial) {}

  private final Database database;
  private final Dialect sql;
  private final Turns turns;
  private final String holder;
  private final Set<Taken> taken = ConcurrentHashMap.newKeySet();

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
        "INSERT INTO " + sql.table + " (study, trial, holder, ends) SELECT ?, free.trial, ?, " + sql.end() + " FROM (SELECT t.trial FROM " + sql.trials + " LEFT JOIN " + sql.table + " l ON l.study = ? AND l.trial = t.trial"
            + " WHERE l.trial IS NULL OR (l.seconds IS NULL AND NOT " + sql.holds("l") + ") ORDER BY t.place LIMIT 1) AS free WHERE true"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends WHERE " + sql.table + ".seconds IS NULL AND NOT " + sql.holds(sql.table) + " RETURNING trial";
    OptionalInt trial = database.run(c -> {
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
    trial.ifPresent(t -> taken.add(new Taken(study, t)));
    return trial;
  }

  @Override
  public void renew() {
    Map<String, List<Integer>> studies = taken.stream().collect(Collectors.groupingBy(Taken::study, Collectors.mapping(Taken::trial, Collectors.toList())));
    studies.forEach((study, trials) ->
        database.update(
            "UPDATE " + sql.table + " SET ends = " + sql.end() + " WHERE holder = ? AND seconds IS NULL AND study = ? AND trial IN (SELECT trial FROM " + sql.trials + ")", holder, study, trials.toString()));
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    taken.remove(new Taken(study, trial));
    database.update(
        "INSERT INTO " + sql.table + " (study, trial, holder, ends, seconds) VALUES (?, ?, ?, " + sql.time.apply(0) + ", ?)"
            + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends, seconds = excluded.seconds WHERE " + sql.table + ".seconds IS NULL",
        study, trial, holder, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    taken.remove(new Taken(study, trial));
    database.updateNow("DELETE FROM " + sql.table + " WHERE study = ? AND trial = ? AND holder = ? AND seconds IS NULL", study, trial, holder);
  }

  @Override
  public List<Lease> of(String study) {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT trial, holder, " + sql.holds(sql.table) + ", seconds FROM " + sql.table + " WHERE study = ? ORDER BY trial")) {
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
