package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadsTest {

  private static final List<Integer> ITEMS = IntStream.range(0, 20).boxed().toList();

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2, 4, 100})
  void resultsComeInTheOrderOfTheItems(int count) {
    Threads threads = new Threads(count);
    assertThat(threads.map(ITEMS, i -> i * i)).isEqualTo(ITEMS.stream().map(i -> i * i).toList());
    assertThat(threads.map(List.<Integer>of(), i -> i)).isEmpty();
  }

  @Test
  void piecesRunAtOnce() {
    var together = new CountDownLatch(3);
    Function<Integer, Boolean> meet = i -> {
      together.countDown();
      try {
        return together.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return false;
      }
    };
    assertThat(new Threads(3).map(ITEMS.subList(0, 3), meet)).containsOnly(true);
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 4})
  void whatAPieceThrowsIsThrown(int count) {
    assertThatThrownBy(() -> new Threads(count).map(ITEMS, i -> 1 / (i - 7))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void thereIsOneAtLeast() {
    assertThat(Threads.available().count()).isBetween(1, 4);
    assertThatThrownBy(() -> new Threads(0)).hasMessageContaining("1 thread or more, got 0");
  }
}
