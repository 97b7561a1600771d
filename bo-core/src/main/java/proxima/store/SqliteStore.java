package proxima.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import proxima.study.JournalException;
import proxima.study.SqliteCopy;
import proxima.study.SqliteErrors;
import proxima.study.SqliteJournal;
import proxima.study.StudyEvent;

/// A store in an SQLite file on a local disk, for the processes of one machine. The journal is what `SqliteJournal` keeps; two tables beside it hold the leases and the
/// runs, and whoever does not look for these reads the journal alone. Beside `x.db` lie `x.db-turn-*` too, one for each study: files that a process locks while it asks.
public final class SqliteStore implements Store {

  private final Path file;
  private final Path opened;
  private final InstantSource clock;
  private final SqliteJournal journal;
  private final SqliteTables tables;
  private final Runs runs;

  private SqliteStore(Path file, Path opened, InstantSource clock, SqliteJournal journal, SqliteTables tables) {
    this.file = file;
    this.opened = opened;
    this.clock = clock;
    this.journal = journal;
    this.tables = tables;
    this.runs = new Runs(tables, "run", fault -> SqliteErrors.damaged(file, fault));
  }

  /// The store in a file, which is made where there is none.
  ///
  /// @param clock by which leases end
  /// @throws proxima.study.JournalException if the file is no journal, is damaged, or cannot be read and written
  public static SqliteStore open(Path file, InstantSource clock) {
    return open(file, file, clock, SqliteJournal.open(file));
  }

  /// The same, to be read: a copy where nothing can be written to the file or beside it.
  static SqliteStore openToRead(Path file) {
    if (!Files.exists(file)) {
      throw new JournalException("store " + file + " does not exist; see that this is its name, or begin a run in it with ./proxima tune");
    }
    if (!SqliteCopy.isNeeded(file)) {
      return open(file, InstantSource.system());
    }
    SqliteCopy copy = SqliteCopy.of(file);
    return open(file, copy.file(), InstantSource.system(), SqliteJournal.open(copy));
  }

  private static SqliteStore open(Path file, Path opened, InstantSource clock, SqliteJournal journal) {
    try {
      return new SqliteStore(file, opened, clock, journal, SqliteTables.open(file, opened));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  @Override
  public List<StudyEvent> read(String study, int from) {
    return journal.read(study, from);
  }

  @Override
  public boolean append(String study, int expected, StudyEvent event) {
    return journal.append(study, expected, event);
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Leases leases(String holder) {
    IntFunction<String> time = seconds -> Double.toString(clock.millis() / 1e3 + seconds);
    TableLeases.Dialect dialect = new TableLeases.Dialect("lease", time, "(SELECT value AS trial, key AS place FROM json_each(?)) AS t");
    return new TableLeases(SqliteTables.open(file, opened), dialect, new FileTurns(opened), holder);
  }

  @Override
  public void close() {
    tables.close();
    journal.close();
  }
}
