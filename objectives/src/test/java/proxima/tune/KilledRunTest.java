package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.strategy.Seeds;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// Whole runs in processes of their own, killed with SIGKILL.
class KilledRunTest {

  @TempDir private Path folder;

  private Path config(int trials) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, command: [sh, -c, 'sleep 0.05; echo "{\\"loss\\": {x}}"']}
        space: {parameters: {x: {real: [0, 1]}, y: {real: [0, 1]}, kind: {choices: [a, b]}}}
        budget: {trials: %d, finalists: 2, seeds: 2}
        """.formatted(trials));
  }

  private static ProcessBuilder command(Path config, Path out) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
        "proxima.tune.Main", "tune", config.toString(), "--out", out.toString());
  }

  private static Process start(Path config, Path out) throws IOException {
    return command(config, out).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static List<TrialResult> told(Path out) {
    try (SqliteJournal journal = SqliteJournal.open(out.resolve("study.db"))) {
      Optional<StoredStudy> study = Study.stored(journal, "search");
      return study.stream().flatMap(s -> s.trials().stream()).filter(t -> !t.isPending()).toList();
    }
  }

  private void killAndResume(int kills, int trials) throws IOException, InterruptedException {
    Path config = config(trials);
    Path whole = folder.resolve("whole");
    assertThat(start(config, whole).waitFor()).isZero();
    RandomGenerator random = Seeds.random(7);
    Path killed = folder.resolve("killed");
    List<TrialResult> before = List.of();
    for (int i = 0; i < kills; i++) {
      Process process = start(config, killed);
      // From before the journal is there to well into the trials.
      boolean ended = process.waitFor(300 + random.nextInt(2500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (Files.exists(killed.resolve("study.db"))) {
        List<TrialResult> now = told(killed);
        assertThat(now.stream().limit(before.size())).as("told before kill %s", i).containsExactlyElementsOf(before);
        before = now;
      }
      if (ended) {
        break;
      }
    }
    assertThat(start(config, killed).waitFor()).isZero();
    assertThat(told(killed)).isEqualTo(told(whole)).hasSize(trials);
    assertThat(Files.readString(killed.resolve("result.json")).replaceAll("\"seconds\".*", ""))
        .isEqualTo(Files.readString(whole.resolve("result.json")).replaceAll("\"seconds\".*", ""));
  }

  @Test
  void aRunKilledTwiceIsTheRunThatNeverWas() throws IOException, InterruptedException {
    killAndResume(2, 25);
  }

  @Test
  void aPoliteSignalStopsTheRunAndSaysHowToGoOn() throws IOException, InterruptedException {
    Path config = config(1000);
    Path out = folder.resolve("stopped");
    Path said = folder.resolve("said.txt");
    Process process = command(config, out).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    for (int i = 0; i < 600 && !(Files.exists(said) && Files.readString(said).contains("search: 1000 trials")); i++) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(process.waitFor()).isNotZero();
    assertThat(Files.readString(said)).endsWith("Go on with: ./proxima resume " + out + System.lineSeparator());
  }

  @Test
  @Tag("slow")
  void aRunKilledTwentyTimesIsTheRunThatNeverWas() throws IOException, InterruptedException {
    killAndResume(20, 150);
  }
}
