package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogImprovementTest {

  @ParameterizedTest(name = "u = {0}")
  @CsvFileSource(resources = "log-improvement.csv", numLinesToSkip = 1)
  void agreesWithSixtyDigitArithmetic(double u, double logH, double derivative) {
    // 1e-13: Erf.erfc converges to 1e-15 and the definition loses one digit at u = -4.
    assertThat(LogImprovement.value(u)).isCloseTo(logH, within(1e-13 * Math.max(1, Math.abs(logH))));
    assertThat(LogImprovement.derivative(u)).isCloseTo(derivative, within(1e-13 * derivative));
  }

  @ParameterizedTest(name = "u = {0}")
  @ValueSource(doubles = {-1e8, -100, -4, -1, 0, 3, 50})
  void derivativeIsTheSlope(double u) {
    double step = 1e-5 * Math.max(1, Math.abs(u));
    double slope = (LogImprovement.value(u + step) - LogImprovement.value(u - step)) / (2 * step);
    // Central differences: error of order step^2 and rounding / step.
    assertThat(LogImprovement.derivative(u)).isCloseTo(slope, within(1e-8 * Math.max(1, slope)));
  }
}
