package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import proxima.cli.InputException;
import proxima.cli.IoFault;

/// A folder for the files of one command, which goes with it unless it is kept.
final class TemporaryFolder implements AutoCloseable {

  private final Path path;
  private boolean isKept;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("proxima-run"));
    } catch (IOException e) {
      throw new InputException("a folder for temporary files can not be made: " + IoFault.text(e));
    }
  }

  Path path() {
    return path;
  }

  void keep() {
    isKept = true;
  }

  @Override
  public void close() {
    if (isKept) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InputException(path + ": can not be deleted: " + IoFault.text(e));
    }
  }
}
