package proxima.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Joint;
import proxima.gp.Kernel;
import proxima.gp.Prior;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Chooser;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;

class RivalsTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));

  private static double bowl(Point p) {
    return Math.pow(p.get(0) - 0.2, 2) + Math.pow(p.get(1) - 0.7, 2);
  }

  private static PriorTasks prior(int sign) {
    return prior(sign, 60);
  }

  private static PriorTasks prior(int sign, int trials) {
    List<PriorTask> tasks = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      var random = new SplittableRandom(t);
      List<Point> points = Stream.generate(() -> Point.of(random.nextDouble(), random.nextDouble())).limit(trials).toList();
      double unit = Math.pow(10, t);
      tasks.add(new PriorTask("t" + t, points, points.stream().map(x -> unit * sign * bowl(x)).toList()));
    }
    return new PriorTasks(SPACE, tasks, List.of());
  }

  private static List<Evaluation> run(Chooser strategy, int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = strategy.suggest(new Knowledge(SPACE, 5, known));
      Outcome outcome = x.get(0) > 0.9 ? new Outcome.Diverged(1) : Outcome.of(bowl(x));
      known.add(new Evaluation(x, Optional.of(outcome), true));
    }
    return known;
  }

  private static double best(List<Evaluation> run) {
    return run.stream().flatMap(e -> e.outcome().stream()).mapToDouble(o -> o instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY).min().orElseThrow();
  }

  static Stream<Function<PriorTasks, Chooser>> rivals() {
    return Stream.of(Rgpe::new, CopulaThompson::new);
  }

  @ParameterizedTest
  @MethodSource("rivals")
  void beginsWhereOtherTasksWereGoodAndRepeats(Function<PriorTasks, Chooser> rival) {
    // A uniform point is below 0.02 in 6 % of the square.
    assertThat(best(run(rival.apply(prior(1)), 5))).isLessThan(0.02);
    assertThat(run(rival.apply(prior(1)), 5)).isEqualTo(run(rival.apply(prior(1)), 5));
  }

  @ParameterizedTest
  @MethodSource("rivals")
  void choosesAmongRows(Function<PriorTasks, Chooser> rival) {
    List<Point> rows = List.of(Point.of(0.9, 0.1), Point.of(0.2, 0.7), Point.of(0.5, 0.5));
    // By a draw the second best may win.
    assertThat(rival.apply(prior(1)).choose(new Knowledge(SPACE, 5, List.of()), rows)).isIn(rows.subList(1, 3));
  }

  /// The ensemble learns to leave tasks alone that rank the target's losses upside down.
  @Test
  void theEnsembleOvercomesAFlippedPrior() {
    assertThat(best(run(new Rgpe(prior(-1)), 25))).isLessThan(0.005);
  }

  @Test
  void bothOrdersOfAPairCountAndEqualLossesAreInNone() {
    double[][] draws = {{1, 2, 3, 4}, {1, 2, 4, 3}, {4, 3, 2, 1}, {2, 1, 3, 4}};
    double[] told = {-1, 5, 7, 7};
    assertThat(Rgpe.losses(draws, told)).containsExactly(0, 0, 10, 2);
  }

  /// Feurer, Letham and Bakshy 2018: what the process predicts that was not told a trial is compared with what it was told, in one draw.
  @ParameterizedTest(name = "noise {0}")
  @ValueSource(doubles = {0, 0.7})
  void aTargetsTrialThatIsLeftOutIsComparedWithThoseThatItsProcessWasTold(double noise) {
    var random = new SplittableRandom(3);
    List<Point> x = Stream.generate(() -> Point.of(random.nextDouble(), random.nextDouble())).limit(20).toList();
    double[] y = x.stream().mapToDouble(p -> Math.sin(7 * p.get(0)) + noise * random.nextGaussian()).toArray();
    Covariance covariance = GaussianProcess.fit(Prior.of(Kernel.MATERN52, 2), x, y, Optional.empty(), 1).covariance();
    double expected = 0;
    double variance = 0;
    for (int j = 0; j < y.length; j++) {
      int out = j;
      int[] told = IntStream.range(0, y.length).filter(k -> k != out).toArray();
      Joint f = GaussianProcess.condition(covariance, Arrays.stream(told).mapToObj(x::get).toList(), Arrays.stream(told).mapToDouble(k -> y[k]).toArray()).joint(x);
      double wrong = 0;
      for (int k : told) {
        double sd = Math.sqrt(f.covariance().get(j, j) + f.covariance().get(k, k) - 2 * f.covariance().get(j, k));
        double lower = new NormalDistribution().cumulativeProbability((f.mean().get(k) - f.mean().get(j)) / sd);
        wrong += y[j] < y[k] ? 1 - lower : lower;
      }
      expected += wrong;
      // Of a count of 19 with this mean, if at worst all 19 were wrong at once.
      variance += wrong * (19 - wrong);
    }
    double[] losses = Rgpe.targetLosses(covariance, x, y, random);
    assertThat(Arrays.stream(losses).average().orElseThrow()).isCloseTo(expected, within(4 * Math.sqrt(variance / losses.length)));
  }

  /// Losses that say nothing of their points: all that is known of a point is the standard normal distribution of the scores.
  @Test
  void theCopulasSpreadIsThatOfTrialsThatItsTreesWereNotTold() {
    var random = new SplittableRandom(6);
    List<Point> points = Stream.generate(() -> Point.of(random.nextDouble(), random.nextDouble())).limit(400).toList();
    var noise = new PriorTasks(SPACE, List.of(new PriorTask("noise", points, points.stream().map(_ -> random.nextGaussian()).toList())), List.of());
    assertThat(new CopulaThompson(noise).sd()).as("the trees know the trials that they were told by heart").isGreaterThan(0.8);
    assertThat(new CopulaThompson(prior(1, 400)).sd()).as("the square's bowl").isLessThan(0.4);
    List<Point> rows = List.of(Point.of(0.1, 0.1), Point.of(0.5, 0.5), Point.of(0.9, 0.9), Point.of(0.1, 0.9));
    assertThat(choices(new CopulaThompson(noise), rows)).as("a draw decides").containsAll(rows);
    assertThat(choices(new CopulaThompson(prior(1, 400)), List.of(Point.of(0.2, 0.7), Point.of(0.9, 0.1)))).containsOnly(Point.of(0.2, 0.7));
  }

  /// Smile reads how finely trees split from a property of the process, which a forest sets.
  @Test
  void treesDoNotDependOnWhatRanBefore() {
    List<Point> rows = new ArrayList<>();
    for (double x = 0; x < 1; x += 0.05) {
      for (double y = 0; y < 1; y += 0.05) {
        rows.add(Point.of(x, y));
      }
    }
    System.setProperty("smile.regression_tree.bins", "20");
    List<Point> coarse = choices(new CopulaThompson(prior(1, 150)), rows);
    System.setProperty("smile.regression_tree.bins", "10");
    assertThat(choices(new CopulaThompson(prior(1, 150)), rows)).isEqualTo(coarse);
  }

  private static List<Point> choices(Chooser strategy, List<Point> rows) {
    return LongStream.range(0, 20).mapToObj(seed -> strategy.choose(new Knowledge(SPACE, seed, List.of()), rows)).toList();
  }
}
