package proxima.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Another process, which tries to lock a file: within one, Java itself refuses a second lock, whatever the system says.
final class LockProbe {

  private LockProbe() {}

  static boolean isFree(Path file) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int code = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), LockProbe.class.getName(), file.toString()).inheritIO().start().waitFor();
    if (code > 1) {
      throw new IllegalStateException("the probe ended with " + code);
    }
    return code == 0;
  }

  public static void main(String[] args) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
      System.exit(channel.tryLock() == null ? 1 : 0);
    } catch (IOException e) {
      System.exit(2);
    }
  }
}
