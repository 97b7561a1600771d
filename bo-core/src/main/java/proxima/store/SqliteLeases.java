package proxima.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import proxima.study.JournalException;

/// Leases in an SQLite file, by the machine's clock: where that jumps ahead, leases end early, and a trial may be trained twice.
final class SqliteLeases implements Leases {

  private static final int PAUSE_MILLIS = 5;
  private static final String NOW = "unixepoch('now', 'subsec')";
  // One statement, which holds the write lock from its start.
  private static final String TAKE =
      "INSERT INTO lease (study, trial, holder, ends) SELECT ?1, t.value, ?2, " + NOW + " + " + SECONDS + " FROM json_each(?3) AS t LEFT JOIN lease AS l ON l.study = ?1 AND l.trial = t.value"
          + " WHERE l.trial IS NULL OR (l.seconds IS NULL AND l.ends < " + NOW + ") ORDER BY t.key LIMIT 1"
          + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends RETURNING trial";
  private static final String RENEW = "UPDATE lease SET ends = " + NOW + " + " + SECONDS + " WHERE holder = ? AND seconds IS NULL";
  private static final String FINISH =
      "INSERT INTO lease (study, trial, holder, ends, seconds) VALUES (?, ?, ?, " + NOW + ", ?)"
          + " ON CONFLICT (study, trial) DO UPDATE SET holder = excluded.holder, ends = excluded.ends, seconds = excluded.seconds WHERE seconds IS NULL";
  private static final String HAND_BACK = "DELETE FROM lease WHERE study = ? AND trial = ? AND holder = ? AND seconds IS NULL";
  private static final String ALL = "SELECT trial, holder, seconds IS NULL AND ends >= " + NOW + ", seconds FROM lease WHERE study = ? ORDER BY trial";

  private final Path file;
  private final SqliteTables tables;
  private final String holder;

  SqliteLeases(Path file, SqliteTables tables, String holder) {
    this.file = file;
    this.tables = tables;
    this.holder = holder;
  }

  @Override
  public OptionalInt takeAny(String study, List<Integer> trials) {
    return tables.run(c -> {
      try (PreparedStatement take = c.prepareStatement(TAKE)) {
        take.setString(1, study);
        take.setString(2, holder);
        take.setString(3, trials.toString());
        try (ResultSet row = take.executeQuery()) {
          return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
      }
    });
  }

  @Override
  public void renew() {
    tables.update(RENEW, holder);
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    tables.update(FINISH, study, trial, holder, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    tables.update(HAND_BACK, study, trial, holder);
  }

  @Override
  public List<Lease> of(String study) {
    return tables.run(c -> {
      try (PreparedStatement select = c.prepareStatement(ALL)) {
        select.setString(1, study);
        try (ResultSet rows = select.executeQuery()) {
          return Lease.read(rows);
        }
      }
    });
  }

  @Override
  public Turn turn(String study) throws InterruptedException {
    Path lock = file.resolveSibling(file.getFileName() + "-turn-" + HexFormat.of().toHexDigits(study.hashCode()));
    try {
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock(channel);
      } catch (IOException | InterruptedException e) {
        channel.close();
        throw e;
      }
      return () -> release(lock, channel);
    } catch (FileLockInterruptionException | ClosedByInterruptException e) {
      throw new InterruptedException("waiting for " + lock);
    } catch (IOException e) {
      throw new JournalException("journal " + file + " cannot be asked: " + lock + " cannot be locked: " + e.getMessage() + "; give write permission or another path", e);
    }
  }

  /// A file's lock is the process's: another thread of this one is not waited for by the system.
  private static void lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException e) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void release(Path lock, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("journal " + file + " cannot be asked: " + lock + " cannot be released: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tables.close();
  }
}
