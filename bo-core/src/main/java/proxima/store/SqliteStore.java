package proxima.store;

import java.nio.file.Path;
import java.util.List;
import proxima.study.SqliteJournal;
import proxima.study.StudyEvent;

/// A store in an SQLite file on a local disk, for the processes of one machine. The journal is what `SqliteJournal` keeps; two tables beside it hold the leases and the runs, and older
/// programs, which do not look for these, read the journal as before. Beside `x.db` lie `x.db-turn-*` too, one for each study: files that a process locks while it asks.
public final class SqliteStore implements Store {

  // By the machine's clock: where that jumps ahead, leases end early, and a trial may be trained twice.
  private static final String NOW = "unixepoch('now', 'subsec')";
  private static final TableLeases.Dialect LEASES = new TableLeases.Dialect("lease", NOW, NOW + " + " + Leases.SECONDS, "(SELECT value AS trial, key AS place FROM json_each(?)) AS t");

  private final Path file;
  private final SqliteJournal journal;
  private final SqliteTables tables;
  private final Runs runs;

  private SqliteStore(Path file, SqliteJournal journal, SqliteTables tables) {
    this.file = file;
    this.journal = journal;
    this.tables = tables;
    this.runs = new Runs(tables, "run");
  }

  /// @throws proxima.study.JournalException if the file is no journal, is damaged, or cannot be read and written
  static SqliteStore open(Path file) {
    SqliteJournal journal = SqliteJournal.open(file);
    try {
      return new SqliteStore(file, journal, SqliteTables.open(file));
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
    return new TableLeases(SqliteTables.open(file), LEASES, new FileTurns(file), holder);
  }

  @Override
  public void close() {
    tables.close();
    journal.close();
  }
}
