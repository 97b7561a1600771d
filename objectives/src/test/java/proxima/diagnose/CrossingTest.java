package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CrossingTest {

  private static final double[] FRACTIONS = {0.25, 0.5, 1};

  @Test
  void itIsLinearInTheLogarithmOfTheLength() {
    double[] losses = {3, 2, 1};
    assertThat(Crossing.of(FRACTIONS, losses, 2).getAsDouble()).isEqualTo(0.5);
    assertThat(Crossing.of(FRACTIONS, losses, 1.5).getAsDouble()).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void thereIsNoneOutsideTheLengthsThatWereTrained() {
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, 3.5)).isEmpty();
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, 0.5)).isEmpty();
    assertThat(Crossing.of(FRACTIONS, new double[] {3, 2, 1}, Double.NaN)).isEmpty();
  }

  /// Above it again in the middle, as chance has it.
  @Test
  void whatIsThereAtTheFirstLengthHasNoneLaterOn() {
    assertThat(Crossing.of(FRACTIONS, new double[] {1.30, 1.32, 1.29}, 1.31)).isEmpty();
    assertThat(Crossing.of(FRACTIONS, new double[] {1.32, 1.30, 1.29}, 1.31).getAsDouble()).isLessThan(0.5);
  }

  @Test
  void whatDivergedIsAboveEveryLevel() {
    assertThat(Crossing.of(FRACTIONS, new double[] {Double.NaN, 2, 1}, 2.5).getAsDouble()).isEqualTo(0.5);
    assertThat(Crossing.of(FRACTIONS, new double[] {3, Double.NaN, 1}, 2.5).getAsDouble()).isEqualTo(1);
  }
}
