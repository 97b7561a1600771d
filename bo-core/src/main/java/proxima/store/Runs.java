package proxima.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The descriptions of a store's runs, by name. Safe for several threads.
public final class Runs {

  private final Database database;
  private final String table;

  /// @param table its name, with columns name and description
  Runs(Database database, String table) {
    this.database = database;
    this.table = table;
  }

  /// Empty where there is no such run.
  public Optional<String> description(String run) {
    return database.run(c -> {
      try (PreparedStatement select = c.prepareStatement("SELECT description FROM " + table + " WHERE name = ?")) {
        select.setString(1, run);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
      }
    });
  }

  /// False, with nothing changed, if there is another description of that run. The same again changes nothing.
  public boolean describe(String run, String description) {
    int inserted = database.update("INSERT INTO " + table + " (name, description) VALUES (?, ?) ON CONFLICT DO NOTHING", run, description);
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
