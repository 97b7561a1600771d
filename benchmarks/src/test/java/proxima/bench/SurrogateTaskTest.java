package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.bench.result.OutOfBag;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;

class SurrogateTaskTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1), Parameter.categorical("kind", "a", "b", "c"), Parameter.integer("n", 1, 5));

  private static Stream<Point> points(int n, long seed) {
    RandomGenerator random = Seeds.random(seed);
    return Stream.generate(() -> SPACE.snap(Point.of(random.doubles(SPACE.dimension()).toArray()))).limit(n);
  }

  private static LossTable table(int n, ToDoubleFunction<Point> loss) {
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    points(n, 1).forEach(x -> losses.put(x, List.of(loss.applyAsDouble(x))));
    return new LossTable(SPACE, losses);
  }

  /// Diverges where x > 0.8; kind a is better by 1.
  private static double bowl(Point x) {
    return x.get(0) > 0.8 ? Double.POSITIVE_INFINITY : 1 + Math.pow(x.get(0) - 0.6, 2) + Math.pow(x.get(1) - 0.3, 2) + (x.get(2) == 1 ? 0 : 1);
  }

  @Test
  void answersAnyPointAsTheRowsDo() {
    SurrogateTask task = SurrogateTask.of(table(800, SurrogateTaskTest::bowl));
    assertThat(task.rows()).isEmpty();
    List<Point> fresh = points(500, 2).toList();
    // A point between two rows on either side of an edge is on one of the sides.
    assertThat(fresh.stream().filter(x -> Double.isInfinite(task.value(x)) == x.get(0) > 0.8).count()).isGreaterThan(480);
    double[] errors = fresh.stream().filter(x -> x.get(0) < 0.78).mapToDouble(x -> Math.abs(task.value(x) - bowl(x))).toArray();
    assertThat(DoubleStream.of(errors).average().orElseThrow()).isLessThan(0.08); // losses differ by 0.5 on average
    assertThat(task.observe(fresh.getFirst(), Seeds.random(3))).as("no noise that the table does not tell of").isEqualTo(Outcome.of(task.value(fresh.getFirst())));
  }

  @Test
  void nothingThatARandomSearchFindsIsBetterThanItsBest() {
    SurrogateTask task = SurrogateTask.of(table(400, SurrogateTaskTest::bowl));
    double[] regrets = points(5000, 4).mapToDouble(x -> task.regret(task.value(x))).filter(Double::isFinite).sorted().toArray();
    assertThat(regrets[0]).isNotNegative();
    assertThat(regrets[regrets.length / 2]).isCloseTo(1, within(0.15)); // the median of 1,001 other points
  }

  @Test
  void predictionsOutOfBagAreAsGoodAsOnFreshPoints() {
    ToDoubleFunction<Point> noisy = x -> bowl(x) + 0.3 * Seeds.random(x.hashCode()).nextGaussian();
    SurrogateTask task = SurrogateTask.of(table(800, noisy));
    OutOfBag fit = task.outOfBag().orElseThrow();
    List<Point> fresh = points(1000, 2).filter(x -> x.get(0) < 0.78 && Double.isFinite(task.value(x))).toList();
    double rho = new SpearmansCorrelation().correlation(fresh.stream().mapToDouble(task::value).toArray(), fresh.stream().mapToDouble(noisy).toArray());
    assertThat(fit.rankCorrelation()).isCloseTo(rho, within(0.05)); // its standard error is about 0.02
    assertThat(fit.rankCorrelation()).isGreaterThan(0.7);
    assertThat(fit.divergence().orElseThrow().found()).isGreaterThan(0.9);
    assertThat(fit.divergence().orElseThrow().mistaken()).isLessThan(0.05);
  }

  @Test
  void rowsWithoutARuleAreNotPredicted() {
    RandomGenerator random = Seeds.random(5);
    OutOfBag none = SurrogateTask.of(table(600, _ -> random.nextDouble())).outOfBag().orElseThrow();
    assertThat(none.r2()).isLessThan(0.05);
    assertThat(none.rankCorrelation()).isLessThan(0.15);
    assertThat(none.divergence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e12})
  void theScaleThatSuitsTheLossesIsFound(double unit) {
    OutOfBag heavy = SurrogateTask.of(table(600, x -> unit * Math.exp(40 * Math.pow(x.get(1), 8) + bowl(x)))).outOfBag().orElseThrow();
    assertThat(heavy.scale()).isIn("log rank", "log loss");
    assertThat(heavy.rankCorrelation()).isGreaterThan(0.8);
  }

  @Test
  void scalesGoThereAndBack() {
    double[] losses = {3, -1, 7, 3, 1e18};
    assertThat(LossScale.of(losses)).hasSize(2);
    assertThat(LossScale.of(new double[] {3, 1})).hasSize(3);
    for (LossScale scale : LossScale.of(losses)) {
      double[] targets = scale.targets();
      for (int i = 0; i < losses.length; i++) {
        assertThat(scale.loss(targets[i])).isEqualTo(losses[i]);
      }
      assertThat(scale.loss((targets[1] + targets[0]) / 2)).isBetween(-1.0, 3.0);
    }
  }

  @Test
  void replicatesTellOfNoise() {
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    RandomGenerator random = Seeds.random(6);
    points(800, 7).forEach(x -> losses.put(x, Stream.generate(() -> bowl(x) + (x.get(1) < 0.5 ? 0.1 : 3) * random.nextGaussian()).limit(2).toList()));
    LossTable table = new LossTable(SPACE, losses);
    // The better half has the losses of y below 1/2 and low losses by chance.
    assertThat(table.noise()).isBetween(0.1, 3.0);
    SurrogateTask task = SurrogateTask.of(table);
    Point x = points(100, 8).filter(p -> Double.isFinite(task.value(p))).findFirst().orElseThrow();
    double[] seen = Stream.generate(() -> task.observe(x, random)).limit(2000).mapToDouble(o -> ((Outcome.Finished) o).loss() - task.value(x)).toArray();
    double sd = Math.sqrt(DoubleStream.of(seen).map(v -> v * v).average().orElseThrow());
    assertThat(sd / table.noise()).isCloseTo(1, within(0.07)); // 4 standard errors
  }

  @Test
  void isTheSameWhateverTheThreads() throws InterruptedException, ExecutionException {
    LossTable table = table(200, SurrogateTaskTest::bowl);
    List<Double> alone = answers(table);
    for (int threads : new int[] {1, 4}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertThat(pool.submit(() -> answers(table)).get()).isEqualTo(alone);
      }
    }
  }

  private static List<Double> answers(LossTable table) {
    SurrogateTask task = SurrogateTask.of(table);
    return Stream.concat(Stream.of(task.best(), task.median()), points(50, 9).map(task::value)).toList();
  }

  @Test
  void aTableThatTellsNothingIsRefused() {
    assertThatThrownBy(() -> table(10, _ -> 1)).hasMessageContaining("half of them above the lowest");
    Map<Point, List<Double>> losses = new LinkedHashMap<>();
    points(3, 1).forEach(x -> losses.put(x, List.of(1.0 + losses.size())));
    assertThatThrownBy(() -> SurrogateTask.of(new LossTable(SPACE, losses))).hasMessageContaining("mode: exact");
  }
}
