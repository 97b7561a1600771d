package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

final class PowerCostTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.log("tokens", 1e3, 1e6),
          Parameter.real("share", 0.1, 2),
          Parameter.logInteger("width", 16, 256),
          Parameter.categorical("kind", "plain", "deep"),
          Parameter.integer("blocks", 2, 8).when("kind", "deep"));
  private static final PowerCost COST = new PowerCost(SPACE, Map.of("tokens", 1.0, "share", 0.5, "width", 2.0, "blocks", 1.0));

  @Test
  void powersOfActiveValuesAreMultiplied() {
    RandomGenerator random = Seeds.random(1, 0);
    for (int i = 0; i < 50; i++) {
      Point x = SPACE.sample(random);
      var c = SPACE.decode(x);
      double blocks = c.category("kind").equals("deep") ? (double) c.integer("blocks") : 1;
      double expected = c.real("tokens") * Math.sqrt(c.real("share")) * Math.pow((double) c.integer("width"), 2) * blocks;
      assertThat(COST.log(x, new double[x.dimension()])).isCloseTo(Math.log(expected), within(1e-12));
    }
  }

  @Test
  void gradientIsTheSlope() {
    RandomGenerator random = Seeds.random(2, 0);
    for (int i = 0; i < 100; i++) {
      Point x = SPACE.sample(random);
      double[] slope = new double[x.dimension()];
      COST.log(x, slope);
      for (int j = 0; j < 2; j++) {
        assertThat(slope[j]).isCloseTo(slope(x, j), within(1e-6 * Math.max(1, Math.abs(slope[j]))));
      }
      assertThat(slope[2]).isZero();
    }
  }

  private static double slope(Point x, int j) {
    double[] above = x.toArray();
    double[] below = x.toArray();
    above[j] = Math.min(1, above[j] + 1e-6);
    below[j] = Math.max(0, below[j] - 1e-6);
    return (COST.log(Point.of(above), new double[above.length]) - COST.log(Point.of(below), new double[below.length])) / (above[j] - below[j]);
  }

  @Test
  void onlyNumbersAboveZeroHavePowers() {
    assertThatThrownBy(() -> PowerCost.check(Parameter.real("r", 0, 1), 1)).hasMessage("a cost is a power of numbers above 0, and 'r' begins at 0.0");
    assertThatThrownBy(() -> PowerCost.check(Parameter.categorical("k", "a", "b"), 1)).hasMessage("a cost is a power of a number, and 'k' has choices");
    assertThatThrownBy(() -> PowerCost.check(Parameter.real("r", 1, 2), Double.NaN)).hasMessage("the power of a cost is finite, got NaN");
  }
}
