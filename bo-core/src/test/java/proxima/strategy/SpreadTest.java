package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Box;
import proxima.space.Ellipsoid;
import proxima.space.Point;
import proxima.space.SearchSpace;

class SpreadTest {

  @ParameterizedTest(name = "d = {0}")
  @ValueSource(ints = {1, 1000, 1001, 3000})
  void pointsOfABoxAreEvenAndGivenByTheSeed(int d) {
    Box box = Box.around(Point.centre(d), 0.5);
    SearchSpace space = StrategyContract.cube(d).within(box);
    double sum = 0;
    for (int i = 0; i < 256; i++) {
      double[] x = new Spread(space, 1).point(i);
      assertThat(box.contains(Point.of(x))).isTrue();
      assertThat(new Spread(space, 1).point(i)).isEqualTo(x);
      assertThat(new Spread(space, 2).point(i)).isNotEqualTo(x);
      sum += Arrays.stream(x).average().orElseThrow() / 256;
    }
    // A uniform number in a range of 1/2 has the standard deviation 0.5 / sqrt 12.
    assertThat(sum).isBetween(0.5 - 4 * 0.145 / Math.sqrt(256.0 * d), 0.5 + 4 * 0.145 / Math.sqrt(256.0 * d));
  }

  @ParameterizedTest(name = "d = {0}")
  @ValueSource(ints = {2, 1001})
  void pointsOfABallLieInIt(int d) {
    Ellipsoid ball = Ellipsoid.ball(Point.centre(d), 0.3);
    assertThat(ball.contains(Point.of(new Spread(StrategyContract.cube(d).within(ball), 1).point(0)))).isTrue();
  }
}
