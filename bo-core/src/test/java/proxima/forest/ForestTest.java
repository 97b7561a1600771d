package proxima.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Normal;
import proxima.space.Point;
import proxima.strategy.Seeds;

final class ForestTest {

  private static List<Point> points(int n, int d, long seed) {
    RandomGenerator random = Seeds.random(seed);
    return Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(n).toList();
  }

  private static double bowl(Point x) {
    return Math.pow(x.get(0) - 0.3, 2) + 3 * Math.pow(x.get(1) - 0.6, 2) + x.get(0) * x.get(2);
  }

  private static double[] bowls(List<Point> x) {
    return x.stream().mapToDouble(ForestTest::bowl).toArray();
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {10, 300, 3000})
  void aTreeOfSmallestLeavesHasEachPointItWasGrownOn(int n) {
    List<Point> x = points(n, 4, 1);
    double[] y = bowls(x);
    Forest tree = Forest.grow(x, y, new Growth(1, 0.75, 1), Seeds.random(2));
    int left = 0;
    for (int i = 0; i < n; i++) {
      if (tree.outOfBag(i).isPresent()) {
        assertThat(tree.outOfBag(i).getAsDouble()).isEqualTo(tree.mean(x.get(i)));
        left++;
      } else {
        assertThat(tree.mean(x.get(i))).isCloseTo(y[i], within(1e-12));
      }
    }
    // A point is left out with probability (1 - 1/n)^n: within 4 standard deviations.
    double share = Math.pow(1 - 1.0 / n, n);
    assertThat(left / (double) n).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / n)));
  }

  @Test
  void errorOutOfBagIsThatOnFreshPoints() {
    List<Point> x = points(600, 5, 3);
    double[] y = bowls(x);
    Forest forest = Forest.grow(x, y, new Growth(200, 0.5, 1), Seeds.random(4));
    double out = IntStream.range(0, x.size()).mapToDouble(i -> Math.pow(forest.outOfBag(i).orElseThrow() - y[i], 2)).average().orElseThrow();
    double fresh = points(2000, 5, 5).stream().mapToDouble(p -> Math.pow(forest.mean(p) - bowl(p), 2)).average().orElseThrow();
    double variance = Arrays.stream(y).map(v -> Math.pow(v - Arrays.stream(y).average().orElseThrow(), 2)).average().orElseThrow();
    assertThat(out / fresh).isBetween(0.8, 1.25); // squared errors of 600 points: about 8 % standard error
    assertThat(out / variance).isLessThan(0.2);
  }

  @ParameterizedTest(name = "share {0}")
  @ValueSource(doubles = {0.4, 1})
  void growsAlikeWhateverTheThreads(double share) throws InterruptedException, ExecutionException {
    List<Point> x = points(200, 5, 6);
    double[] y = bowls(x);
    List<Normal> alone = predictions(x, y, share);
    for (int threads : new int[] {1, 4}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertThat(pool.submit(() -> predictions(x, y, share)).get()).isEqualTo(alone);
      }
    }
  }

  private static List<Normal> predictions(List<Point> x, double[] y, double share) {
    Forest forest = Forest.grow(x, y, new Growth(10, share, 1), Seeds.random(7));
    return points(50, 5, 8).stream().map(forest::at).toList();
  }

  @Test
  void spreadIsThatOfTheTrees() {
    List<Point> x = points(60, 3, 9);
    double[] y = bowls(x);
    Forest forest = Forest.grow(x, y, new Growth(20, 1, 1), Seeds.random(10));
    assertThat(x).allSatisfy(p -> assertThat(forest.at(p).mean()).isCloseTo(forest.mean(p), within(1e-12)));
    double known = x.stream().mapToDouble(p -> forest.at(p).sd()).average().orElseThrow();
    double unknown = points(500, 3, 11).stream().mapToDouble(p -> forest.at(p).sd()).average().orElseThrow();
    assertThat(unknown).isGreaterThan(known);
    Forest flat = Forest.grow(x, new double[60], new Growth(20, 1, 1), Seeds.random(10));
    assertThat(flat.at(Point.centre(3))).isEqualTo(new Normal(0, 0));
  }

  @Test
  void onePointIsPredictedEverywhere() {
    Forest forest = Forest.grow(List.of(Point.centre(2)), new double[] {4}, new Growth(3, 1, 1), Seeds.random(1));
    assertThat(forest.at(Point.of(0, 1))).isEqualTo(new Normal(4, 0));
    assertThat(forest.outOfBag(0)).isEmpty();
  }

  @Test
  void whatCanNotGrowIsSaid() {
    Growth growth = new Growth(3, 1, 1);
    assertThatThrownBy(() -> Forest.grow(List.of(), new double[0], growth, Seeds.random(1))).hasMessageContaining("a point at least");
    assertThatThrownBy(() -> Forest.grow(List.of(Point.centre(1)), new double[] {Double.NaN}, growth, Seeds.random(1))).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Growth(0, 1, 1)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new Growth(1, 0, 1)).hasMessageContaining("got 0");
  }
}
