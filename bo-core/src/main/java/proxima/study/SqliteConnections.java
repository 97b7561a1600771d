package proxima.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;

/// Connections to SQLite files.
///
/// The driver copies its native library to the temporary directory, and deletes it when the process ends: 1 MB would stay of each that is killed. So it is
/// loaded from a folder of its own, which is deleted as soon as it is loaded.
public final class SqliteConnections {

  // Read by the driver when it loads its library.
  private static final String FOLDER = "org.sqlite.tmpdir";

  static {
    load();
  }

  private SqliteConnections() {}

  /// @param file made where there is none
  public static Connection open(Path file) throws SQLException {
    return open(file, "");
  }

  /// To a file that nothing is written to.
  public static Connection openToRead(Path file) throws SQLException {
    return open(file, "?mode=ro");
  }

  /// The URI form: a plain path would end at its first question mark.
  private static Connection open(Path file, String options) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + options);
  }

  /// Where this fails the driver tries by itself, with the first connection, and says what is wrong.
  private static void load() {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("proxima-sqlite-");
      try {
        System.setProperty(FOLDER, folder.toString());
        SQLiteJDBCLoader.initialize();
      } finally {
        System.clearProperty(FOLDER);
        delete(folder);
      }
    } catch (Exception _) {
      // `initialize` declares no narrower one.
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
