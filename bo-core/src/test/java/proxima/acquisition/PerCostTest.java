package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Point;

final class PerCostTest {

  // e^(3 a) (1 + b^2): ln has the derivatives 3 and 2 b / (1 + b^2).
  private static final PerCost TERM = new PerCost(x -> Math.exp(3 * x.get(0)) * (1 + x.get(1) * x.get(1)));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void gradientIsTheSlope(double u) {
    double[] slope = {10, 20};
    double value = TERM.at(Point.of(u, u), slope);
    assertThat(value).isEqualTo(TERM.at(List.of(Point.of(u, u)))[0]).isCloseTo(-3 * u - Math.log(1 + u * u), within(1e-12));
    assertThat(slope[0]).isCloseTo(10 - 3, within(2e-6));
    assertThat(slope[1]).isCloseTo(20 - 2 * u / (1 + u * u), within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aCostIsPositive(double cost) {
    assertThatThrownBy(() -> new PerCost(_ -> cost).at(List.of(Point.of(0.5)))).hasMessageContaining("above 0 and finite, got " + cost + " at ");
  }

  @Test
  void unitsMakeNoDifference() {
    Acquisition thousandfold = new PerCost(x -> 1000 * TERM.cost().applyAsDouble(x));
    double[] one = TERM.at(List.of(Point.of(0.2, 0.3), Point.of(0.8, 0.1)));
    double[] other = thousandfold.at(List.of(Point.of(0.2, 0.3), Point.of(0.8, 0.1)));
    assertThat(one[0] - one[1]).isCloseTo(other[0] - other[1], within(1e-12));
  }
}
