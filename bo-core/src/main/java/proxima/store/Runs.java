package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import proxima.study.Checksum;
import proxima.study.JournalException;

/// The descriptions of a store's runs, by name. Safe for several threads.
public final class Runs {

  private final Database database;
  private final String table;
  private final Function<String, JournalException> damaged;

  /// @param table its name, with columns name, description, and the checksum of both or null
  /// @param damaged the exception that tells of a fault
  Runs(Database database, String table, Function<String, JournalException> damaged) {
    this.database = database;
    this.table = table;
    this.damaged = damaged;
  }

  /// Empty where there is no such run.
  /// @throws JournalException if it is not what was written
  public Optional<String> description(String run) {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT description, crc FROM " + table + " WHERE name = ?")) {
        select.setString(1, run);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return Optional.empty();
          }
          String description = row.getString(1);
          if (row.getInt(2) != Checksum.of(run, description) && !row.wasNull()) {
            throw damaged.apply("the description of run '" + run + "' is not what was written, as its checksum shows");
          }
          return Optional.of(description);
        }
      }
    });
  }

  /// False, with nothing changed, if there is another description of that run. The same again changes nothing.
  public boolean describe(String run, String description) {
    int inserted = database.update("INSERT INTO " + table + " (name, description, crc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", run, description, Checksum.of(run, description));
    return inserted == 1 || description(run).equals(Optional.of(description));
  }

  /// Sorted.
  public List<String> names() {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT name FROM " + table + " ORDER BY name");
          ResultSet rows = select.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    });
  }
}
