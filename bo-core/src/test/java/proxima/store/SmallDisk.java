package proxima.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.opentest4j.TestAbortedException;

/// A disk of its own in a folder, which can be filled up and made read-only. Where this process may not mount one the test is skipped, and says so.
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// @param kib its size, in KiB
  public static SmallDisk in(Path folder, int kib) {
    try {
      Files.createDirectories(folder);
      String said = said("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", folder.toString());
      if (said.isEmpty()) {
        return new SmallDisk(folder);
      }
      System.err.println("SKIPPED: no disk of its own for a test: " + said + "; run the tests as one who may mount, such as in a container of its own");
      throw new TestAbortedException("no disk of its own can be mounted: " + said);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Empty where it worked.
  private static String said(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : command[0] + " failed: " + said;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(String... command) {
    try {
      String said = said(command);
      if (!said.isEmpty()) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return folder;
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /// Leaves not a byte.
  public void fill() {
    byte[] block = new byte[1024];
    Arrays.fill(block, (byte) 1);
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  /// Makes the space again.
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  public void makeReadOnly() {
    run("mount", "-o", "remount,ro", folder.toString());
  }

  public void makeWritable() {
    run("mount", "-o", "remount,rw", folder.toString());
  }

  @Override
  public void close() {
    run("umount", "-l", folder.toString());
  }
}
