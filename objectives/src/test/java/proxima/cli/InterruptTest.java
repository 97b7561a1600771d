package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InterruptTest {

  /// Some 20 seconds, which work is given.
  @Test
  @Tag("slow")
  void workThatDoesNotStopEndsWithTheCodeOfItsSignal() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Stubborn.class.getName()).redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("working");
      process.toHandle().destroy();
      assertThat(said.readLine()).isEqualTo("stopped");
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Hears no interrupt.
  static final class Stubborn {

    private Stubborn() {}

    public static void main(String[] args) {
      try (Interrupt _ = new Interrupt(() -> System.out.println("stopped"))) {
        System.out.println("working");
        while (true) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
