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

  @Test
  void aSeedThatNeverReachesTheGlobalLossIsABoundAndCounted() {
    // Two seeds of the default, the global and the per-module setting; then 0.4, 0.5, 0.6, 0.7 and 0.85 of the steps.
    double[] loss = {9, 9, 3, 1, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3};
    Verification.Result result = Verification.result(loss, 2);
    assertThat(result.speedups()).containsExactly(2.0, 1.0);
    assertThat(result.bounded()).isOne();
    assertThat(result.unreached()).isOne();
    assertThat(result.losses()).containsOnlyKeys("default", "global", "perModule");
  }
}
