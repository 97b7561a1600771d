package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossingTest {

  private static final double[] FRACTIONS = {0.25, 0.5, 1};

  @Test
  void itIsLinearInTheLogarithmOfTheLength() {
    double[] losses = {3, 2, 1};
    assertThat(Crossing.of(FRACTIONS, losses, 2).getAsDouble()).isEqualTo(0.5);
    assertThat(Crossing.of(FRACTIONS, losses, 1.5).getAsDouble()).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void itIsTheFirstLengthAtMostAndNoneBeyondTheLast() {
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, 3.5)).hasValue(0.25);
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, 0.5)).isEmpty();
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, Double.NaN)).isEmpty();
  }

  @Test
  void aLossThatRisesByChanceLiftsThoseBeforeIt() {
    assertThat(Crossing.of(FRACTIONS, new double[] {1.30, 1.34, 1.29}, 1.31).getAsDouble()).isGreaterThan(0.5);
    assertThat(Crossing.of(FRACTIONS, new double[] {1.32, 1.30, 1.29}, 1.31).getAsDouble()).isLessThan(0.5);
  }

  /// Least squares: no sequence that never rises is nearer, by the condition that within a level all means from its start on are at most that level.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatNeverRisesIsTheNearestSuch(long seed) {
    double[] losses = new SplittableRandom(seed).doubles(8).toArray();
    double[] falling = Crossing.falling(losses);
    int start = 0;
    for (int i = 0; i < 8; i++) {
      start = i > 0 && falling[i] < falling[i - 1] - 1e-12 ? i : start;
      assertThat(falling[i]).isLessThanOrEqualTo(falling[start] + 1e-12); // rounding
      assertThat(Arrays.stream(losses, start, i + 1).average().orElseThrow()).isLessThanOrEqualTo(falling[i] + 1e-12);
    }
    assertThat(Arrays.stream(falling).sum()).isCloseTo(Arrays.stream(losses).sum(), within(1e-12));
  }

  /// Both settings alike, losses that fall by 0.1 in twice the steps, and a noise of 0.02: without the first loss that happens to be low, 1.18 on average.
  @Test
  void noiseHardlyMakesASettingFaster() {
    double[] fractions = {0.4, 0.5, 0.6, 0.7, 0.85, 1};
    var random = new SplittableRandom(1);
    double sum = 0;
    for (int k = 0; k < 4000; k++) {
      double[] losses = Arrays.stream(fractions).map(f -> -0.1 * Math.log(f) / Math.log(2) + 0.02 * random.nextGaussian()).toArray();
      sum += 1 / Crossing.of(fractions, losses, 0.02 * random.nextGaussian()).orElse(1);
    }
    assertThat(sum / 4000).isLessThan(1.1);
  }

  @Test
  void whatDivergedIsAboveEveryLevel() {
    assertThat(Crossing.of(FRACTIONS, new double[] {Double.NaN, 2, 1}, 2.5).getAsDouble()).isEqualTo(0.5);
    assertThat(Crossing.of(FRACTIONS, new double[] {3, Double.NaN, 1}, 2.5).getAsDouble()).isEqualTo(1);
  }
}
