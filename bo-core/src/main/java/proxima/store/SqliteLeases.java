package proxima.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import proxima.study.JournalException;

/// Leases in an SQLite file, by the machine's clock: where that jumps ahead, leases end early, and a trial may be trained twice.
final class SqliteLeases implements Leases {

  private static final int PAUSE_MILLIS = 5;
  private static final String NOW = "unixepoch('now', 'subsec')";

  private final Path file;
  private final SqliteTables tables;
  private final LeaseTable table;

  SqliteLeases(Path file, SqliteTables tables, String holder) {
    this.file = file;
    this.tables = tables;
    this.table = new LeaseTable(tables, "lease", NOW, NOW + " + " + SECONDS, "(SELECT value AS trial, key AS place FROM json_each(?)) AS t", holder);
  }

  @Override
  public OptionalInt takeAny(String study, List<Integer> trials) {
    return table.takeAny(study, trials);
  }

  @Override
  public void renew() {
    table.renew();
  }

  @Override
  public void finish(String study, int trial, double seconds) {
    table.finish(study, trial, seconds);
  }

  @Override
  public void handBack(String study, int trial) {
    table.handBack(study, trial);
  }

  @Override
  public List<Lease> of(String study) {
    return table.of(study);
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
