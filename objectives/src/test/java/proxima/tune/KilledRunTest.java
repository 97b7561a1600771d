package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.cli.Exit;
import proxima.space.Outcome;
import proxima.store.Lease;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.strategy.Seeds;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// Whole runs in processes of their own, killed with SIGKILL, or stopped by a signal that they may answer.
class KilledRunTest {

  private static final int ALL = 1_000_000;

  @TempDir private Path folder;

  private Path calls() {
    return folder.resolve("calls");
  }

  private Path most() {
    return folder.resolve("most");
  }

  /// A run whose command counts its calls, and waits in all that are more than most.
  private Path config(int trials) throws IOException {
    Files.writeString(calls(), "");
    Files.writeString(most(), Integer.toString(ALL));
    return Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo >> %s; while [ $(wc -l < %s) -gt $(cat %s) ]; do sleep 0.02; done; echo "{\\"loss\\": {x}}"', "{configuration}"]}
        space: {parameters: {x: {real: [0, 1]}, y: {real: [0, 1]}, kind: {choices: [a, b]}}}
        budget: {trials: %d, finalists: 2, seeds: 2}
        """.formatted(calls(), calls(), most(), trials));
  }

  /// How many trainings have begun.
  private int called() throws IOException {
    return (int) Files.size(calls());
  }

  private OwnProcess start(Path config, Path out) throws IOException {
    return OwnProcess.start(folder.resolve("said.txt"), "tune", config.toString(), "--out", out.toString());
  }

  private void finish(Path config, Path out) throws IOException, InterruptedException {
    Files.writeString(most(), Integer.toString(ALL));
    OwnProcess process = start(config, out);
    assertThat(process.process().waitFor()).as(process.text()).isZero();
  }

  private static List<TrialResult> told(Path out) {
    try (SqliteJournal journal = SqliteJournal.open(out.resolve("study.db"))) {
      Optional<StoredStudy> study = Study.stored(journal, "search");
      return study.stream().flatMap(s -> s.trials().stream()).filter(t -> !t.isPending()).toList();
    }
  }

  private static String result(Path out) throws IOException {
    return Files.readString(out.resolve("result.json")).replaceAll("\"(saved)?[sS]econds\".*", "");
  }

  /// Each process is killed in the midst of so many trainings, and could not have begun many more.
  private void killAndResume(int kills, int trials) throws IOException, InterruptedException {
    Path config = config(trials);
    Path whole = folder.resolve("whole");
    finish(config, whole);
    RandomGenerator random = Seeds.random(7);
    Path killed = folder.resolve("killed");
    List<TrialResult> before = List.of();
    for (int i = 0; i < kills; i++) {
      int target = called() + random.nextInt(4, 7);
      Files.writeString(most(), Integer.toString(target + 1));
      OwnProcess process = start(config, killed);
      // The first one perhaps before its journal is there.
      for (int wait = i == 0 ? random.nextInt(100) : ALL; called() < target && wait > 0; wait--) {
        assertThat(process.process().isAlive()).as(process.text()).isTrue();
        Thread.sleep(5);
      }
      assertThat(process.process().isAlive()).as(process.text()).isTrue();
      process.kill();
      if (Files.exists(killed.resolve("study.db"))) {
        List<TrialResult> now = told(killed);
        assertThat(now.stream().limit(before.size())).as("told before kill %s", i).containsExactlyElementsOf(before);
        before = now;
      }
    }
    assertThat(before).as("told before the last kill").hasSizeBetween(1, trials - 1);
    finish(config, killed);
    assertThat(told(killed)).isEqualTo(told(whole)).hasSize(trials);
    assertThat(result(killed)).isEqualTo(result(whole));
  }

  @Test
  void aRunKilledTwiceIsTheRunThatNeverWas() throws IOException, InterruptedException {
    killAndResume(2, 16);
  }

  @Test
  @Tag("slow")
  void aRunKilledTwentyTimesIsTheRunThatNeverWas() throws IOException, InterruptedException {
    killAndResume(20, 150);
  }

  /// The first training waits for ever, and says what the second does not.
  @Test
  void aTrainingWhoseRunWasKilledIsEndedBeforeTheNextOfItsTrial() throws IOException, InterruptedException {
    Path pids = folder.resolve("pids");
    Path config = Files.writeString(folder.resolve("run.yaml"), """
        objective:
          kind: command
          command: [sh, -c, 'echo $$ >> %1$s; [ $(wc -l < %1$s) -gt 1 ] || while :; do echo "{\\"step\\": 7, \\"loss\\": 9}"; sleep 0.05; done; echo "{\\"step\\": 1, \\"loss\\": 2}"; sleep 0.3; echo "{\\"loss\\": {x}}"']
        space: {parameters: {x: {real: [0, 1]}}}
        budget: {trials: 1, finalists: 1, seeds: 1}
        workers: 1
        """.formatted(pids));
    Path out = folder.resolve("killed");
    OwnProcess run = start(config, out);
    run.awaitFile(pids);
    List<ProcessHandle> training = run.process().descendants().toList();
    run.process().destroyForcibly().waitFor();
    finish(config, out);
    assertThat(training).as("of the killed run").isNotEmpty().noneMatch(p -> p.isAlive() && p.info().command().isPresent());
    assertThat(told(out).getFirst().outcome().orElseThrow()).isInstanceOfSatisfying(Outcome.Finished.class, f -> assertThat(f.curve()).containsExactly(new Outcome.CurvePoint(1, 2)));
  }

  @ParameterizedTest(name = "SIG{0}")
  @CsvSource({"TERM, 143", "INT, 130"})
  void aPoliteSignalStopsTheRunAndSaysHowToGoOn(String signal, int code) throws IOException, InterruptedException {
    assumeTrue(OwnProcess.isHeeded(signal), "whoever runs these tests has told their processes not to heed SIG" + signal);
    Path out = folder.resolve("stopped");
    OwnProcess process = OwnProcess.start(folder.resolve("said"), "tune", config(1000).toString(), "--out", out.toString(), "--json");
    process.awaitText("search: 1000 trials");
    process.signal(signal);
    assertThat(process.process().waitFor()).isEqualTo(code);
    List<String> answers = process.text().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(answers).singleElement().asString().startsWith("{\"study\":\"run\",\"trials\":" + told(out).stream().filter(t -> !t.isPending()).count() + ",");
    assertThat(process.text()).endsWith("Go on with: ./proxima resume " + out + System.lineSeparator());
  }

  /// The leader's host is lost with its folder, and another leads on from what the store has. Its leases have ended by then.
  @Test
  void aRunWhoseLeaderIsLostGoesOnInAFolderThatIsMadeOfItsStore() throws Exception {
    Path own = config(12);
    Files.writeString(own, Files.readString(own) + "strategy: random\nworkers: 1\n");
    Path whole = folder.resolve("whole");
    assertThat(Ended.run("tune", own.toString(), "--out", whole.toString()).code()).isEqualTo(Exit.DONE);
    Path shared = Files.writeString(Files.createDirectory(folder.resolve("shared")).resolve("run.yaml"), Files.readString(own) + "store: runs.db\n");
    String store = shared.resolveSibling("runs.db").toString();
    int target = called() + 6;
    Files.writeString(most(), Integer.toString(target));
    OwnProcess leader = start(shared, folder.resolve("lost"));
    while (called() <= target) {
      assertThat(leader.process().isAlive()).as(leader.text()).isTrue();
      Thread.sleep(5);
    }
    leader.kill();
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement sql = c.createStatement()) {
      sql.execute("UPDATE lease SET ends = ends - 3600");
    }
    Files.writeString(most(), Integer.toString(ALL));
    Path elsewhere = folder.resolve("elsewhere");
    assertThat(Ended.run("report", "--store", store, "--study", "run", "--out", elsewhere.toString()).code()).isEqualTo(Exit.DONE);
    assertThat(Ended.run("status", elsewhere.toString()).out()).contains("run: not finished; go on with: ./proxima resume " + elsewhere, "search   6 of 12", "nobody leads it");
    Ended resumed = Ended.run("resume", elsewhere.toString());
    assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
    assertThat(result(elsewhere)).isEqualTo(result(whole));
  }

  /// A worker on a run that nobody leads. Its command says its number in a file, and waits for another file, or for good.
  private OwnProcess worker() throws IOException, InterruptedException {
    String store = folder.resolve("runs.db").toString();
    Path config = Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, command: [sh, -c, 'echo $$ > %s; until [ -e %s ]; do sleep 0.05; done; echo "{\\"loss\\": {x}}"']}
        space: {parameters: {x: {real: [0, 1]}}}
        budget: {trials: 100}
        workers: 1
        """.formatted(folder.resolve("started"), folder.resolve("go")));
    try (RunStore run = new RunStore(Store.open(store), store, "run")) {
      run.begin(RunDescription.of(config, Optional.empty()));
    }
    OwnProcess worker = OwnProcess.start(folder.resolve("said.txt"), "worker", "--store", store, "--study", "run");
    worker.awaitFile(folder.resolve("started"));
    return worker;
  }

  private List<TrialResult> trials(Store store) {
    return Study.stored(store, "run/search").orElseThrow().trials();
  }

  @Test
  void aWorkerThatIsStoppedTellsWhatEndsInTimeAndTakesNoMore() throws IOException, InterruptedException {
    OwnProcess worker = worker();
    worker.signal("TERM");
    worker.awaitText("proxima: stopping; 1 training has 12 seconds to end");
    Files.createFile(folder.resolve("go"));
    assertThat(worker.process().waitFor()).as(worker.text()).isEqualTo(143);
    assertThat(worker.text()).endsWith("proxima: stopped; what was told is kept, and others take the rest" + System.lineSeparator());
    try (Store store = Store.open(folder.resolve("runs.db").toString());
        Leases other = store.leases("other")) {
      assertThat(trials(store)).hasSize(1).noneMatch(TrialResult::isPending);
      assertThat(other.of("run/search")).hasSize(1).noneMatch(Lease::isLive);
    }
  }

  /// Some 12 seconds.
  @Test
  @Tag("slow")
  void whatAStoppedWorkerDoesNotEndInTimeIsFreeForOthers() throws IOException, InterruptedException {
    OwnProcess worker = worker();
    List<ProcessHandle> command = worker.process().children().toList();
    worker.signal("TERM");
    assertThat(worker.process().waitFor()).as(worker.text()).isEqualTo(143);
    assertThat(worker.text()).contains("1 training has 12 seconds to end").endsWith("others take the rest" + System.lineSeparator());
    assertThat(command).as("its command ends with it").isNotEmpty().noneMatch(p -> p.isAlive() && p.info().command().isPresent());
    try (Store store = Store.open(folder.resolve("runs.db").toString());
        Leases other = store.leases("other")) {
      assertThat(trials(store)).singleElement().matches(TrialResult::isPending);
      assertThat(other.take("run/search", 0)).isTrue();
    }
  }
}
