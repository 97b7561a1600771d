package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Studies in one file under several processes, and under processes that are killed.
@Timeout(300)
class StudyProcessTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}, {1} kills")
  @CsvSource({"sensitive, 3", "random, 1", "sobol, 1"})
  void killedAtRandomItLosesNothingAndGoesOnAsIfUninterrupted(String strategy, int kills) throws Exception {
    killed(strategy, kills, 60, 1);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, {1} kills, seed {2}")
  @CsvSource({"sensitive, 20, 11", "random, 20, 12", "sobol, 20, 13", "gp, 3, 14", "cma-es, 20, 15", "trust-region-random, 20, 16"})
  void killedTwentyTimesItLosesNothingAndGoesOnAsIfUninterrupted(String strategy, int kills, long seed) throws Exception {
    killed(strategy, kills, 100, seed);
  }

  private void killed(String strategy, int kills, int most, long seed) throws Exception {
    Path file = directory.resolve("study.db");
    Random random = new Random(seed);
    List<Integer> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < kills; kill++) {
      Process process = StudyProcess.start(file, "s", strategy, Integer.MAX_VALUE, true);
      try (BufferedReader lines = StudyProcess.output(process)) {
        int after = random.nextInt(most);
        for (int i = 0; i < after; i++) {
          acknowledged.add(StudyProcess.acknowledged(lines.readLine()));
        }
        Thread.sleep(0, random.nextInt(1_000_000));
        // Process.destroyForcibly would close its output, too.
        process.toHandle().destroyForcibly();
        process.waitFor();
        lines.lines().map(StudyProcess::acknowledged).forEach(acknowledged::add);
        if (after > 0) {
          assertThat(StudyProcess.temporary(file)).isEmptyDirectory();
        }
      }
      acknowledged.removeIf(trial -> trial == -1);
      try (SqliteJournal journal = SqliteJournal.open(file)) {
        Study resumed = StudyProcess.open(journal, "s", strategy);
        assertThat(acknowledged).isEqualTo(IntStream.range(0, acknowledged.size()).boxed().toList());
        for (int trial : acknowledged) {
          TrialResult result = resumed.trials().get(trial);
          assertThat(result.outcome()).contains(StudyProcess.objective(result.point()));
        }
        // Whether or not the process lived to say that it told the last one, it is told now.
        resumed.pending().forEach(t -> resumed.tell(t.number(), StudyProcess.objective(t.point())));
        IntStream.range(acknowledged.size(), resumed.trials().size()).forEach(acknowledged::add);
        Study unbroken = unbroken(strategy, resumed.trials().size());
        assertThat(resumed.knowledge()).isEqualTo(unbroken.knowledge());
        Trial next = resumed.ask();
        assertThat(next).isEqualTo(unbroken.ask());
        resumed.tell(next.number(), StudyProcess.objective(next.point()));
        acknowledged.add(next.number());
        Replays.check(journal.read("s", 0), StudyProcess.strategy(strategy));
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(kills);
  }

  private static Study unbroken(String strategy, int trials) {
    Study study = StudyProcess.open(new MemoryJournal(), "s", strategy);
    for (int i = 0; i < trials; i++) {
      Trial trial = study.ask();
      study.tell(trial.number(), StudyProcess.objective(trial.point()));
    }
    return study;
  }

  @Test
  void twoProcessesOnOneFileLoseNothing() throws Exception {
    int each = 60;
    Path file = directory.resolve("study.db");
    Process one = StudyProcess.start(file, "s", "sensitive", each, false);
    Process two = StudyProcess.start(file, "s", "sensitive", each, false);
    List<Integer> told = new ArrayList<>();
    for (Process process : List.of(one, two)) {
      try (BufferedReader lines = StudyProcess.output(process)) {
        lines.lines().map(StudyProcess::acknowledged).filter(trial -> trial != -1).forEach(told::add);
      }
      assertThat(process.waitFor()).isZero();
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      Study study = StudyProcess.open(journal, "s", "sensitive");
      assertThat(told).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2 * each).boxed().toList());
      assertThat(study.trials()).hasSize(2 * each).allSatisfy(t -> {
        assertThat(t.outcome()).contains(StudyProcess.objective(t.point()));
        assertThat(t.reports()).hasSize(1);
      });
      List<StudyEvent> events = journal.read("s", 0);
      assertThat(events).hasSize(1 + 3 * 2 * each);
      Replays.check(events, StudyTest.SENSITIVE);
    }
  }
}
