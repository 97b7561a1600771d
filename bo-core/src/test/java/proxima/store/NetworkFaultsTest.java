package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.strategy.Seeds;
import proxima.study.JournalContract;

/// The network between workers and the server loses connections, requests and answers.
class NetworkFaultsTest {

  private static void cut(int cuts, int seed) throws IOException, InterruptedException {
    RandomGenerator random = Seeds.random(seed);
    String name = Postgres.store();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Workers workers = Workers.start(network.through(name), 3)) {
      workers.awaitWork(3);
      for (int i = 0; i < cuts; i++) {
        if (random.nextInt(3) == 0) {
          network.loseNextAnswer();
        } else {
          network.cut();
        }
        Thread.sleep(random.nextInt(200));
      }
      workers.awaitWork(3);
      assertThat(workers.areAlive()).as("all live through it").isTrue();
      assertThat(workers.refusals()).isEmpty();
      workers.checkIn(name, cuts + " cuts of the network");
    }
  }

  @ParameterizedTest(name = "{0} cuts, seed {1}")
  @CsvSource("15, 1")
  void nothingIsLostWhereConnectionsAreCut(int cuts, int seed) throws IOException, InterruptedException {
    cut(cuts, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} cuts, seed {1}")
  @CsvSource("1000, 2")
  void nothingIsLostByAThousandCuts(int cuts, int seed) throws IOException, InterruptedException {
    cut(cuts, seed);
  }

  @Test
  void whoWaitsForAStoreSaysSoOnce() throws Exception {
    String name = Postgres.store();
    List<String> notes = new CopyOnWriteArrayList<>();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = Store.open(network.through(name), notes::add);
        Leases leases = store.leases("one")) {
      network.goAway();
      FutureTask<Boolean> append = new FutureTask<>(() -> store.append("s", 0, JournalContract.EVENTS.getFirst()));
      FutureTask<Boolean> lease = new FutureTask<>(() -> leases.take("s", 0));
      Thread.ofPlatform().start(append);
      Thread.ofPlatform().start(lease);
      Thread.sleep(3000);
      assertThat(append.isDone()).isFalse();
      assertThat(notes).singleElement().asString().startsWith("store " + network.through(name) + " cannot be reached: ").endsWith(" (waiting for it for 5 minutes)");
      network.comeBack();
      assertThat(append.get()).isTrue();
      assertThat(lease.get()).isTrue();
      assertThat(notes).hasSize(2).last().isEqualTo("store " + network.through(name) + " is back");
    }
  }

  /// As if its process had died: nobody else knows that it is held, and nobody renews it.
  @Test
  void aLeaseWhoseAnswerWasLostEnds() throws IOException {
    String name = Postgres.store();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = Store.open(network.through(name));
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      network.loseNextAnswer();
      assertThat(one.takeAny("s", List.of(1))).as("it is there, and its holder does not know").isEmpty();
      assertThat(two.take("s", 1)).isFalse();
      Postgres.execute(name, "UPDATE proxima_lease SET ends = ends - interval '1 hour'");
      one.renew();
      assertThat(two.take("s", 0)).as("renewed").isFalse();
      assertThat(two.take("s", 1)).as("not renewed").isTrue();
    }
  }

  /// A host that is switched off says nothing, and would have its turn for the two hours of the system's keep-alive.
  @Test
  void aServerNoticesThatAHostIsGone() throws Exception {
    PostgresServer server = PostgresServer.of(Postgres.store(), _ -> {});
    try (var c = server.connect(true);
        var sql = c.createStatement();
        var row = sql.executeQuery("SELECT current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).as("seconds").isEqualTo(60);
    }
  }
}
