package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import proxima.store.Leases.Turn;

/// What every store keeps to, beside what every journal does.
abstract class StoreContract {

  /// A store that is empty.
  abstract String name();

  /// Makes all leases end, as time would.
  abstract void endLeases(String name);

  @Test
  void aRunIsDescribedOnce() {
    String name = name();
    try (Store store = Store.open(name)) {
      assertThat(store.runs().description("b")).isEmpty();
      assertThat(store.runs().describe("b", "it's\nb")).isTrue();
      assertThat(store.runs().describe("a", "of a")).isTrue();
      assertThat(store.runs().describe("b", "another")).isFalse();
    }
    try (Store store = Store.open(name)) {
      assertThat(store.runs().description("b")).isEqualTo(Optional.of("it's\nb"));
      assertThat(store.runs().names()).containsExactly("a", "b");
    }
  }

  @RepeatedTest(3)
  void manyOpenANewStoreAtOnce() throws Exception {
    String name = name();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<List<String>>> opened = Stream.generate(() -> pool.submit(() -> {
        try (Store store = Store.open(name)) {
          return store.runs().names();
        }
      })).limit(8).toList();
      for (Future<List<String>> one : opened) {
        assertThat(one.get()).isEmpty();
      }
    }
  }

  @Test
  void aTrialIsHeldByOneUntilItIsHandedBackOrItsLeaseEnds() {
    String name = name();
    try (Store store = Store.open(name);
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      assertThat(one.take("s", 0)).as("by another thread").isFalse();
      assertThat(two.take("s", 0)).isFalse();
      assertThat(two.take("s", 1)).isTrue();
      assertThat(two.take("t", 0)).as("of another study").isTrue();
      one.handBack("s", 0);
      assertThat(two.take("s", 0)).isTrue();
      one.handBack("s", 0);
      assertThat(one.take("s", 0)).as("what one does not hold it can not hand back").isFalse();
      endLeases(name);
      assertThat(two.of("s")).extracting(Lease::isLive).containsExactly(false, false);
      two.renew();
      assertThat(one.take("s", 0)).as("renewed").isFalse();
      endLeases(name);
      assertThat(one.take("s", 0)).isTrue();
      assertThat(one.of("s")).containsExactly(new Lease(0, "one", true, OptionalDouble.empty()), new Lease(1, "two", false, OptionalDouble.empty()));
    }
  }

  @Test
  void whatIsFinishedIsNotTakenAgain() {
    String name = name();
    try (Store store = Store.open(name);
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 0)).isTrue();
      one.finish("s", 0, 1.5);
      two.finish("s", 0, 99);
      endLeases(name);
      assertThat(two.take("s", 0)).isFalse();
      assertThat(one.take("s", 0)).isFalse();
      one.renew();
      one.handBack("s", 0);
      assertThat(two.of("s")).containsExactly(new Lease(0, "one", false, OptionalDouble.of(1.5)));
    }
  }

  @Test
  void theFirstThatIsFreeIsTaken() {
    try (Store store = Store.open(name());
        Leases one = store.leases("one");
        Leases two = store.leases("two")) {
      assertThat(one.take("s", 3)).isTrue();
      one.finish("s", 4, 1);
      assertThat(two.takeAny("s", List.of(4, 3, 9, 7))).hasValue(9);
      assertThat(two.takeAny("s", List.of(4, 3, 9, 7))).hasValue(7);
      assertThat(two.takeAny("s", List.of(4, 3, 9, 7))).isEmpty();
      assertThat(two.takeAny("s", List.of())).isEmpty();
    }
  }

  @Test
  void oneOfManyTakesATrial() throws Exception {
    try (Store store = Store.open(name());
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int trial = 0; trial < 20; trial++) {
        int which = trial;
        List<Leases> holders = List.of(store.leases("a"), store.leases("b"), store.leases("c"), store.leases("d"));
        List<Future<Boolean>> taken = holders.stream().map(l -> pool.submit(() -> l.take("s", which))).toList();
        int count = 0;
        for (Future<Boolean> f : taken) {
          count += f.get() ? 1 : 0;
        }
        assertThat(count).isOne();
        holders.forEach(Leases::close);
      }
    }
  }

  @Test
  void oneAtATimeHasTheTurnOfAStudy() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch areThere = new CountDownLatch(4);
    try (Store store = Store.open(name());
        Leases one = store.leases("one");
        Leases two = store.leases("two");
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = List.of(one, one, two, two).stream().<Future<?>>map(leases -> pool.submit(() -> {
        areThere.countDown();
        assertThat(areThere.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 25; i++) {
          try (Turn _ = leases.turn("s")) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            // So that others come in if they can.
            Thread.sleep(2);
            inside.decrementAndGet();
          }
        }
        return 0;
      })).toList();
      for (Future<?> f : all) {
        f.get(60, TimeUnit.SECONDS);
      }
      assertThat(most.get()).isOne();
      try (Turn _ = one.turn("s"); Turn _ = two.turn("t")) {
        assertThat(store.read("s", 0)).as("others read and tell meanwhile").isEmpty();
      }
    }
  }
}
