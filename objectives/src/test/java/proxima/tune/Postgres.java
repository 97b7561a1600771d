package proxima.tune;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// The PostgreSQL server of tests: the one that PROXIMA_TEST_STORE names, as `postgresql://USER@HOST:PORT/DATABASE`, or else one that is started here, with the binaries of this machine.
/// Where neither works the tests that need one are skipped, and say why.
final class Postgres {

  private static @Nullable EmbeddedPostgres server;

  private Postgres() {}

  /// The name of a store with no tables yet: a database of its own.
  static String store() {
    String first = Optional.ofNullable(System.getenv("PROXIMA_TEST_STORE")).orElseGet(() -> "postgresql://postgres@localhost:" + started().getPort() + "/postgres");
    String database = "proxima_" + UUID.randomUUID().toString().replace("-", "");
    execute(first, "CREATE DATABASE " + database);
    return first.replaceFirst("/[^/]*$", "/" + database);
  }

  /// Runs statements in a store's database.
  static void execute(String store, String sql) {
    try (Connection c = DriverManager.getConnection("jdbc:" + store.replaceFirst("//([^@]*)@", "//") + "?user=" + store.replaceFirst("^[^:]*://([^@]*)@.*", "$1"));
        Statement s = c.createStatement()) {
      s.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  private static synchronized EmbeddedPostgres started() {
    EmbeddedPostgres there = server;
    if (there == null) {
      there = start();
      server = there;
    }
    return there;
  }

  /// A server of its own, to be stopped.
  static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setDataDirectory(Files.createTempDirectory("proxima-postgres")).start();
    } catch (IOException | RuntimeException e) {
      String text = "no PostgreSQL: PROXIMA_TEST_STORE is not set, and none can be started here: " + e.getMessage();
      System.err.println("SKIPPED: " + text);
      throw new TestAbortedException(text, e);
    }
  }
}
