package proxima.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// An SQLite file as it was when it was copied, with what lies in its `-wal`: SQLite writes beside a file in write-ahead mode even to read it. `close` deletes it.
///
/// @param original the file that messages name
/// @param file its copy, alone in a folder
public record SqliteCopy(Path original, Path file) implements AutoCloseable {

  private static final String NAME = "copy.db";

  /// @throws JournalException if it cannot be read, or copied
  public static SqliteCopy of(Path original) {
    try {
      Path folder = Files.createTempDirectory("proxima-journal");
      SqliteCopy copy = new SqliteCopy(original, folder.resolve(NAME));
      try {
        for (String suffix : List.of("", "-wal")) {
          Path from = original.resolveSibling(original.getFileName() + suffix);
          if (Files.exists(from)) {
            Files.copy(from, folder.resolve(NAME + suffix));
          }
        }
        return copy;
      } catch (IOException e) {
        copy.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException("journal " + original + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Whether there is a file that can be read, and nothing can be written to it or beside it, as on a read-only file system.
  public static boolean isNeeded(Path file) {
    return Files.isRegularFile(file) && !(Files.isWritable(file) && Files.isWritable(file.toAbsolutePath().resolveSibling("")));
  }

  @Override
  public void close() {
    Path folder = file.resolveSibling("");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new JournalException("the copy of a journal in " + folder + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
