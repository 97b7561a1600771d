package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrambledSobolTest {

  /// A scrambled (0, m, 1)-net in each coordinate: 2^m points, one in each of 2^m equal intervals.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void everyCoordinateIsStratified(long seed) {
    var sobol = new ScrambledSobol(60, seed);
    for (int i = 0; i < 60; i++) {
      boolean[] hit = new boolean[256];
      for (int k = 0; k < 256; k++) {
        hit[(int) (256 * sobol.point(k)[i])] = true;
      }
      assertThat(hit).doesNotContain(false);
    }
  }

  /// Scrambling keeps the elementary intervals of the first two coordinates, a (0, m, 2)-net.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void elementaryIntervalsHoldOnePointEach(long seed) {
    var sobol = new ScrambledSobol(2, seed);
    for (int split = 0; split <= 6; split++) {
      boolean[] hit = new boolean[64];
      for (int k = 0; k < 64; k++) {
        double[] x = sobol.point(k);
        int row = (int) (x[0] * (1 << split));
        int column = (int) (x[1] * (1 << (6 - split)));
        hit[(row << (6 - split)) + column] = true;
      }
      assertThat(hit).doesNotContain(false);
    }
  }

  @ParameterizedTest(name = "index {0}")
  @ValueSource(ints = {0, 1, 5, 17})
  void seedsShiftEachPointUniformly(int index) {
    double sum = 0;
    double squares = 0;
    int seeds = 4000;
    for (int seed = 0; seed < seeds; seed++) {
      double u = new ScrambledSobol(1, seed).point(index)[0];
      sum += u;
      squares += u * u;
    }
    // Four standard errors of a uniform's mean and second moment.
    assertThat(sum / seeds).isBetween(0.5 - 4 * 0.289 / Math.sqrt(seeds), 0.5 + 4 * 0.289 / Math.sqrt(seeds));
    assertThat(squares / seeds).isBetween(1 / 3.0 - 4 * 0.298 / Math.sqrt(seeds), 1 / 3.0 + 4 * 0.298 / Math.sqrt(seeds));
  }
}
