package proxima.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's errors mean for a journal, in one line each.
public final class SqliteErrors {

  private SqliteErrors() {}

  /// What can be said better before SQLite tries.
  static void checkPath(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new JournalException("journal " + file + " is a directory; give the path of a file");
    }
    if (directory != null && !Files.isDirectory(directory)) {
      throw new JournalException("journal " + file + " cannot be opened: there is no directory " + directory + "; create it");
    }
    if (directory != null && !Files.isWritable(directory)) {
      throw new JournalException("journal " + file + " cannot be written: the directory " + directory + " is read-only; give write permission or another path");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new JournalException("journal " + file + " cannot be written: the file is read-only; give write permission or another path");
    }
  }

  public static JournalException damaged(Path file, String fault) {
    return new JournalException(
        "journal " + file + " is damaged (" + fault + "); nothing was changed: restore it from a copy, or save what is left with: sqlite3 " + file + " .recover");
  }

  public static JournalException exception(Path file, SQLException e) {
    String message = e.getMessage() == null ? "no message" : e.getMessage().lines().findFirst().orElse("");
    return switch (code(e)) {
      case SQLITE_NOTADB -> new JournalException("journal " + file + " is not a SQLite database; give another path, or restore the file from a copy", e);
      case SQLITE_CORRUPT -> damaged(file, "database disk image is malformed");
      case SQLITE_FULL -> new JournalException("journal " + file + " cannot grow: the disk is full; free space and go on, all that was told before is kept", e);
      case SQLITE_READONLY -> new JournalException("journal " + file + " cannot be written: it is read-only; give write permission or another path", e);
      case SQLITE_CANTOPEN -> new JournalException("journal " + file + " cannot be opened; see that its directory exists and can be written", e);
      case SQLITE_BUSY, SQLITE_LOCKED -> new JournalException("journal " + file + " is locked by another process; end that process and go on", e);
      case SQLITE_IOERR -> new JournalException("journal " + file + " cannot be read or written (" + message + "); see to the disk and go on, all that was told before is kept", e);
      // The program's statements are the same for every file: what is wrong is in the file.
      case SQLITE_ERROR, SQLITE_SCHEMA -> damaged(file, message.replaceFirst("^\\[SQLITE_ERROR\\] SQL error or missing database ", "").replaceFirst("^\\((.*)\\)$", "$1"));
      default -> new JournalException("journal " + file + " cannot be used (" + message + "); nothing was changed: restore it from a copy, or give another path", e);
    };
  }

  /// The primary code: SQLite's extended codes keep it in their low byte.
  static SQLiteErrorCode code(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      int primary = sqlite.getResultCode().code & 0xff;
      for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
        if (code.code == primary) {
          return code;
        }
      }
    }
    return SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
