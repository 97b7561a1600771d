package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.strategy.Seeds;
import proxima.study.Journal;
import proxima.study.MemoryJournal;
import proxima.study.Replays;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.TrialResult;

/// Workers, and the server, are killed at random moments; nothing that was acknowledged is lost, and nothing stands twice.
class KilledWorkersTest {

  /// More than are ever told before the last kill.
  private static final int ENDLESS = 1_000_000;

  private static final int AT_ONCE = 3;

  @TempDir private Path folder;

  /// A worker, and what it has acknowledged, which a thread reads along.
  private record Worker(Process process, List<Integer> acknowledged, Thread reader) {

    static Worker start(String store) {
      Process process = SharedStudyProcess.start(store, ENDLESS);
      List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
      Thread reader = Thread.ofPlatform().start(() -> {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            SharedStudyProcess.acknowledged(line).ifPresent(acknowledged::add);
          }
        } catch (IOException e) {
          // It was killed.
        }
      });
      return new Worker(process, acknowledged, reader);
    }

    void awaitWork() throws InterruptedException {
      while (acknowledged.isEmpty() && process.isAlive()) {
        Thread.sleep(2);
      }
    }

    /// @return what it had acknowledged
    List<Integer> kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
      reader.join();
      return acknowledged;
    }
  }

  /// Kills one of three workers after another, each at a random moment.
  /// @return what was acknowledged
  private static List<Integer> kill(String store, int kills, RandomGenerator random) throws InterruptedException {
    List<Integer> acknowledged = new ArrayList<>();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      workers.add(Worker.start(store));
    }
    for (int k = 0; k < kills; k++) {
      int which = random.nextInt(AT_ONCE);
      // Three of four are in the midst of their work, the others may still begin.
      if (k == 0 || random.nextInt(4) > 0) {
        workers.get(which).awaitWork();
      }
      Thread.sleep(random.nextInt(300));
      acknowledged.addAll(workers.get(which).kill());
      workers.set(which, Worker.start(store));
    }
    for (Worker w : workers) {
      acknowledged.addAll(w.kill());
    }
    return acknowledged;
  }

  private static void check(String store, List<Integer> acknowledged, int kills) {
    try (Store opened = Store.open(store)) {
      List<StudyEvent> events = opened.read(SharedStudyProcess.STUDY, 0);
      Study resumed = SharedStudyProcess.study(opened);
      List<TrialResult> told = resumed.trials().stream().filter(t -> t.outcome().isPresent()).toList();
      Set<Integer> numbers = new HashSet<>(told.stream().map(TrialResult::number).toList());
      assertThat(acknowledged).as("acknowledged").doesNotHaveDuplicates();
      assertThat(numbers).as("told").containsAll(acknowledged);
      assertThat(told).allSatisfy(t -> assertThat(t.outcome()).contains(SharedStudyProcess.objective(t.point())));
      Replays.check(events, SharedStudyProcess.STRATEGY);
      Journal undisturbed = new MemoryJournal();
      for (int i = 0; i < events.size(); i++) {
        undisturbed.append(SharedStudyProcess.STUDY, i, events.get(i));
      }
      assertThat(resumed.ask()).as("the next point").isEqualTo(SharedStudyProcess.study(undisturbed).ask());
      System.out.printf(
          "%s: %d kills, %d trials acknowledged, %d told, %d left pending, 0 lost, 0 told twice%n", opened instanceof SqliteStore ? "SQLite" : "PostgreSQL", kills, acknowledged.size(), told.size(),
          resumed.pending().size());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = 1)
  void nothingIsLostInSqlite(int seed) throws InterruptedException {
    sqlite(3, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = 1)
  void nothingIsLostInPostgres(int seed) throws InterruptedException {
    postgres(3, seed);
  }

  @Test
  @Tag("slow")
  void nothingIsLostInSqliteByFiveHundredKills() throws InterruptedException {
    sqlite(500, 2);
  }

  @Test
  @Tag("slow")
  void nothingIsLostInPostgresByFiveHundredKills() throws InterruptedException {
    postgres(500, 2);
  }

  private void sqlite(int kills, int seed) throws InterruptedException {
    String store = folder.resolve("shared.db").toString();
    check(store, kill(store, kills, Seeds.random(seed)), kills);
  }

  private static void postgres(int kills, int seed) throws InterruptedException {
    String store = Postgres.store();
    check(store, kill(store, kills, Seeds.random(seed)), kills);
  }

  @Test
  @Tag("slow")
  void nothingIsLostWhenTheServerIsKilled() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    RandomGenerator random = Seeds.random(3);
    EmbeddedPostgres server = Postgres.start(data, 0, true);
    Path pid = data.resolve("postmaster.pid");
    int port = server.getPort();
    String store = "postgresql://postgres@localhost:" + port + "/postgres";
    List<Worker> workers = new ArrayList<>();
    int kills = 20;
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        workers.add(Worker.start(store));
      }
      for (int k = 0; k < kills; k++) {
        Thread.sleep(random.nextInt(500, 2500));
        killAll(Integer.parseInt(Files.readAllLines(pid).getFirst().strip()));
        server.close();
        Thread.sleep(random.nextInt(100, 1500));
        server = Postgres.start(data, port, true);
      }
      Thread.sleep(3000);
      assertThat(workers).as("all live through it").allMatch(w -> w.process().isAlive());
    } finally {
      List<Integer> acknowledged = new ArrayList<>();
      for (Worker w : workers) {
        acknowledged.addAll(w.kill());
      }
      check(store, acknowledged, kills);
      server.close();
    }
  }

  /// The server with all processes that it has begun, as when a host goes down.
  private static void killAll(int pid) {
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(p -> p.onExit().join());
  }
}
