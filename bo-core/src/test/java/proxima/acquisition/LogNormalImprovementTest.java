package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.gp.Normal;

class LogNormalImprovementTest {

  /// The definition, as an integral over the logarithm of the loss: of e^(mode) times what is left, which neither vanishes nor overflows.
  private static double integral(double mean, double sd, double incumbent) {
    double scale = 0.5 * Math.pow(Math.min(0, incumbent - mean) / sd, 2);
    double from = Math.min(mean, incumbent) - 12 * sd;
    double value = new IterativeLegendreGaussIntegrator(20, 1e-12, 1e-300).integrate(
        1_000_000, y -> -Math.expm1(y - incumbent) * Math.exp(scale - 0.5 * Math.pow((y - mean) / sd, 2)), from, incumbent);
    return incumbent - scale + Math.log(value / (sd * Math.sqrt(2 * Math.PI)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "0, 1, 2", "0, 1, -2", "-3, 0.1, -3.2", "-3, 0.1, -2", "1, 4, 0", "1, 4, 6", "0, 0.5, -4", "0, 1, -3.999", "0, 1, -4.001", "-2, 3, -10", "0, 30, 1", "0, 0.01, 5"})
  void isTheLogarithmOfTheIntegral(double mean, double sd, double incumbent) {
    assertThat(new LogNormalImprovement(incumbent).at(new Normal(mean, sd))).isCloseTo(integral(mean, sd, incumbent), within(1e-8)); // the integral's precision
  }

  /// Where the loss is all but known it is linear in its logarithm.
  @ParameterizedTest
  @CsvSource({"-3, 1e-5, -3", "-3, 1e-5, -3.00003", "-3, 1e-5, -2.99998", "-3, 1e-5, -3.0002"})
  void ofASmallSpreadIsThatOfTheLogarithmTimesTheLoss(double mean, double sd, double incumbent) {
    Normal f = new Normal(mean, sd);
    // The next term is of the order of sd and of the distance, 2e-4.
    assertThat(new LogNormalImprovement(incumbent).at(f)).isCloseTo(incumbent + new LogExpectedImprovement(incumbent).at(f), within(5e-4));
  }

  @Test
  void isFiniteFarFromTheIncumbent() {
    assertThat(new LogNormalImprovement(-20).at(new Normal(0, 1e-5))).isFinite().isLessThan(-1e12);
    assertThat(new LogNormalImprovement(0).at(new Normal(-1e3, 1e-5))).isEqualTo(0);
    assertThat(new LogNormalImprovement(0).at(new Normal(0, 1e3))).isCloseTo(Math.log(0.5), within(1e-3)); // half of it is lower, by all but nothing
    assertThatThrownBy(() -> new LogNormalImprovement(Double.NaN)).hasMessage("an incumbent is finite, got NaN");
  }
}
