package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Seeds;

final class SyntheticFunctionsTest {

  private static Point all(int d, double u) {
    double[] x = new double[d];
    Arrays.fill(x, u);
    return Point.of(x);
  }

  @Test
  void minimaAreZeroWhereTheLiteraturePutsThem() {
    assertThat(SyntheticFunctions.levy(20).regret().applyAsDouble(all(20, 0.55))).isCloseTo(0, within(1e-15));
    assertThat(SyntheticFunctions.ackley(20).regret().applyAsDouble(all(20, 0.4))).isCloseTo(0, within(1e-14));
    assertThat(SyntheticFunctions.rosenbrock(10).regret().applyAsDouble(all(10, 0.4))).isCloseTo(0, within(1e-12));
    assertThat(SyntheticFunctions.branin().regret().applyAsDouble(Point.of((Math.PI + 5) / 15, 2.275 / 15))).isCloseTo(0, within(1e-14));
    assertThat(SyntheticFunctions.hartmann3().regret().applyAsDouble(Point.of(0.11458887, 0.55564889, 0.85254699))).isCloseTo(0, within(1e-13));
    double[] x = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
    int[] used = Seeds.random(5, 3).ints(0, 6).distinct().limit(6).toArray();
    double[] placed = new double[6];
    for (int i = 0; i < 6; i++) {
      placed[used[i]] = x[i];
    }
    assertThat(SyntheticFunctions.hartmann(6, 5).regret().applyAsDouble(Point.of(placed))).isCloseTo(0, within(1e-6));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void fewRandomPointsLieBeyondTheCliff(long seed) {
    SyntheticFunction cliff = SyntheticFunctions.cliff(seed);
    var random = Seeds.random(seed, 9);
    int beyond = 0;
    for (int i = 0; i < 4000; i++) {
      double v = cliff.regret().applyAsDouble(Point.of(random.doubles(22).toArray()));
      assertThat(v).isPositive();
      beyond += Double.isInfinite(v) ? 1 : 0;
    }
    assertThat(beyond / 4000.0).isBetween(0.005, 0.05);
  }

  @ParameterizedTest(name = "{0} dimensions")
  @ValueSource(ints = {22, 40})
  void aNoisyCliffIsNoisierWhereLossesAreHighAndAtItsEdge(int d) {
    SyntheticFunction cliff = SyntheticFunctions.noisyCliff(d, 1);
    var random = Seeds.random(1, 9);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(d).toArray()))
        .limit(4000)
        .filter(x -> Double.isFinite(cliff.regret().applyAsDouble(x)))
        .sorted(Comparator.comparingDouble(cliff.regret()))
        .toList();
    assertThat(points.size() / 4000.0).isBetween(0.95, 0.995);
    assertThat(mean(cliff.noise(), points.subList(0, points.size() / 3))).isLessThan(0.6 * mean(cliff.noise(), points.subList(2 * points.size() / 3, points.size())));
    assertThat(points).allSatisfy(x -> assertThat(cliff.noise().applyAsDouble(x)).isBetween(0.01 + 0.05 * cliff.regret().applyAsDouble(x), 0.11 + 0.05 * cliff.regret().applyAsDouble(x)));
    assertThat(cliff.observe(all(d, 1), Seeds.random(1, 1))).isInstanceOf(Outcome.Diverged.class);
  }

  private static double mean(ToDoubleFunction<Point> f, List<Point> points) {
    return points.stream().mapToDouble(f).average().orElseThrow();
  }
}
