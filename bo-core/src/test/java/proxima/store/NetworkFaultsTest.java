package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.store.Leases.Turn;
import proxima.strategy.Seeds;
import proxima.study.JournalContract;

/// The network between workers and the server loses connections, requests and answers.
class NetworkFaultsTest {

  private static void cut(int cuts, int seed) throws IOException, InterruptedException {
    RandomGenerator random = Seeds.random(seed);
    String name = Postgres.store();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Workers workers = Workers.start(network.through(name), 3)) {
      // One that cannot open the store at its start ends.
      workers.awaitEach();
      int cut = 0;
      for (int i = 0; i < cuts; i++) {
        if (random.nextInt(3) == 0) {
          network.loseNextAnswer();
        } else {
          cut += network.cut();
        }
        Thread.sleep(random.nextInt(200));
      }
      assertThat(cut).as("sockets that were cut").isPositive();
      workers.awaitWork(3);
      assertThat(workers.refusals()).isEmpty();
      assertThat(workers.areAlive()).as("all live through it").isTrue();
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
      awaitNote(notes);
      // Both have tried again since.
      Thread.sleep(2000);
      assertThat(append.isDone()).isFalse();
      assertThat(notes).singleElement().asString().startsWith("store " + network.through(name) + " cannot be reached: ").endsWith(" (waiting for it for 5 minutes)");
      network.comeBack();
      assertThat(append.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(lease.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(notes).hasSize(2).last().isEqualTo("store " + network.through(name) + " is back");
    }
  }

  private static void awaitNote(List<String> notes) throws InterruptedException {
    for (int i = 0; notes.isEmpty(); i++) {
      assertThat(i).as("a minute without a note").isLessThan(600);
      Thread.sleep(100);
    }
  }

  /// As `status --follow` does at each of its looks.
  @Test
  void whoLooksAgainAtAStoreWaitsForIt() throws Exception {
    String name = Postgres.store();
    List<String> notes = new CopyOnWriteArrayList<>();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store first = Store.open(name)) {
      assertThat(first.append("s", 0, JournalContract.EVENTS.getFirst())).isTrue();
      network.goAway();
      FutureTask<Integer> look = new FutureTask<>(() -> {
        try (Store store = Store.awaitToRead(network.through(name), notes::add)) {
          return store.read("s", 0).size();
        }
      });
      Thread.ofPlatform().start(look);
      awaitNote(notes);
      network.comeBack();
      assertThat(look.get(60, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(notes).hasSize(2).last().isEqualTo("store " + network.through(name) + " is back");
    }
  }

  @Test
  void whoHasWaitedLongEnoughGivesUpByOneLineAndGoesOnOnceTheStoreIsBack() throws IOException {
    String name = Postgres.store();
    Duration patience = Duration.ofSeconds(2);
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = PostgresStore.open(PostgresServer.of(network.through(name), _ -> {}, patience))) {
      network.goAway();
      long start = System.nanoTime();
      String line = FaultLines.of(() -> store.append("s", 0, JournalContract.EVENTS.getFirst()));
      assertThat(line).startsWith("store " + network.through(name) + " cannot be reached: ");
      assertThat(System.nanoTime() - start).as("it has waited").isGreaterThanOrEqualTo(patience.toNanos());
      network.comeBack();
      assertThat(store.append("s", 0, JournalContract.EVENTS.getFirst())).isTrue();
    }
  }

  @Test
  void whoWaitsForAStoreThatIsClosedGivesUp() throws Exception {
    String name = Postgres.store();
    List<String> notes = new CopyOnWriteArrayList<>();
    try (FlakyNetwork network = FlakyNetwork.before(name)) {
      Store store = Store.open(network.through(name), notes::add);
      network.goAway();
      FutureTask<String> line = new FutureTask<>(() -> FaultLines.of(() -> store.append("s", 0, JournalContract.EVENTS.getFirst())));
      Thread.ofPlatform().start(line);
      awaitNote(notes);
      store.close();
      assertThat(line.get(60, TimeUnit.SECONDS)).startsWith("store " + network.through(name) + " cannot be reached: ");
    }
  }

  /// Else a process that is told to stop would wait for its store.
  @Test
  void whatCanNotBeHandedBackAtOnceIsLeftToTheEndOfItsLease() throws IOException {
    String name = Postgres.store();
    try (FlakyNetwork network = FlakyNetwork.before(name);
        Store store = PostgresStore.open(PostgresServer.of(network.through(name), _ -> {}, Duration.ofSeconds(2)));
        Leases one = store.leases("one");
        Store other = Store.open(name);
        Leases two = other.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      assertThat(one.take("s", 1)).isTrue();
      network.cut();
      one.handBack("s", 1);
      assertThat(two.take("s", 1)).as("by another connection").isTrue();
      network.goAway();
      one.handBack("s", 0);
      assertThat(two.take("s", 0)).as("not handed back").isFalse();
      Postgres.execute(name, "UPDATE proxima_lease SET ends = ends - interval '1 hour'");
      assertThat(two.take("s", 0)).isTrue();
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
  void connectionsAskTheServerToNoticeWithinAMinuteThatAHostIsGone() throws Exception {
    PostgresServer server = PostgresServer.of(Postgres.store(), _ -> {});
    try (var c = server.connect(true);
        var sql = c.createStatement();
        var row = sql.executeQuery("SELECT current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).as("seconds").isEqualTo(60);
    }
  }

  @Test
  void theTurnOfAHolderWhoseConnectionTheServerEndedIsTheNexts() throws Exception {
    String name = Postgres.store();
    try (Store store = Store.open(name);
        Leases gone = store.leases("gone");
        Store other = Store.open(name);
        Leases next = other.leases("next");
        Turn _ = gone.turn("s")) {
      FutureTask<Boolean> granted = new FutureTask<>(() -> {
        try (Turn _ = next.turn("s")) {
          return true;
        }
      });
      Thread.ofPlatform().start(granted);
      Postgres.execute(
          name,
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
      assertThat(granted.get(Turns.LONGEST.toSeconds() / 2, TimeUnit.SECONDS)).isTrue();
    }
  }
}
