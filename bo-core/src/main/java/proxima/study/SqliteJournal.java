package proxima.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/// A journal in one SQLite file, which holds any number of studies and which several processes of one machine may write at once.
///
/// One table holds one row for each event: study, sequence number, JSON text, checksum. An append is a single statement that inserts only if the study ends
/// where its writer believes; SQLite takes the write lock before that statement reads, so no event is lost or stands twice.
///
/// The file is in write-ahead mode, so beside `x.db` lie `x.db-wal` and `x.db-shm` while it is open and after a crash: they belong to it, and are
/// copied and moved with it. Every event outlives a killed process. Every outcome is flushed to the disk (`synchronous=FULL`) with all events before it,
/// and outlives a power cut; an ask or a report of the last moments (`synchronous=NORMAL`) may not, and is made again.
/// Write-ahead mode needs a local disk; it does not work over a network file system.
///
/// What a disk or a cut-off copy did to the file is refused: pages by SQLite's own check, events by their checksums. Of a damaged `-wal` all is read up to the damage, as SQLite does, and as much as after a power cut: a history
/// that was, without its end.
public final class SqliteJournal implements Journal {

  // Not set by other programs: tells a journal from any other SQLite file. The letters PRXM.
  private static final int APPLICATION_ID = 0x5052584d;
  /// 1 has no checksums.
  private static final int SCHEMA_VERSION = 2;
  private static final int BUSY_MILLIS = 20_000;

  // Prepared for each call: the driver closes a statement that fails, and a journal outlives a full disk.
  private static final String SELECT = "SELECT seq, payload, crc FROM event WHERE study = ? AND seq >= ? ORDER BY seq";
  private static final String LENGTH = "SELECT coalesce(max(seq) + 1, 0) FROM event WHERE study = ?";
  private static final String INSERT =
      "INSERT INTO event (study, seq, payload, crc) SELECT ?1, ?2, ?3, ?4 WHERE ?2 = (SELECT coalesce(max(seq) + 1, 0) FROM event WHERE study = ?1)";

  private final Path file;
  private final Path opened;
  private final Connection connection;
  private final Optional<SqliteCopy> copy;
  // Which file stood there when it was opened; empty where the file system does not say.
  private final Optional<Object> identity;

  private SqliteJournal(Path file, Path opened, Connection connection, Optional<SqliteCopy> copy) {
    this.file = file;
    this.opened = opened;
    this.connection = connection;
    this.copy = copy;
    this.identity = identity(opened);
  }

  /// The journal in this file, which is created where there is none.
  /// @throws JournalException if the file is no journal, is damaged, or cannot be read and written
  public static SqliteJournal open(Path file) {
    return open(file, BUSY_MILLIS, Integer.MAX_VALUE);
  }

  /// The journal in this file, to be read. Where nothing can be written to it or beside it, what is read is a copy.
  /// @throws JournalException if the file is no journal, is damaged, or cannot be read
  public static SqliteJournal openToRead(Path file) {
    return SqliteCopy.isNeeded(file) ? open(SqliteCopy.of(file)) : open(file);
  }

  /// The journal in a copy, which is deleted with `close`, and where it cannot be opened.
  /// @throws JournalException if the file is no journal, or is damaged
  public static SqliteJournal open(SqliteCopy copy) {
    try {
      return open(copy.original(), copy.file(), BUSY_MILLIS, Integer.MAX_VALUE, Optional.of(copy));
    } catch (JournalException e) {
      copy.close();
      throw e;
    }
  }

  /// @param maxPages the size, in pages, at which SQLite takes the disk to be full
  static SqliteJournal open(Path file, int busyMillis, int maxPages) {
    SqliteErrors.checkPath(file);
    return open(file, file, busyMillis, maxPages, Optional.empty());
  }

  /// @param opened the file itself, or a copy of it
  private static SqliteJournal open(Path file, Path opened, int busyMillis, int maxPages, Optional<SqliteCopy> copy) {
    try {
      Connection connection = SqliteConnections.open(opened);
      try {
        prepare(file, connection, busyMillis, maxPages);
        SqliteJournal journal = new SqliteJournal(file, opened, connection, copy);
        journal.checkStudies();
        return journal;
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
        throw new JournalException("journal " + file + " has version " + version + ", and this program reads versions up to " + SCHEMA_VERSION + "; use the program that wrote it, or a newer one");
      }
      String fault = text(sql, "PRAGMA quick_check(1)");
      if (!fault.equals("ok")) {
        throw SqliteErrors.damaged(file, fault.lines().reduce("", (_, line) -> line));
      }
      writeAhead(file, sql);
      sql.execute("PRAGMA max_page_count = " + maxPages);
      if (id == APPLICATION_ID && version == SCHEMA_VERSION) {
        return;
      }
      // Each step may have been done before, by another process that opened the file at the same time.
      sql.execute("BEGIN IMMEDIATE");
      sql.execute("CREATE TABLE IF NOT EXISTS event (study TEXT NOT NULL, seq INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (study, seq)) STRICT, WITHOUT ROWID");
      addColumn(sql, "event", "crc");
      sql.execute("CREATE TRIGGER IF NOT EXISTS event_crc BEFORE INSERT ON event WHEN NEW.crc IS NULL BEGIN SELECT raise(ABORT, 'a newer program has opened the file; use that one'); END");
      sql.execute("PRAGMA application_id = " + APPLICATION_ID);
      sql.execute("PRAGMA user_version = " + SCHEMA_VERSION);
      sql.execute("COMMIT");
    }
  }

  /// False where there is no such table.
  public static boolean hasColumn(Statement sql, String table, String column) throws SQLException {
    return number(sql, "SELECT count(*) FROM pragma_table_info('" + table + "') WHERE name = '" + column + "'") > 0;
  }

  /// Gives a table a column of whole numbers, null in all rows, where it has none of this name.
  public static void addColumn(Statement sql, String table, String column) throws SQLException {
    if (!hasColumn(sql, table, column)) {
      sql.execute("ALTER TABLE " + table + " ADD COLUMN " + column + " INTEGER");
    }
  }

  /// A row that got lost, or strayed to another study by a bit of its key, leaves a gap, or is one event too many somewhere.
  private void checkStudies() throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT study, count(*), max(seq) FROM event GROUP BY study HAVING count(*) <> max(seq) + 1 LIMIT 1")) {
      if (rows.next()) {
        read(rows.getString(1), 0);
        throw SqliteErrors.damaged(file, "study '" + rows.getString(1) + "' has " + rows.getInt(2) + " events, the last of them event " + rows.getInt(3));
      }
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

  private static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What is written to a file that was deleted is lost with the process.
  private void checkThere() {
    if (!identity(opened).equals(identity)) {
      throw new JournalException("journal " + file + " was deleted or replaced while it was worked on; put it back, or begin anew");
    }
  }

  /// Whether it holds no event of any study, as a new one does.
  public synchronized boolean isEmpty() {
    checkThere();
    try (Statement sql = connection.createStatement()) {
      return number(sql, "SELECT EXISTS (SELECT 1 FROM event)") == 0;
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  @Override
  public synchronized List<StudyEvent> read(String study, int from) {
    checkThere();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, study);
      select.setInt(2, from);
      try (ResultSet rows = select.executeQuery()) {
        return EventRows.read(study, from, rows, fault -> SqliteErrors.damaged(file, fault));
      }
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    }
  }

  @Override
  public synchronized boolean append(String study, int expected, StudyEvent event) {
    checkThere();
    String text = EventJson.write(event);
    try (Statement flush = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      flush.execute("PRAGMA synchronous = " + (isOutcome(event) ? "FULL" : "NORMAL"));
      insert.setString(1, study);
      insert.setInt(2, expected);
      insert.setString(3, text);
      insert.setInt(4, EventRows.checksum(study, expected, text));
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
    } catch (SQLException e) {
      throw SqliteErrors.exception(file, e);
    } finally {
      copy.ifPresent(SqliteCopy::close);
    }
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
