package proxima.tune;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// A disk of its own in a folder. Where this process may not mount one the test is skipped, and says so.
record SmallDisk(Path folder) implements AutoCloseable {

  static SmallDisk in(Path folder, int kib) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String said = said("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder.toString());
    if (!said.isEmpty()) {
      System.err.println("SKIPPED: no disk of its own for a test: " + said + "; run the tests as one who may mount, such as in a container of its own");
      throw new TestAbortedException(said);
    }
    return new SmallDisk(folder);
  }

  /// Empty where it worked.
  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : command[0] + " failed: " + said;
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /// Leaves not a byte.
  void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(new byte[1024]);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  void makeReadOnly() throws IOException, InterruptedException {
    String said = said("mount", "-o", "remount,ro", folder.toString());
    if (!said.isEmpty()) {
      throw new IllegalStateException(said);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      String said = said("umount", "-l", folder.toString());
      if (!said.isEmpty()) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
