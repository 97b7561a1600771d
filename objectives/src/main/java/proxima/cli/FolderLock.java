package proxima.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to write into a folder of results, which one process at a time has. The system takes it back when the process ends, however it ends.
public record FolderLock(FileChannel channel) implements AutoCloseable {

  /// @throws InputException if another process has it.
  public static FolderLock take(Path folder) throws IOException {
    Path file = folder.resolve("run.lock");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new InputException(folder + ": process " + Files.readString(file) + " is working in this folder; wait for it to end, or stop it first");
    }
    channel.truncate(0).write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return new FolderLock(channel);
  }

  /// The process that has it; empty where none has.
  public static Optional<String> holder(Path folder) {
    try {
      String holder = Files.readString(folder.resolve("run.lock"));
      if (!holder.matches("\\d{1,18}") || ProcessHandle.of(Long.parseLong(holder)).isEmpty()) {
        return Optional.empty();
      }
      // Its number may have been given to another process since.
      try (FileChannel channel = FileChannel.open(folder.resolve("run.lock"), StandardOpenOption.WRITE)) {
        return tryLock(channel) ? Optional.empty() : Optional.of(holder);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Locks a file until its channel is closed, unless another process, or another part of this one, has it.
  public static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
