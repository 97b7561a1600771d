package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;
import proxima.strategy.Seeds;
import proxima.study.Replays;
import proxima.study.Study;
import proxima.study.Trial;

/// The clock of a machine jumps, or those of processes that share a file differ. A trial may be trained twice or taken over late, and is told once.
class ClockFaultsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  /// A clock that is set by hand.
  private static final class Clock implements InstantSource {
    private Instant now = START;

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private Path file() {
    return folder.resolve("shared.db");
  }

  @Test
  void aLeaseHoldsForHalfAMinute() {
    Clock clock = new Clock();
    try (Store store = SqliteStore.open(file(), clock);
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      clock.move(Duration.ofSeconds(Leases.SECONDS));
      assertThat(two.take("s", 0)).isFalse();
      clock.move(Duration.ofMillis(1));
      assertThat(two.take("s", 0)).isTrue();
    }
  }

  @ParameterizedTest(name = "{0} s")
  @ValueSource(longs = {-1, -29, -31, -3600, -360_000})
  void aClockThatIsPutBackKeepsADeadWorkersTrialForAMinuteAtMost(long seconds) {
    Clock clock = new Clock();
    try (Store store = SqliteStore.open(file(), clock);
        Leases dead = store.leases("dead");
        Leases two = store.leases("two")) {
      assertThat(dead.take("s", 0)).isTrue();
      clock.move(Duration.ofSeconds(seconds));
      int waited = 0;
      while (!two.take("s", 0)) {
        clock.move(Duration.ofSeconds(1));
        waited++;
      }
      assertThat(waited).isLessThanOrEqualTo(2 * Leases.SECONDS);
    }
  }

  @ParameterizedTest(name = "{0} s")
  @ValueSource(longs = {-1, -29})
  void aClockThatIsPutRightByLittleTakesNoTrialAway(long seconds) {
    Clock clock = new Clock();
    try (Store store = SqliteStore.open(file(), clock);
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      clock.move(Duration.ofSeconds(seconds));
      assertThat(two.take("s", 0)).isFalse();
    }
  }

  /// Of a server: what its clock is put back by, its leases are ahead.
  @Test
  void aServersClockThatIsPutBackKeepsNoTrialEither() {
    String name = Postgres.store();
    try (Store store = Store.open(name);
        Leases dead = store.leases("dead");
        Leases two = store.leases("two")) {
      assertThat(dead.take("s", 0)).isTrue();
      Postgres.execute(name, "UPDATE proxima_lease SET ends = ends + interval '20 seconds'");
      assertThat(two.take("s", 0)).isFalse();
      Postgres.execute(name, "UPDATE proxima_lease SET ends = ends + interval '1 hour'");
      assertThat(two.take("s", 0)).isTrue();
    }
  }

  /// A worker of the file, whose clock is its own.
  private record Member(Clock clock, Store store, SharedStudy shared) {

    static Member join(Path file, int number) {
      Clock clock = new Clock();
      Store store = SqliteStore.open(file, clock);
      return new Member(clock, store, new SharedStudy(SharedStudyProcess.study(store), store.leases("worker " + number), SharedStudyProcess.STUDY));
    }

    void close() {
      shared.leases().close();
      store.close();
    }
  }

  /// Three take turns at random; clocks jump by hours, some die with a trial that they hold.
  private void jump(int trials, int seed) throws InterruptedException {
    RandomGenerator random = Seeds.random(seed);
    List<Member> members = new ArrayList<>();
    List<Optional<Trial>> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(Member.join(file(), i));
      held.add(Optional.empty());
    }
    List<Integer> acknowledged = new ArrayList<>();
    int jumps = 0;
    int deaths = 0;
    int late = 0;
    boolean isOver = false;
    for (int step = 0; !isOver; step++) {
      assertThat(step).as("steps for %d trials, seed %d", trials, seed).isLessThan(100 * trials);
      members.forEach(m -> m.clock.move(Duration.ofSeconds(1)));
      int who = random.nextInt(members.size());
      Member member = members.get(who);
      if (random.nextInt(5) == 0) {
        member.clock.move(Duration.ofSeconds(random.nextLong(-10_000, 10_000)));
        jumps++;
      }
      if (held.get(who).isPresent()) {
        Trial trial = held.get(who).get();
        if (random.nextInt(20) == 0) {
          member.close();
          members.set(who, Member.join(file(), 10 + deaths++));
        } else if (random.nextInt(2) == 0) {
          member.shared.leases().renew();
          continue;
        } else if (member.shared.tell(trial, SharedStudyProcess.objective(trial.point()), 1).isPresent()) {
          acknowledged.add(trial.number());
        } else {
          late++;
        }
        held.set(who, Optional.empty());
      } else {
        SharedStudy.Next next = member.shared.next(trials, step % 3 == 0);
        held.set(who, next instanceof SharedStudy.Taken(Trial trial) ? Optional.of(trial) : Optional.empty());
        isOver = next instanceof SharedStudy.Over;
      }
    }
    members.forEach(Member::close);
    assertThat(List.of(jumps, deaths, late)).as("jumps, deaths, trained in vain").allSatisfy(n -> assertThat(n).isPositive());
    try (Store store = Store.open(file().toString())) {
      Study study = SharedStudyProcess.study(store);
      assertThat(acknowledged).doesNotHaveDuplicates().hasSize(trials);
      assertThat(study.trials()).hasSize(trials).allSatisfy(t -> assertThat(t.outcome()).contains(SharedStudyProcess.objective(t.point())));
      assertThat(new HashSet<>(acknowledged)).isEqualTo(new HashSet<>(study.trials().stream().map(t -> t.number()).toList()));
      Replays.check(store.read(SharedStudyProcess.STUDY, 0), SharedStudyProcess.STRATEGY);
    }
    System.out.printf("SQLite, seed %d: %d jumps of clocks, %d deaths, %d trials acknowledged, %d trained in vain, 0 lost, 0 told twice%n", seed, jumps, deaths, acknowledged.size(), late);
  }

  @ParameterizedTest(name = "{0} trials, seed {1}")
  @CsvSource("40, 1")
  void clocksThatJumpLoseNothing(int trials, int seed) throws InterruptedException {
    jump(trials, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} trials, seed {1}")
  @CsvSource({"1500, 2", "1500, 3"})
  void clocksThatJumpAThousandTimesLoseNothing(int trials, int seed) throws InterruptedException {
    jump(trials, seed);
  }

  @Test
  void aTrialThatAnotherToldIsHeldByNobody() {
    Clock clock = new Clock();
    try (Store store = SqliteStore.open(file(), clock);
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      SharedStudy slow = new SharedStudy(SharedStudyProcess.study(store), one, SharedStudyProcess.STUDY);
      SharedStudy fast = new SharedStudy(SharedStudyProcess.study(store), two, SharedStudyProcess.STUDY);
      Trial trial = slow.study().ask();
      assertThat(one.take(SharedStudyProcess.STUDY, trial.number())).isTrue();
      fast.study().refresh();
      assertThat(fast.tell(trial, Outcome.of(1), 1)).isPresent();
      assertThat(slow.tell(trial, Outcome.of(2), 1)).isEmpty();
      assertThat(one.of(SharedStudyProcess.STUDY)).extracting(Lease::isLive).containsExactly(false);
    }
  }
}
