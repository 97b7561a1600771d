package proxima.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import proxima.store.Leases.Turn;
import proxima.study.JournalException;

/// Turns of the processes of one machine, which lock a file for each study.
///
/// Threads of one object wait for each other here: one that closed the file while another holds its lock would end that.
final class FileTurns implements Turns {

  private static final int PAUSE_MILLIS = 2;

  private final Path file;
  private final Duration longest;
  private final Map<String, Semaphore> threads = new ConcurrentHashMap<>();
  private volatile boolean comes = true;

  /// @param file of the store, beside which they lie
  FileTurns(Path file) {
    this(file, LONGEST);
  }

  /// @param longest that a turn is waited for
  FileTurns(Path file, Duration longest) {
    this.file = file;
    this.longest = longest;
  }

  @Override
  public Turn take(String study) throws InterruptedException {
    Semaphore thread = threads.computeIfAbsent(study, _ -> new Semaphore(1));
    thread.acquire();
    try {
      Turn turn = locked(study);
      return () -> {
        try {
          turn.close();
        } finally {
          thread.release();
        }
      };
    } catch (RuntimeException | InterruptedException e) {
      thread.release();
      throw e;
    }
  }

  private Turn locked(String study) throws InterruptedException {
    Path lock = file.resolveSibling(file.getFileName() + "-turn-" + HexFormat.of().toHexDigits(study.hashCode()));
    try {
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        comes = isLocked(channel);
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

  private boolean isLocked(FileChannel channel) throws IOException, InterruptedException {
    long end = System.nanoTime() + (comes ? longest : SHORT).toNanos();
    while (!tryLock(channel)) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return true;
  }

  /// A file's lock is the process's: another object of this one has it with an exception.
  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
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
  public void close() {}
}
