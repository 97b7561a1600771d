package proxima.bench.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.strategy.Seeds;

class BbobTest {

  private record Golden(int function, int dimension, int instance, int point, double value) {}

  private static List<Golden> golden() throws IOException {
    try (InputStream file = Objects.requireNonNull(BbobTest.class.getResourceAsStream("golden.csv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(l -> l.split(",")).map(c ->
          new Golden(Integer.parseInt(c[0]), Integer.parseInt(c[1]), Integer.parseInt(c[2]), Integer.parseInt(c[3]), Double.parseDouble(c[4]))).toList();
    }
  }

  static IntStream functions() {
    return IntStream.rangeClosed(1, Bbob.FUNCTIONS);
  }

  @ParameterizedTest(name = "f{0}")
  @MethodSource("functions")
  void valuesAreThoseOfTheReference(int function) throws IOException {
    List<Golden> golden = golden().stream().filter(g -> g.function == function).toList();
    assertThat(golden).hasSize(60);
    for (Golden g : golden) {
      Bbob bbob = Bbob.of(function, g.dimension, g.instance);
      if (g.point < 0) {
        assertThat(bbob.lowest()).as("%s", g).isCloseTo(g.value, within(1e-9));
      } else {
        double[] x = IntStream.range(0, g.dimension).mapToDouble(i -> 10 * ((g.point + 1) * Math.sqrt(i + 2) % 1) - 5).toArray();
        // Sums and products in another order.
        assertThat(bbob.value(x)).as("%s", g).isCloseTo(g.value, within(1e-9 * Math.abs(g.value) + 1e-9));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void nothingIsBelowTheLowestValue(long seed) {
    var random = Seeds.random(seed);
    for (int function = 1; function <= Bbob.FUNCTIONS; function++) {
      Bbob bbob = Bbob.of(function, 4, 1 + (int) seed);
      for (int i = 0; i < 200; i++) {
        assertThat(bbob.above().applyAsDouble(random.doubles(4, -5, 5).toArray())).isNotNegative();
      }
    }
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertThatThrownBy(() -> Bbob.of(25, 2, 1)).hasMessageContaining("got 25, 2, 1");
    assertThatThrownBy(() -> Bbob.of(1, 1, 1)).hasMessageContaining("got 1, 1, 1");
    assertThatThrownBy(() -> Bbob.of(1, 2, 0)).hasMessageContaining("got 1, 2, 0");
  }
}
