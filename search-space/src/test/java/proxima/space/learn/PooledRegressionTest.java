package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.space.Configuration;
import proxima.space.KernelSum;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

class PooledRegressionTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("a", 0, 1), Parameter.real("b", 0, 1));

  private static PriorTask task(long seed, int n, ToDoubleFunction<Point> loss) {
    var random = new SplittableRandom(seed);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(2).toArray())).limit(n).toList();
    return new PriorTask("t" + seed, points, points.stream().map(loss::applyAsDouble).toList());
  }

  private static double bowl(Point x) {
    return Math.hypot(x.get(0) - 0.2, x.get(1) - 0.7);
  }

  @Test
  void scoresAreNormalQuantilesOfRanks() {
    // Ranks 1, 2 and 3 of 5, and two that diverged share 4 and 5.
    double[] z = PooledRegression.scores(List.of(7.0, Double.POSITIVE_INFINITY, -3.0, Double.POSITIVE_INFINITY, 1e9));
    assertThat(z).containsExactly(new double[] {-0.5244005127080407, 0.8416212335729143, -1.2815515655446004, 0.8416212335729143, 0}, within(1e-12));
  }

  @Test
  void agreesWithTasksOfAnyScale() {
    KernelSum f = PooledRegression.of(SPACE, List.of(task(1, 80, PooledRegressionTest::bowl), task(2, 80, x -> 1e6 * bowl(x) - 4), task(3, 80, x -> Math.exp(9 * bowl(x)))));
    PriorTask other = task(4, 300, PooledRegressionTest::bowl);
    double[] expected = f.at(other.points());
    int pairs = 0;
    int agree = 0;
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < i; j++) {
        pairs++;
        agree += expected[i] < expected[j] == other.losses().get(i) < other.losses().get(j) ? 1 : 0;
      }
    }
    assertThat((double) agree / pairs).isGreaterThan(0.95);
  }

  @Test
  void aTaskWithoutWeightHasNoSay() {
    PriorTask one = task(1, 40, PooledRegressionTest::bowl);
    PriorTask two = task(2, 40, x -> -bowl(x));
    assertThat(PooledRegression.of(SPACE, List.of(one, two), List.of(1.0, 0.0))).isEqualTo(PooledRegression.of(SPACE, List.of(one)));
    assertThatThrownBy(() -> PooledRegression.of(SPACE, List.of(one, two), List.of(0.0, 0.0))).hasMessage("a regression needs a task with a weight above 0, got [0.0, 0.0]");
  }

  @Test
  void longHistoriesAreThinnedAndKeepTheirBest() {
    PriorTask large = task(1, 5000, PooledRegressionTest::bowl);
    KernelSum f = PooledRegression.of(SPACE, List.of(large));
    assertThat(f.centres().size()).isLessThanOrEqualTo(1200);
    assertThat(f.centres()).contains(large.best(1).getFirst());
  }

  @Test
  void ofManyTasksEachHasItsBestTrial() {
    for (int most = 1; most < 5; most++) {
      PriorTask task = task(1, 30, PooledRegressionTest::bowl);
      assertThat(Arrays.stream(task.some(most)).mapToObj(task.points()::get)).hasSize(most).contains(task.best(1).getFirst());
    }
    List<PriorTask> tasks = LongStream.range(0, 601).mapToObj(seed -> task(seed, 3, PooledRegressionTest::bowl)).toList();
    assertThat(PooledRegression.of(SPACE, tasks).centres()).isEqualTo(tasks.stream().map(t -> t.best(1).getFirst()).toList());
  }

  @Test
  void aLevelSetKeepsItsShareAroundTheOptimum() {
    LearnedRegion learned = LevelSetLearner.tenth().learn(new PriorTasks(SPACE, List.of(task(1, 80, PooledRegressionTest::bowl)), List.of()));
    // 4 standard errors of a share of 0.1 of 4,096 points, twice.
    assertThat(Math.exp(learned.logShare())).isCloseTo(0.1, within(8 * Math.sqrt(0.09 / 4096)));
    var random = new SplittableRandom(3);
    double[] far = Stream.generate(() -> bowl(learned.space().region().sample(random))).limit(200).mapToDouble(Double::doubleValue).sorted().toArray();
    // A disc of a tenth of the area has the radius 0.18.
    assertThat(far[100]).isLessThan(0.2);
    assertThat(Arrays.stream(far).max().orElseThrow()).isLessThan(0.4);
    assertThat(learned.method()).isEqualTo("best 10.0 % by regression over all tasks");
  }

  /// Of three numbers and two choices, of four and of three: the choices matter little, and one each is better than the others. 30 trials are few.
  @Test
  void numbersAreFoundBesideChoices() {
    SearchSpace space =
        SearchSpace.of(
            Parameter.real("a", 0, 1), Parameter.real("b", 0, 1), Parameter.real("c", 0, 1), Parameter.categorical("kind", "k", "l", "m", "n"), Parameter.categorical("also", "x", "y", "z"));
    double inside = 0;
    double anywhere = 0;
    for (long seed = 0; seed < 8; seed++) {
      var random = new SplittableRandom(seed);
      List<PriorTask> tasks = IntStream.range(0, 4).mapToObj(t -> {
        List<Point> points = Stream.generate(() -> space.sample(random)).limit(30).toList();
        return new PriorTask("t" + t, points, points.stream().map(x -> beside(space, x)).toList());
      }).toList();
      SearchSpace set = new LevelSets(new PriorTasks(space, tasks, List.of())).within(0.1);
      inside += Stream.generate(() -> set.sample(random)).limit(50).mapToDouble(x -> beside(space, x)).average().orElseThrow() / 8;
      anywhere += Stream.generate(() -> space.sample(random)).limit(50).mapToDouble(x -> beside(space, x)).average().orElseThrow() / 8;
    }
    assertThat(inside).isLessThan(0.35 * anywhere);
  }

  private static double beside(SearchSpace space, Point x) {
    Configuration c = space.decode(x);
    double numbers = Math.pow(c.real("a") - 0.6, 2) + Math.pow(c.real("b") - 0.4, 2) + 0.2 * Math.pow(c.real("c") - 0.8, 2);
    return 5 * numbers + (c.category("kind").equals("l") ? 0 : 0.1) + (c.category("also").equals("y") ? 0 : 0.05);
  }
}
