package proxima.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  private static final int PAUSE_MILLIS = 5;

  private final Path file;
  private final Map<String, Semaphore> threads = new ConcurrentHashMap<>();

  /// @param file of the store, beside which they lie
  FileTurns(Path file) {
    this.file = file;
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

  /// A file's lock is the process's: another object of this one is not waited for by the system.
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
  public void close() {}
}
