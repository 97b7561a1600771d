package proxima.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import proxima.study.JournalException;

/// The tables of a store, and how those of older versions become them: by the scripts `1.sql`, `2.sql` and so on, each of which makes of one version the next.
/// No script that was ever released is changed.
final class PostgresSchema {

  static final int VERSION = 3;

  /// PRXM: what nobody else locks.
  static final int LETTERS = 0x5052584d;

  private PostgresSchema() {}

  /// Brings the tables to this program's version, where they are older or there are none; all in one transaction, by one process at a time.
  /// @param makes whether to; who only looks leaves older ones to the programs that work with them
  /// @throws JournalException if they are newer, or are not this program's and may not be made so
  static void bring(PostgresServer server, PostgresSession session, boolean makes) {
    session.run(c -> {
      int before = version(c);
      if (before == VERSION) {
        return VERSION;
      }
      if (before == 0 && !makes) {
        throw new JournalException("store " + server + " holds nothing yet; see that this is its name, or begin a run in it with ./proxima tune");
      }
      if (before < VERSION && !makes) {
        throw new JournalException("store " + server + " has version " + before + ", and this program reads version " + VERSION + "; look with the program that works in it, or bring it up to date by ./proxima tune or resume of this one");
      }
      // Locked before the transaction begins: one that had begun would go on to see the catalogue in which it found no tables.
      lock(c, "pg_advisory_lock");
      c.setAutoCommit(false);
      try (Statement sql = c.createStatement()) {
        int there = version(c);
        if (there > VERSION) {
          throw new JournalException("store " + server + " has version " + there + ", and this program reads versions up to " + VERSION + "; use the program that wrote it, or a newer one");
        }
        for (int v = there + 1; v <= VERSION; v++) {
          sql.execute(script(v));
        }
        sql.execute("CREATE TABLE IF NOT EXISTS proxima_schema (version integer NOT NULL)");
        sql.execute("DELETE FROM proxima_schema");
        sql.execute("INSERT INTO proxima_schema VALUES (" + VERSION + ")");
        c.commit();
        return VERSION;
      } finally {
        c.rollback();
        c.setAutoCommit(true);
        lock(c, "pg_advisory_unlock");
      }
    });
  }

  private static void lock(Connection c, String function) throws SQLException {
    try (Statement sql = c.createStatement()) {
      sql.execute("SELECT " + function + "(" + LETTERS + ")");
    }
  }

  /// 0 where there are no tables.
  private static int version(Connection c) throws SQLException {
    try (Statement sql = c.createStatement()) {
      if (!isTrue(sql, "SELECT to_regclass('proxima_schema') IS NOT NULL")) {
        return 0;
      }
      try (ResultSet row = sql.executeQuery("SELECT coalesce(max(version), 0) FROM proxima_schema")) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static boolean isTrue(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  static String script(int version) {
    try (InputStream in = PostgresSchema.class.getResourceAsStream(version + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("there is no script " + version + ".sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
