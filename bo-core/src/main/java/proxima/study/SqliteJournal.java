package proxima.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;

/// A journal in one SQLite file, which holds any number of studies and which several processes of one machine may write at once.
///
/// One table holds one row for each event: study, sequence number, JSON text. An append is a single statement that inserts only if the study ends
/// where its writer believes; SQLite takes the write lock before that statement reads, so no event is lost or stands twice.
///
/// The file is in write-ahead mode, so beside `x.db` lie `x.db-wal` and `x.db-shm` while it is open and after a crash: they belong to it, and are
/// copied and moved with it. Every event outlives a killed process. Every outcome is flushed to the disk (`synchronous=FULL`) with all events before it,
/// and outlives a power cut; an ask or a report of the last moments (`synchronous=NORMAL`) may not, and is made again.
/// Write-ahead mode needs a local disk; it does not work over a network file system.
public final class SqliteJournal implements Journal {

  // Not set by other programs: tells a journal from any other SQLite file. The letters PRXM.
  private static final int APPLICATION_ID = 0x5052584d;
  private static final int SCHEMA_VERSION = 1;
  private static final int BUSY_MILLIS = 20_000;
  private static final String WRITE_AHEAD = "-wal";
  private static final String COPY = "copy.db";

  // Prepared for each call: the driver closes a statement that fails, and a journal outlives a full disk.
  private static final String SELECT = "SELECT seq, payload FROM event WHERE study = ? AND seq >= ? ORDER BY seq";
  private static final String LENGTH = "SELECT coalesce(max(seq) + 1, 0) FROM event WHERE study = ?";
  private static final String INSERT =
      "INSERT INTO event (study, seq, payload) SELECT ?1, ?2, ?3 WHERE ?2 = (SELECT coalesce(max(seq) + 1, 0) FROM event WHERE study = ?1)";

  private final Path file;
  private final Connection connection;
  private final Optional<Path> scratch; // the folder of a copy

  private SqliteJournal(Path file, Connection connection, Optional<Path> scratch) {
    this.file = file;
    this.connection = connection;
    this.scratch = scratch;
  }

  /// The journal in this file, which is created where there is none.
  /// @throws JournalException if the file is no journal, is damaged, or cannot be read and written
  public static SqliteJournal open(Path file) {
    return open(file, BUSY_MILLIS, Integer.MAX_VALUE);
  }

  /// The journal in this file, to be read. Where nothing can be written to it or beside it, as on a read-only file system, what is read is a copy, as SQLite writes beside a file in write-ahead mode
  /// even to read it.
  /// @throws JournalException if the file is no journal, is damaged, or cannot be read
  public static SqliteJournal openToRead(Path file) {
    return SqliteErrors.isReadOnly(file) ? copy(file) : open(file);
  }

  /// A copy of a journal as it is now, with what lies in its `-wal`; `close` deletes it.
  static SqliteJournal copy(Path file) {
    try {
      Path folder = Files.createTempDirectory("proxima-journal");
      for (String suffix : List.of("", WRITE_AHEAD)) {
        Path from = file.resolveSibling(file.getFileName() + suffix);
        if (Files.exists(from)) {
          Files.write(folder.resolve(COPY + suffix), Files.readAllBytes(from));
        }
      }
      try {
        return open(file, folder.resolve(COPY), BUSY_MILLIS, Integer.MAX_VALUE, Optional.of(folder));
      } catch (JournalException e) {
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException("journal " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// @param maxPages the size, in pages, at which SQLite takes the disk to be full
  static SqliteJournal open(Path file, int busyMillis, int maxPages) {
    SqliteErrors.checkPath(file);
    return open(file, file, busyMillis, maxPages, Optional.empty());
  }

  /// @param opened the file itself, or a copy of it
  private static SqliteJournal open(Path file, Path opened, int busyMillis, int maxPages, Optional<Path> scratch) {
    try {
      // The URI form: a plain path would end at its first question mark.
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + opened.toUri());
      try {
        prepare(file, connection, busyMillis, maxPages);
        return new SqliteJournal(file, connection, scratch);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  private static void prepare(Path file, Connection connection, int busyMillis, int maxPages) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA busy_timeout = " + busyMillis);
      // In this order: where another process creates the table in between, the id is read as set.
      boolean empty = number(sql, "SELECT count(*) FROM sqlite_schema") == 0;
      int id = number(sql, "PRAGMA application_id");
      if (id != APPLICATION_ID && !(id == 0 && empty)) {
        throw new JournalException("journal " + file + " is a SQLite database of another program; give another path");
      }
      int version = number(sql, "PRAGMA user_version");
      if (version > SCHEMA_VERSION) {
        throw new JournalException("journal " + file + " has version " + version + ", and this program reads version " + SCHEMA_VERSION + "; use the program that wrote it, or a newer one");
      }
      String fault = text(sql, "PRAGMA quick_check(1)");
      if (!fault.equals("ok")) {
        throw SqliteErrors.damaged(file, fault.lines().reduce("", (_, line) -> line));
      }
      writeAhead(file, sql);
      sql.execute("PRAGMA max_page_count = " + maxPages);
      if (id == APPLICATION_ID) {
        return;
      }
      sql.execute("BEGIN IMMEDIATE");
      sql.execute("CREATE TABLE IF NOT EXISTS event (study TEXT NOT NULL, seq INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (study, seq)) STRICT, WITHOUT ROWID");
      sql.execute("PRAGMA application_id = " + APPLICATION_ID);
      sql.execute("PRAGMA user_version = " + SCHEMA_VERSION);
      sql.execute("COMMIT");
    }
  }

  // The change to write-ahead mode does not wait for other openers as statements do: SQLite answers "busy" at once.
  private static void writeAhead(Path file, Statement sql) throws SQLException {
    for (int attempt = 0; ; attempt++) {
      try {
        String mode = text(sql, "PRAGMA journal_mode = WAL");
        if (!mode.equals("wal")) {
          throw new JournalException("journal " + file + " cannot use write-ahead mode, only '" + mode + "'; put it on a local disk");
        }
        return;
      } catch (SQLException e) {
        if (SqliteErrors.code(e) != SQLiteErrorCode.SQLITE_BUSY || attempt == 100) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The names of the studies, sorted.
  public synchronized List<String> studies() {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT study FROM event WHERE seq = 0 ORDER BY study")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  @Override
  public synchronized List<StudyEvent> read(String study, int from) {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, study);
      select.setInt(2, from);
      List<StudyEvent> events = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          int seq = rows.getInt(1);
          if (seq != from + events.size()) {
            throw SqliteErrors.damaged(file, "study '" + study + "' has no event " + (from + events.size()) + " but has event " + seq);
          }
          events.add(event(study, seq, rows.getString(2)));
        }
      }
      return events;
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  private StudyEvent event(String study, int seq, String payload) {
    try {
      return EventJson.read(payload);
    } catch (IllegalArgumentException e) {
      throw SqliteErrors.damaged(file, "study '" + study + "', event " + seq + ": " + e.getMessage());
    }
  }

  @Override
  public synchronized boolean append(String study, int expected, StudyEvent event) {
    try (Statement flush = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      flush.execute("PRAGMA synchronous = " + (isOutcome(event) ? "FULL" : "NORMAL"));
      insert.setString(1, study);
      insert.setInt(2, expected);
      insert.setString(3, EventJson.write(event));
      if (insert.executeUpdate() == 1) {
        return true;
      }
      int there = length(study);
      if (there < expected) {
        throw new IllegalArgumentException("study '" + study + "' holds " + there + " events, not " + expected);
      }
      return false;
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  private static boolean isOutcome(StudyEvent event) {
    return switch (event) {
      case StudyEvent.Told _, StudyEvent.Added _ -> true;
      case StudyEvent.Created _, StudyEvent.Asked _, StudyEvent.Reported _ -> false;
    };
  }

  private int length(String study) throws SQLException {
    try (PreparedStatement length = connection.prepareStatement(LENGTH)) {
      length.setString(1, study);
      try (ResultSet row = length.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
      if (scratch.isPresent()) {
        delete(scratch.get());
      }
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    } catch (IOException e) {
      throw new JournalException("the copy of a journal in " + scratch.orElseThrow() + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static int number(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String text(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
