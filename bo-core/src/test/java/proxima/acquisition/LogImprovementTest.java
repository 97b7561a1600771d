package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import proxima.gp.CentralDifference;

final class LogImprovementTest {

  @ParameterizedTest(name = "u = {0}")
  @CsvFileSource(resources = "log-improvement.csv", numLinesToSkip = 1)
  void agreesWithSixtyDigitArithmetic(double u, double logH, double derivative) {
    // 1e-10 of the value; where that is next to 0, at u = 0.9, h is 1 and known to 1e-15.
    assertThat(LogImprovement.value(u)).isCloseTo(logH, within(1e-10 * Math.abs(logH) + 1e-15));
    assertThat(LogImprovement.derivative(u)).isCloseTo(derivative, within(1e-10 * derivative));
  }

  @Test
  void derivativeIsTheSlope() {
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      // From -1e6 to 40, as many in each decade.
      double u = i < 80 ? -Math.pow(10, random.nextDouble(-3, 6)) : random.nextDouble(0, 40);
      double slope = CentralDifference.of(at -> LogImprovement.value(at[0]), new double[] {u}, 1e-3 * Math.max(1, Math.abs(u)))[0];
      assertThat(LogImprovement.derivative(u)).isCloseTo(slope, within(1e-6 * Math.max(1, slope)));
    }
  }
}
