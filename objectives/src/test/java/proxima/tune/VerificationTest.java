package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final double[] FRACTIONS = {0.25, 0.5, 1};

  @Test
  void theCrossingIsLinearInTheLogarithmOfTheLength() {
    double[] losses = {3, 2, 1};
    assertThat(Verification.crossing(FRACTIONS, losses, 2).getAsDouble()).isEqualTo(0.5);
    assertThat(Verification.crossing(FRACTIONS, losses, 1.5).getAsDouble()).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void thereIsNoCrossingOutsideTheLengthsThatWereTrained() {
    assertThat(Verification.crossing(FRACTIONS, new double[] {3, 2, 1}, 3.5)).isEmpty();
    assertThat(Verification.crossing(FRACTIONS, new double[] {3, 2, 1}, 0.5)).isEmpty();
    assertThat(Verification.crossing(FRACTIONS, new double[] {Double.NaN, 2, 1}, 2.5)).isEmpty();
  }
}
