package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command line in a process of its own.
///
/// @param said file of what it prints
record OwnProcess(Process process, Path said) {

  static OwnProcess start(Path said, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "proxima.tune.Main"));
    line.addAll(List.of(arguments));
    return new OwnProcess(new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
  }

  String text() throws IOException {
    return Files.readString(said);
  }

  /// Waits until it has said that.
  void awaitText(String part) throws IOException, InterruptedException {
    while (!text().contains(part)) {
      assertThat(process.isAlive()).as("alive; it said: %s", text()).isTrue();
      Thread.sleep(20);
    }
  }

  /// Waits until there is a file.
  void awaitFile(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      assertThat(process.isAlive()).as("alive; it said: %s", text()).isTrue();
      Thread.sleep(20);
    }
  }

  /// @param name such as TERM
  void signal(String name) throws IOException, InterruptedException {
    send(name, process);
  }

  private static void send(String name, Process process) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
  }

  /// Kills it with all that it has started.
  void kill() throws InterruptedException {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly().waitFor();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  /// Whether a signal ends processes that are started here: those of a shell in the background without job control take no notice of Ctrl-C.
  static boolean isHeeded(String signal) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "600").start();
    send(signal, process);
    boolean isHeeded = process.waitFor(5, TimeUnit.SECONDS);
    process.destroyForcibly();
    return isHeeded;
  }
}
