package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.space.Outcome;

class TrialLogTest {

  @TempDir private Path folder;

  private static void add(Path file) {
    try (TrialLog log = new TrialLog(file)) {
      log.add("search", 0, 7, Outcome.of(0.5), 1.25);
      log.add("search", 1, 7, new Outcome.Stopped(20, 3, List.of()), 2);
      log.add("search", 2, 7, new Outcome.Diverged(4), 3);
      log.add("search", 3, 7, new Outcome.Failed("exit code 1: \"a\", b\nc"), 4);
    }
  }

  @Test
  void aLineSaysTheStepOfAnEndAndTheReasonOfAFailure() {
    Path file = folder.resolve("log.csv");
    add(file);
    assertThat(file).hasContent("""
        phase,trial,seed,outcome,loss,seconds,step,reason
        search,0,7,finished,0.5,1.25,,
        search,1,7,stopped,,2.0,20,
        search,2,7,diverged,,3.0,4,
        search,3,7,failed,,4.0,,"exit code 1: ""a"", b c"
        """);
    assertThat(TrialLog.read(file)).extracting(TrialLog.Line::outcome).containsExactly("finished", "stopped", "diverged", "failed");
    assertThat(TrialLog.read(file)).extracting(TrialLog.Line::seconds).containsExactly(1.25, 2.0, 3.0, 4.0);
  }

  @Test
  void aFileOfAnOlderProgramGoesOnInItsColumns() throws IOException {
    Path file = Files.writeString(folder.resolve("log.csv"), "phase,trial,seed,outcome,loss,seconds\nglobal,0,3,finished,0.5,9.0\n");
    add(file);
    assertThat(Files.readAllLines(file)).hasSize(6).allMatch(line -> line.split(",", -1).length == 6);
    assertThat(TrialLog.read(file)).extracting(TrialLog.Line::seconds).containsExactly(9.0, 1.25, 2.0, 3.0, 4.0);
  }
}
