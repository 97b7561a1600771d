package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerificationTest {

  @Test
  void aSeedThatNeverReachesTheGlobalLossIsABoundAndCounted() {
    // Two seeds of the default, the global and the per-module setting; then 0.4, 0.5, 0.6, 0.7 and 0.85 of the steps.
    double[] loss = {9, 9, 3, 1, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3};
    Verification.Result result = Verification.result(loss, 2, Verification.FRACTIONS);
    assertThat(result.speedups()).containsExactly(2.0, 1.0);
    assertThat(result.bounded()).isOne();
    assertThat(result.unreached()).isOne();
    assertThat(result.losses()).containsOnlyKeys("default", "global", "perModule");
  }

  @Test
  void aSeedWithWhichTheGlobalSettingDivergedHasNoLossToReach() {
    double[] loss = {9, 9, 3, Double.NaN, 1, 2, 4, 4, 3, 4, 2, 3, 2, 3, 2, 3};
    Verification.Result result = Verification.result(loss, 2, Verification.FRACTIONS);
    assertThat(result.speedups()).containsExactly(2.0);
    assertThat(result.bounded()).isZero();
    assertThat(result.losses()).containsOnlyKeys("default", "perModule");
  }
}
