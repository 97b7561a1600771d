package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlopeTest {

  private static final List<Long> WIDTHS = List.of(32L, 64L, 100L, 256L);

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.5, 0, 0.15, 1, 2.5})
  void isTheExponentOfAPowerLaw(double exponent) {
    List<Double> sizes = WIDTHS.stream().map(w -> 3 * Math.pow(w, exponent)).toList();
    assertThat(Slope.of(WIDTHS, sizes)).isCloseTo(exponent, within(1e-12));
  }

  @Test
  void isTheMeanOfTwoHalvesByLeastSquares() {
    // log2 x = 0, 1, 2 and log2 y = 0, 0, 3: the covariance is 3, the variance 2.
    assertThat(Slope.of(List.of(1L, 2L, 4L), List.of(1.0, 1.0, 8.0))).isCloseTo(1.5, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY})
  void thereIsNoneWhereASizeIsNoPositiveNumber(double size) {
    assertThat(Slope.of(List.of(1L, 2L), List.of(1.0, size))).isNaN();
  }
}
