package proxima.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {

  @TempDir private Path folder;

  @Test
  void ofALineThatWasCutOffNothingStays() throws IOException {
    Path file = folder.resolve("log.csv");
    String whole = "a,b\n1,2\n";
    for (String cut : new String[] {"", "3", "3,", "3,4"}) {
      Files.writeString(file, whole + cut);
      assertThat(LineLog.read(file)).containsExactly("a,b", "1,2");
      try (LineLog log = LineLog.open(file, "a,b")) {
        log.add("5,6");
      }
      assertThat(file).hasContent(whole + "5,6\n");
    }
  }

  @Test
  void aNewFileHasAHeader() throws IOException {
    Path file = folder.resolve("log.csv");
    assertThat(LineLog.read(file)).isEmpty();
    for (String there : new String[] {null, "", "a"}) {
      Files.deleteIfExists(file);
      if (there != null) {
        Files.writeString(file, there);
      }
      LineLog.open(file, "a,b").close();
      assertThat(file).hasContent("a,b\n");
    }
  }
}
