package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KernelTest {

  @Test
  void decayIsTheExponentialOfMinusItsArgument() {
    for (double t = 0; t <= 44; t += 0.001) {
      assertThat(Kernel.decay(t) / Math.exp(-t)).isCloseTo(1, within(5e-14));
    }
  }

  @ParameterizedTest
  @EnumSource
  void derivativeIsACentralDifference(Kernel kernel) {
    for (double r2 = 0.01; r2 < 60; r2 *= 1.3) {
      double h = 1e-4 * r2;
      double[] k = {r2 - h, r2, r2 + h};
      double[] dk = new double[3];
      kernel.evaluate(k, 0, 3, dk);
      assertThat(dk[1]).isCloseTo((k[2] - k[0]) / (2 * h), within(2e-8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void correlationIsOneAtNoDistanceAndNoneFarAway(Kernel kernel) {
    double[] k = {0, 1e6};
    kernel.evaluate(k, 0, 2, new double[2]);
    assertThat(k[0]).isEqualTo(1);
    assertThat(k[1]).isCloseTo(0, within(1e-16));
  }
}
