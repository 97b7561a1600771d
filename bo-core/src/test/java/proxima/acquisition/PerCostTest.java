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

  // Of e^(3 a) (1 + b^2).
  private static final Cost COST = (x, slope) -> {
    double b = x.get(1);
    slope[0] += 3;
    slope[1] += 2 * b / (1 + b * b);
    return 3 * x.get(0) + Math.log1p(b * b);
  };

  @Test
  void aCostIsTakenOff() {
    double[] slope = {10, 20};
    double value = new PerCost(COST).at(Point.of(0.3, 0.5), slope);
    assertThat(value).isEqualTo(new PerCost(COST).at(List.of(Point.of(0.3, 0.5)))[0]).isCloseTo(-0.9 - Math.log(1.25), within(1e-12));
    assertThat(slope[0]).isCloseTo(7, within(1e-12));
    assertThat(slope[1]).isCloseTo(20 - 0.8, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aCostIsFinite(double log) {
    assertThatThrownBy(() -> new PerCost((_, _) -> log).at(List.of(Point.of(0.5)))).hasMessageContaining("is finite, got " + log + " at ");
  }
}
