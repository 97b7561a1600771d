package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.strategy.Seeds;

/// Workers, and the server, are killed at random moments; nothing that was acknowledged is lost, and nothing stands twice.
class KilledWorkersTest {

  private static final int AT_ONCE = 3;

  @TempDir private Path folder;

  /// Kills one of three workers after another, each at a random moment.
  private static void kill(String store, int kills, RandomGenerator random) throws InterruptedException {
    try (Workers workers = Workers.start(store, AT_ONCE)) {
      for (int k = 0; k < kills; k++) {
        int which = random.nextInt(AT_ONCE);
        // Three of four are in the midst of their work, the others may still begin.
        if (k == 0 || random.nextInt(4) > 0) {
          workers.awaitFirst(which);
        }
        Thread.sleep(random.nextInt(300));
        workers.replace(which);
      }
      workers.check(kills + " kills");
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
    kill(folder.resolve("shared.db").toString(), kills, Seeds.random(seed));
  }

  private static void postgres(int kills, int seed) throws InterruptedException {
    kill(Postgres.store(), kills, Seeds.random(seed));
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
    int kills = 20;
    try (Workers workers = Workers.start(store, AT_ONCE)) {
      // Who opens a store is told at once that it is away; who works with it waits.
      for (int i = 0; i < AT_ONCE; i++) {
        workers.awaitFirst(i);
      }
      for (int k = 0; k < kills; k++) {
        Thread.sleep(random.nextInt(500, 2500));
        killAll(Integer.parseInt(Files.readAllLines(pid).getFirst().strip()));
        server.close();
        Thread.sleep(random.nextInt(100, 1500));
        server = Postgres.start(data, port, true);
        workers.awaitWork(AT_ONCE);
      }
      assertThat(workers.areAlive()).as("all live through it; %s", workers.refusals()).isTrue();
      workers.check(kills + " kills of the server");
    } finally {
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
