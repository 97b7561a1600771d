package proxima.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import proxima.study.SqliteConnections;
import proxima.study.SqliteErrors;
import proxima.study.SqliteJournal;

/// A connection of its own to the tables of leases and runs in an SQLite file, made where they are missing, with the columns that older programs did not know. One thread at a time works with it.
final class SqliteTables implements Database {

  private static final int BUSY_MILLIS = 20_000;

  private final Path file;
  private final Connection connection;

  private SqliteTables(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// @param opened the file itself, or a copy of it
  static SqliteTables open(Path file, Path opened) {
    try {
      Connection connection = SqliteConnections.open(opened);
      try (Statement sql = connection.createStatement()) {
        sql.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
        make(sql);
        return new SqliteTables(file, connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  private static void make(Statement sql) throws SQLException {
    if (SqliteJournal.hasColumn(sql, "run", "crc")) {
      return;
    }
    sql.execute("BEGIN IMMEDIATE");
    sql.execute("CREATE TABLE IF NOT EXISTS lease (study TEXT NOT NULL, trial INTEGER NOT NULL, holder TEXT NOT NULL, ends REAL NOT NULL, seconds REAL, PRIMARY KEY (study, trial)) STRICT, WITHOUT ROWID");
    sql.execute("CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, description TEXT NOT NULL) STRICT");
    SqliteJournal.addColumn(sql, "run", "crc");
    sql.execute("COMMIT");
  }

  @Override
  public synchronized <T> T run(Work<T> work) {
    try {
      return work.with(connection);
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  @Override
  public <T> Optional<T> runNow(Work<T> work) {
    return Optional.of(run(work));
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }
}
