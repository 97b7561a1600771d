package proxima.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
public final class Postgres {

  private static @Nullable EmbeddedPostgres server;

  private Postgres() {}

  /// The name of a store with no tables yet: a database of its own.
  public static String store() {
    String name = "proxima_" + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE DATABASE " + name);
    return name(name);
  }

  private static String name(String database) {
    return given().map(url -> url.replaceFirst("/[^/]*$", "/" + database)).orElseGet(() -> "postgresql://postgres@localhost:" + started().getPort() + "/" + database);
  }

  private static Optional<String> given() {
    return Optional.ofNullable(System.getenv("PROXIMA_TEST_STORE"));
  }

  /// Runs a statement in the database that every server has.
  public static void execute(String sql) {
    execute(given().orElseGet(() -> name("postgres")), sql);
  }

  /// Runs a statement in a store's database.
  public static void execute(String store, String sql) {
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

  private static EmbeddedPostgres start() {
    try {
      return start(Files.createTempDirectory("proxima-postgres"), 0, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A server of its own, to be killed and started again.
  /// @param port 0 for a free one
  /// @param isKept whether the database stays in its folder when the server is closed
  public static EmbeddedPostgres start(Path folder, int port, boolean isKept) {
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(!isKept);
      // On, as every server has it: that what was told is kept is what is tested.
      builder.setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on").setServerConfig("max_connections", "200");
      return (port == 0 ? builder : builder.setPort(port)).start();
    } catch (IOException | RuntimeException e) {
      String text = "no PostgreSQL: PROXIMA_TEST_STORE is not set, and none can be started here: " + e.getMessage();
      System.err.println("SKIPPED: " + text);
      throw new TestAbortedException(text, e);
    }
  }
}
