package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.module.ModuleSettings;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Leases;
import proxima.store.SqliteStore;
import proxima.strategy.RandomStrategy;
import proxima.study.Study;

/// The leases of a process that works on a run, by a clock that is set by hand.
class WorkerTest {

  @TempDir private Path folder;

  private final AtomicLong seconds = new AtomicLong(1_000_000);

  private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path file() {
    return folder.resolve("runs.db");
  }

  private RunStore store() {
    return new RunStore(SqliteStore.open(file(), clock), file().toString(), "shell");
  }

  private Terminal terminal() {
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Terminal(InputStream.nullInputStream(), said, said, false, false);
  }

  @Test
  void aSecondLeaderIsRefusedWhileTheFirstOneLives() {
    try (RunStore store = store();
        Leases first = store.store().leases("1234@elsewhere-ab12")) {
      assertThat(first.take("shell", RunStore.LEAD)).isTrue();
      assertThatThrownBy(() -> Worker.leading(store, terminal(), time -> {
        seconds.addAndGet(time.toSeconds());
        first.renew();
      })).isInstanceOf(InputException.class).hasMessage("run 'shell' in store " + file() + " is led by 1234@elsewhere-ab12; join it with: ./proxima worker --store " + file() + " --study shell");
      assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("proxima: waiting 31 s, to see whether 1234@elsewhere-ab12 is still there" + System.lineSeparator());
      assertThat(seconds).as("as long as it says").hasValue(1_000_000 + 31);
    }
  }

  @Test
  void aDeadLeaderIsReplacedOnceItsLeaseHasEnded() throws InterruptedException {
    try (RunStore store = store();
        Leases first = store.store().leases("1234@elsewhere-ab12")) {
      assertThat(first.take("shell", RunStore.LEAD)).isTrue();
      try (Worker worker = Worker.leading(store, terminal(), time -> seconds.addAndGet(time.toSeconds()))) {
        assertThat(seconds.get() - 1_000_000).isBetween(30L, 31L);
        assertThat(store.leader()).contains(worker.name());
      }
      assertThat(store.leader()).as("handed back").isEmpty();
    }
  }

  @Test
  void whoWaitsForATrialIsSeen() {
    RunRecord.Hand waiting = new RunRecord.Hand(0, 0, 0, true);
    try (RunStore store = store();
        Worker one = Worker.joining(store)) {
      try (Worker two = Worker.joining(store)) {
        assertThat(store.workers(Set.of("search"))).isEqualTo(Map.of(one.name(), waiting, two.name(), waiting));
      }
      assertThat(store.workers(Set.of("search"))).as("one ended").isEqualTo(Map.of(one.name(), waiting));
      one.leases().finish("shell/search", 3, 2.5);
      assertThat(store.workers(Set.of("search"))).isEqualTo(Map.of(one.name(), new RunRecord.Hand(1, 0, 2.5, true)));
      seconds.addAndGet(Leases.SECONDS + 1);
      assertThat(store.workers(Set.of("search"))).as("killed").isEqualTo(Map.of(one.name(), new RunRecord.Hand(1, 0, 2.5, false)));
    }
  }

  private double ends(String study) {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement sql = c.createStatement();
        ResultSet row = sql.executeQuery("SELECT min(ends) FROM lease WHERE study = '" + study + "'")) {
      return row.getDouble(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ten seconds later, once all leases have been renewed since.
  private void pass() throws InterruptedException {
    seconds.addAndGet(10);
    for (int i = 0; Math.min(ends("shell"), ends("shell/search")) < seconds.get() + Leases.SECONDS; i++) {
      assertThat(i).as("half a minute without a beat").isLessThan(6000);
      Thread.sleep(5);
    }
  }

  @Test
  void leasesHoldAsLongAsTheirHolderWorksAndEndWithIt() throws Exception {
    CountDownLatch isTaken = new CountDownLatch(1);
    CountDownLatch isOver = new CountDownLatch(1);
    Objective slow = (_, _) -> {
      isTaken.countDown();
      isOver.await();
      return Outcome.of(1);
    };
    try (RunStore store = store();
        Leases mine = store.store().leases("1@here-ab12");
        Leases other = store.store().leases("2@there-ab12");
        Study study = Study.open(store, "search", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1)) {
      assertThat(store.store().runs().describe("shell", "{}")).isTrue();
      assertThat(mine.take("shell", RunStore.LEAD)).isTrue();
      try (Runner runner = new SharedRunner(slow, store, mine, 1, new Silent(), Duration.ofMillis(5))) {
        FutureTask<Boolean> phase = new FutureTask<>(() -> {
          runner.run("search", study, 1, t -> new Job("t-" + t.number(), t.configuration(), new ModuleSettings(List.of()), new Scale(1, 1, 1, 1), 1));
          return true;
        });
        Thread.ofPlatform().start(phase);
        isTaken.await();
        for (int i = 0; i < 6; i++) {
          pass();
          assertThat(other.take("shell/search", 0)).as("the trial, after %d s", 10 * (i + 1)).isFalse();
          assertThat(other.take("shell", RunStore.LEAD)).as("the lead, after %d s", 10 * (i + 1)).isFalse();
        }
        isOver.countDown();
        assertThat(phase.get()).isTrue();
      }
      seconds.addAndGet(Leases.SECONDS + 1);
      assertThat(other.take("shell", RunStore.LEAD)).as("what it held when it ended").isTrue();
      assertThat(other.take("shell/search", 0)).as("what it finished").isFalse();
    }
  }
}
