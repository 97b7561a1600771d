package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.strategy.Seeds;

/// The disk of a store fills up while processes tell: each refusal is one line, and once there is space the same processes go on.
class FullDiskFaultsTest {

  @TempDir private Path folder;

  private void sqlite(int times, int seed) throws IOException, InterruptedException {
    RandomGenerator random = Seeds.random(seed);
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 64 << 10)) {
      String store = disk.folder().resolve("shared.db").toString();
      try (Workers workers = Workers.start(store, 2)) {
        for (int i = 0; i < times; i++) {
          workers.awaitWork(2);
          Thread.sleep(random.nextInt(50));
          disk.fill();
          workers.awaitRefusals(2);
          disk.free();
        }
        workers.awaitWork(2);
        assertThat(workers.refusals()).allMatch(line -> line.startsWith("journal " + store + " cannot ") && line.endsWith(" and go on, all that was told before is kept"));
        assertThat(workers.areAlive()).isTrue();
        workers.check("a full disk " + times + " times");
      }
    }
  }

  @Test
  void aFullDiskLosesNothingInSqlite() throws IOException, InterruptedException {
    sqlite(2, 1);
  }

  @Test
  @Tag("slow")
  void aFullDiskLosesNothingInSqliteFiftyTimes() throws IOException, InterruptedException {
    sqlite(50, 2);
  }

  @Test
  void aNewStoreOnAFullDiskIsOneLineAndIsMadeOnceThereIsSpace() throws IOException {
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 256)) {
      String store = disk.folder().resolve("new.db").toString();
      disk.fill();
      assertThat(FaultLines.of(() -> Store.open(store).close())).startsWith("journal " + store + " cannot ").endsWith(" and go on, all that was told before is kept");
      disk.free();
      try (Store opened = Store.open(store)) {
        assertThat(opened.runs().names()).isEmpty();
      }
    }
  }

  /// A server that cannot write its log goes down, and is started again once there is space.
  @Test
  @Tag("slow")
  void aFullDiskLosesNothingInPostgres() throws IOException, InterruptedException {
    int times = 5;
    RandomGenerator random = Seeds.random(3);
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 200 << 10)) {
      Path data = Files.createDirectories(disk.folder().resolve("data"));
      EmbeddedPostgres server = Postgres.start(data, 0, true);
      int port = server.getPort();
      String store = "postgresql://postgres@localhost:" + port + "/postgres";
      try (Workers workers = Workers.start(store, 2)) {
        for (int i = 0; i < times; i++) {
          workers.awaitWork(20);
          Thread.sleep(random.nextInt(200));
          disk.fill();
          Thread.sleep(random.nextInt(1000, 3000));
          disk.free();
          if (!Files.exists(data.resolve("postmaster.pid"))) {
            server.close();
            server = Postgres.start(data, port, true);
          }
        }
        workers.awaitWork(20);
        assertThat(workers.areAlive()).isTrue();
        assertThat(workers.refusals()).allMatch(line -> line.startsWith("store " + store + " ") && line.contains("; "));
        workers.check("a full disk " + times + " times");
      } finally {
        server.close();
      }
    }
  }
}
