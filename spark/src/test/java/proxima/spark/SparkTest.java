package proxima.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.store.Store;
import proxima.study.Journal;
import proxima.study.SqliteJournal;
import proxima.study.StudyEvent;

/// Whole runs on a standalone master with two workers, each in a process of its own, on loopback.
class SparkTest {

  @TempDir private static Path shared;
  private static Standalone cluster;
  private static String jars;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    jars = Driver.jars(shared);
    cluster = new Standalone(Files.createDirectory(shared.resolve("spark")));
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  /// @param shell whose output is the loss
  private Path config(String shell, int trials, int workers, String more) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), """
        objective: {kind: command, retries: 0, directory: %s, command: [sh, -c, '%s; echo "{\\"loss\\": {x}}"', "{configuration}"]}
        space: {parameters: {x: {real: [0, 1]}, y: {real: [0, 1]}}}
        budget: {trials: %d, finalists: 1, seeds: 1}
        strategy: random
        workers: %d
        """.formatted(folder, shell, trials, workers) + more);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Driver tune(Path config, String... settings) throws IOException {
    return on(cluster.url(), config, settings);
  }

  private Driver on(String master, Path config, String... settings) throws IOException {
    return Driver.start(jars, folder.resolve("said.txt"), List.of(settings), "tune", config.toString(), "--out", out().toString(), "--engine", "spark", "--master", master);
  }

  private static List<StudyEvent> events(Journal journal, String study) {
    return journal.read(study, 0);
  }

  private List<StudyEvent> events() {
    try (SqliteJournal journal = SqliteJournal.open(out().resolve("study.db"))) {
      return events(journal, "search");
    }
  }

  private static List<Integer> told(List<StudyEvent> events) {
    List<Integer> told = new ArrayList<>();
    for (StudyEvent event : events) {
      if (event instanceof StudyEvent.Told(int trial, var outcome)) {
        assertThat(outcome.brief()).startsWith("loss ");
        told.add(trial);
      }
    }
    return told;
  }

  private static Integer[] all(int trials) {
    Integer[] all = new Integer[trials];
    Arrays.setAll(all, i -> i);
    return all;
  }

  @Test
  void everyTrialIsToldOnceWhereAnExecutorIsKilled() throws Exception {
    try (Driver driver = tune(config("sleep 1", 24, 8, ""))) {
      driver.await("search: 8 of 24");
      assertThat(cluster.killExecutors(0)).isEqualTo(1);
      assertThat(driver.end()).as(driver.text()).isZero();
      assertThat(driver.text()).doesNotContain("Exception", "WARN", "ERROR");
    }
    assertThat(told(events())).containsExactlyInAnyOrder(all(24));
  }

  @Test
  @Tag("slow")
  void everyTrialIsToldOnceWhereAWorkerIsKilledWithItsExecutor() throws Exception {
    try (Driver driver = tune(config("sleep 1", 24, 8, ""))) {
      driver.await("search: 8 of 24");
      cluster.killWorker(1);
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    assertThat(told(events())).containsExactlyInAnyOrder(all(24));
  }

  @Test
  @Tag("slow")
  void sleepingTrialsFillTheSlots() throws Exception {
    try (Driver driver = tune(config("sleep 1", 64, 8, ""))) {
      long start = driver.await("search: 64 trials");
      double seconds = (driver.await("search: 64 of 64") - start) / 1e9;
      System.out.printf("64 trials of 1 s on 8 slots: %.1f s after the context was up%n", seconds);
      assertThat(driver.end()).as(driver.text()).isZero();
      // 8 s of sleep; the rest is the machine's.
      assertThat(seconds).isBetween(8.0, 60.0);
    }
    assertThat(told(events())).containsExactlyInAnyOrder(all(64));
  }

  @Test
  @Tag("slow")
  void aSlowTrialHoldsNoOtherUp() throws Exception {
    try (Driver driver = tune(config("mkdir first 2>/dev/null && sleep 15", 12, 2, ""))) {
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    List<Integer> told = told(events());
    assertThat(told).containsExactlyInAnyOrder(all(12));
    assertThat(told.getLast()).isLessThan(2);
  }

  @Test
  @Tag("slow")
  void aDuplicateOfAStragglerIsToldOnce() throws Exception {
    try (Driver driver = tune(config("mkdir first 2>/dev/null && sleep 300", 8, 8, ""),
        "spark.speculation=true", "spark.speculation.task.duration.threshold=3s", "spark.speculation.interval=200ms")) {
      long start = driver.await("search: 8 trials");
      assertThat((driver.await("search: 8 of 8") - start) / 1e9).isLessThan(120);
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    assertThat(told(events())).containsExactlyInAnyOrder(all(8));
  }

  @Test
  @Tag("slow")
  void aKilledDriverGoesOnWhereItWas() throws Exception {
    Path config = config("sleep 0.5", 40, 8, "");
    List<StudyEvent> before;
    try (Driver driver = tune(config)) {
      driver.await("search: 16 of 40");
      driver.process().destroyForcibly().waitFor();
      before = events();
      assertThat(told(before)).hasSizeBetween(16, 39);
    }
    try (Driver driver = Driver.start(jars, folder.resolve("said.txt"), List.of(), "resume", out().toString(), "--engine", "spark", "--master", cluster.url())) {
      assertThat(driver.end()).as(driver.text()).isZero();
      assertThat(driver.text()).contains("search: going on at trial " + told(before).size() + " of 40");
    }
    assertThat(events().subList(0, before.size())).isEqualTo(before);
    assertThat(told(events())).containsExactlyInAnyOrder(all(40));
  }

  @Test
  @Tag("slow")
  void aRunInAStoreIsToldOnceWhereAnExecutorIsKilled() throws Exception {
    try (Driver driver = tune(config("sleep 0.5", 24, 4, "store: runs.db\n"))) {
      driver.await("search: 8 of 24");
      assertThat(cluster.killExecutors(1)).isEqualTo(1);
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    try (Store store = Store.open(folder.resolve("runs.db").toString())) {
      assertThat(told(events(store, "run/search"))).containsExactlyInAnyOrder(all(24));
    }
  }

  @Test
  void aTrainingOnAnExecutorIsTheTrainingHere() throws Exception {
    Path config = Files.writeString(folder.resolve("mlp.yaml"), """
        objective: {kind: mlp}
        scale: {width: 16, depth: 1, batch: 64, tokens: 3200}
        space: {global: {learningRate: [1e-3, 0.25]}, perModule: {learningRate: 2, initStd: 1}}
        budget: {global: 3, perModule: 3, finalists: 1, seeds: 1}
        strategy: random
        workers: 1
        """);
    Path here = folder.resolve("here");
    try (Driver driver = Driver.start(jars, folder.resolve("here.txt"), List.of(), "tune", config.toString(), "--out", here.toString())) {
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    Path natives = folder.resolve("natives");
    try (Driver driver = tune(config, "spark.executorEnv.DJL_CACHE_DIR=" + natives)) {
      assertThat(driver.end()).as(driver.text()).isZero();
    }
    try (Stream<Path> files = Files.walk(natives)) {
      assertThat(files.map(Path::toString)).anyMatch(f -> f.contains("torch_cpu"));
    }
    try (SqliteJournal one = SqliteJournal.open(here.resolve("study.db"));
        SqliteJournal other = SqliteJournal.open(out().resolve("study.db"))) {
      for (String phase : List.of("global", "module", "confirm")) {
        assertThat(events(other, phase)).as(phase).hasSizeGreaterThan(5).isEqualTo(events(one, phase));
      }
    }
  }

  private void refused(Driver started, String line) throws IOException, InterruptedException {
    try (Driver driver = started) {
      assertThat(driver.end()).as(driver.text()).isEqualTo(2);
      List<String> lines = driver.text().lines().filter(l -> !l.contains("; what Spark says is in ") && !l.startsWith("search: ")).toList();
      assertThat(lines).singleElement().asString().contains(line);
    }
  }

  /// Spark gives a server a minute to answer.
  @Test
  @Tag("slow")
  void aServerThatIsNoMasterIsWaitedForAndThenRefused() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Driver driver = on("spark://127.0.0.1:" + silent.getLocalPort(), config("true", 8, 2, ""))) {
      driver.await("proxima: waiting for spark://127.0.0.1:" + silent.getLocalPort() + " to answer; ");
      assertThat(driver.end()).as(driver.text()).isEqualTo(2);
      assertThat(driver.text()).contains(" gives no executor: it is no master of Spark 4.2").doesNotContain("Exception");
    }
  }

  @Test
  void whatCanNotBeUsedIsOneLine() throws Exception {
    Path config = config("true", 8, 2, "");
    refused(on("spark://127.0.0.1:1", config), "proxima: --master: no master is reached at 127.0.0.1:1 (Connection refused); start one there");
    refused(on("spark://nohost.invalid:7077", config), "proxima: --master: no master is reached at nohost.invalid:7077 (no host of that name is known); start one there");
    refused(on("mesos://x:1", config), "proxima: --master: needs spark://HOST:PORT, or local[N] for N trials at once in this process; got 'mesos://x:1'");
    Files.writeString(config, Files.readString(config).replace("command: [sh,", "command: [no-such-shell,"));
    refused(on("local[2]", config), ": command: no program 'no-such-shell'");
    config("true", 8, 2, "stopping: {kind: median, grace: 1}\n");
    refused(on("local[2]", config), "run.yaml:6: stopping: needs losses on the way, which clusters do not send back; take kind: promotion, or leave it out");
  }
}
