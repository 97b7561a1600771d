package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Box;
import proxima.space.Point;

final class PreferenceTest {

  static Stream<Preference> preferences() {
    return Stream.of(Preference.near(Point.of(0.2, 0.7), 0.1), Preference.within(new Box(Point.of(0.3, 0.1), Point.of(0.6, 0.5)), 0.2));
  }

  @ParameterizedTest
  @MethodSource("preferences")
  void gradientIsTheSlope(Preference preference) {
    Acquisition term = preference.weighing(0.7);
    var random = new Random(3);
    for (int k = 0; k < 100; k++) {
      double[] x = {0.01 + 0.98 * random.nextDouble(), 0.01 + 0.98 * random.nextDouble()};
      double[] slope = new double[2];
      double value = term.at(Point.of(x), slope);
      assertThat(value).isEqualTo(term.at(List.of(Point.of(x)))[0]);
      for (int i = 0; i < 2; i++) {
        double[] above = x.clone();
        double[] below = x.clone();
        above[i] += 1e-6;
        below[i] -= 1e-6;
        double central = (term.at(List.of(Point.of(above)))[0] - term.at(List.of(Point.of(below)))[0]) / 2e-6;
        assertThat(slope[i]).isCloseTo(central, within(1e-6 * (1 + Math.abs(central))));
      }
    }
  }

  @Test
  void aRegionPrefersNoneOfItsPoints() {
    Acquisition term = Preference.within(new Box(Point.of(0.3, 0.1), Point.of(0.6, 0.5)), 0.2).weighing(1);
    assertThat(term.at(List.of(Point.of(0.3, 0.2), Point.of(0.5, 0.5), Point.of(0.8, 0.5)))).containsExactly(0, 0, -0.5000000000000002);
  }

  @Test
  void farOffItIsALeastDensityWithoutASlope() {
    for (Preference narrow : List.of(Preference.near(Point.of(0.2, 0.7), 0.05), Preference.within(new Box(Point.of(0.1, 0.6), Point.of(0.2, 0.7)), 0.05))) {
      double[] slope = {0.25, 4};
      assertThat(narrow.log(Point.of(0.9, 0.1), slope)).isEqualTo(Math.log(1e-12));
      assertThat(slope).containsExactly(0.25, 4);
      assertThat(narrow.log(Point.of(0.55, 0.7), slope)).as("7 deviations off").isCloseTo(-24.5, within(1e-9));
      assertThat(slope).containsExactly(new double[] {0.25 - 7 / 0.05, 4}, within(1e-9));
    }
  }

  @ParameterizedTest(name = "{0} coordinates")
  @ValueSource(ints = {1, 3})
  void whatIsPreferredHasTheDimensionOfTheSpace(int d) {
    Point point = Point.centre(d);
    assertThatThrownBy(() -> Preference.near(Point.of(0.2, 0.7), 0.1).log(point, new double[d]))
        .hasMessage("what is preferred is a point with 2 coordinates, and the space has " + d + "; SearchSpace.encode makes one of a configuration");
    assertThatThrownBy(() -> Preference.within(Box.cube(2), 0.1).log(point, new double[d])).hasMessage("the region has 2 dimensions, the point " + d);
  }

  @Test
  void aDeviationIsPositive() {
    assertThatThrownBy(() -> Preference.near(Point.of(0.5), 0)).hasMessageContaining("above 0, got 0.0");
  }
}
