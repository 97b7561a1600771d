package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

final class LearningGpStrategyTest extends StrategyContract {

  private static final int D = 5;

  @Override
  Strategy strategy(int d) {
    return learning(GpOptions.general(), tasks(d, StrategyContract::bowl));
  }

  @Override
  Strategy strategy(SearchSpace space) {
    return learning(GpOptions.general(), tasks(space, StrategyContract::bowl));
  }

  @Override
  int length() {
    return 14;
  }

  private static GpStrategy learning(GpOptions options, PriorTasks tasks) {
    return new GpStrategy(InitialDesign.cube(0), options, Threads.ONE).learning(tasks);
  }

  /// Three tasks of a loss, in other units and with noise.
  private static PriorTasks tasks(int d, ToDoubleFunction<Point> loss) {
    return tasks(cube(d), loss);
  }

  private static PriorTasks tasks(SearchSpace space, ToDoubleFunction<Point> loss) {
    return new PriorTasks(space, IntStream.range(0, 3).mapToObj(t -> task(t, space.dimension(), loss)).toList(), List.of());
  }

  private static PriorTask task(int t, int d, ToDoubleFunction<Point> loss) {
    var random = new SplittableRandom(t);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(60).toList();
    return new PriorTask("t" + t, points, points.stream().map(x -> 5 * t + Math.pow(10, t) * (loss.applyAsDouble(x) + random.nextDouble(0.05))).toList());
  }

  private static double best(Strategy strategy, long seed, int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = strategy.suggest(new Knowledge(cube(D), seed, known));
      known.add(finished(x, bowl(x)));
    }
    return known.stream().mapToDouble(e -> e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.NaN).min().orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void beginsWhereOtherTasksWereGood(long seed) {
    // The bowl is above 0.2 in half of the cube, and of 5 Sobol points the best is near 0.15.
    assertThat(best(learning(GpOptions.general(), tasks(D, StrategyContract::bowl)), seed, 1)).isLessThan(0.1);
    assertThat(best(learning(GpOptions.general(), tasks(D, StrategyContract::bowl)), seed, 6)).isLessThan(0.08);
  }

  /// What other tasks expect is wrong everywhere: after some trials nothing is left of it.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void aFlippedPriorIsOvercome(long seed) {
    assertThat(best(learning(GpOptions.general(), tasks(D, x -> -bowl(x))), seed, 40)).isLessThan(0.02);
  }

  private static Observations told(int n, ToDoubleFunction<Point> loss) {
    var random = new SplittableRandom(5);
    List<Evaluation> known = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(n).map(x -> finished(x, loss.applyAsDouble(x))).toList();
    return Observations.of(new Knowledge(cube(D), 1, known), new Cells(cube(D)));
  }

  private static List<PriorMean.Advice> advice(PriorMean prior, Observations told, int... asked) {
    return IntStream.of(asked).mapToObj(n -> prior.advice(n, told)).toList();
  }

  @Test
  void theFourthSuggestionIsRandomAndTheEighthAndSoOnDoNotRegardPriorTasks() {
    PriorMean prior = new PriorMean(tasks(D, StrategyContract::bowl));
    Observations told = told(6, StrategyContract::bowl);
    assertThat(advice(prior, told, 0)).containsOnly(PriorMean.Advice.EXPECTED);
    assertThat(advice(prior, told, 3)).containsOnly(PriorMean.Advice.RANDOM);
    assertThat(advice(prior, told, 7, 15, 31)).containsOnly(PriorMean.Advice.WITHOUT);
    assertThat(advice(prior, told, 1, 2, 4, 5, 6, 8, 14, 16)).containsOnly(PriorMean.Advice.AROUND);
  }

  @Test
  void whileNoTrialHasFinishedEverySecondSuggestionIsRandom() {
    PriorMean prior = new PriorMean(tasks(D, StrategyContract::bowl));
    Observations diverged = told(6, _ -> Double.NaN);
    for (Observations told : List.of(told(0, StrategyContract::bowl), diverged)) {
      assertThat(advice(prior, told, 0, 2, 4, 6)).containsOnly(PriorMean.Advice.EXPECTED);
      assertThat(advice(prior, told, 1, 3, 5, 7)).containsOnly(PriorMean.Advice.RANDOM);
    }
  }

  @Test
  void wherePriorTasksAreWrongTheNextMakeUpForAnInitialDesignAndNoneAfterThemRegardsTheTasks() {
    PriorMean prior = new PriorMean(tasks(D, x -> -bowl(x)));
    Observations told = told(6, StrategyContract::bowl);
    assertThat(advice(prior, told, 3, 4, 5, 6, 7)).containsOnly(PriorMean.Advice.RANDOM);
    assertThat(advice(prior, told, 8, 15, 16)).containsOnly(PriorMean.Advice.ALONE);
  }

  /// On a plateau there is no order for prior tasks to be wrong about.
  @Test
  void equalLossesDoNotContradict() {
    PriorTasks tasks = tasks(D, StrategyContract::bowl);
    var random = new SplittableRandom(2);
    List<Evaluation> known = Stream.generate(() -> finished(Point.of(random.doubles(D).toArray()), 1)).limit(6).toList();
    var knowledge = new Knowledge(cube(D), 1, known);
    Observations told = Observations.of(knowledge, new Cells(cube(D)));
    assertThat(new PriorMean(tasks).advice(6, told)).isEqualTo(PriorMean.Advice.AROUND);
    assertThat(new PriorMean(tasks).within(knowledge, told).space().region().isCube()).isFalse();
  }

  /// Prior tasks that are right about where trials diverge, and wrong about all others.
  @Test
  void thatTrialsDivergeWherePriorOnesDidIsNoAgreement() {
    var random = new SplittableRandom(3);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(60).toList();
    List<Double> flipped = points.stream().map(x -> x.get(0) > 0.6 ? Double.POSITIVE_INFINITY : -bowl(x)).toList();
    var prior = new PriorMean(new PriorTasks(cube(D), List.of(new PriorTask("t", points, flipped)), List.of()));
    List<Evaluation> known = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(16)
        .map(x -> x.get(0) > 0.6 ? new Evaluation(x, Optional.of(new Outcome.Diverged(1)), true) : finished(x, bowl(x))).toList();
    var knowledge = new Knowledge(cube(D), 1, known);
    Observations told = Observations.of(knowledge, new Cells(cube(D)));
    assertThat(prior.advice(16, told)).isEqualTo(PriorMean.Advice.ALONE);
    assertThat(prior.within(knowledge, told)).isEqualTo(knowledge);
  }

  @Test
  void oneUnrelatedTaskAmongManyCounts0() {
    var prior = new PriorMean(
        new PriorTasks(cube(D), List.of(task(0, D, StrategyContract::bowl), task(1, D, x -> -bowl(x)), task(2, D, StrategyContract::bowl)), List.of()));
    var random = new SplittableRandom(4);
    List<Point> known = Stream.generate(() -> Point.of(random.doubles(D).toArray())).limit(20).toList();
    Observations told = Observations.of(new Knowledge(cube(D), 1, known.stream().map(x -> finished(x, bowl(x))).toList()), new Cells(cube(D)));
    var without = new PriorMean(new PriorTasks(cube(D), List.of(task(0, D, StrategyContract::bowl), task(2, D, StrategyContract::bowl)), List.of()));
    double[] expected = prior.function(told).at(known);
    assertThat(expected).containsExactly(without.function(told).at(known), within(1e-9));
  }

  @Test
  void theSlopeIsThatOfARegressionLineShrunk() {
    double[] expected = {-1, 0, 1, 2};
    double[] half = {-0.5, 0, 0.5, 1};
    assertThat(Accord.slope(0.5, expected, half)).isCloseTo(0.5, within(1e-12));
    assertThat(Accord.slope(0.5, expected, new double[] {1, 0, -1, -2})).isZero();
    assertThat(Accord.slope(0.5, expected, new double[] {-10, 0, 10, 20})).isEqualTo(1.5);
    assertThat(Accord.slope(0.5, new double[] {1}, new double[] {5})).isEqualTo(0.5);
  }

  @Test
  void choosesAmongRowsWhatOtherTasksExpect() {
    List<Point> rows = List.of(Point.of(0.9, 0.9, 0.9, 0.9, 0.9), Point.of(0.3, 0.3, 0.3, 0.3, 0.4), Point.of(0.1, 0.9, 0.1, 0.9, 0.1));
    assertThat(learning(GpOptions.general(), tasks(D, StrategyContract::bowl)).choose(new Knowledge(cube(D), 1, List.of()), rows)).isEqualTo(rows.get(1));
  }

  @Test
  void tasksOfAnotherSpaceAreRefused() {
    GpStrategy strategy = learning(GpOptions.general(), tasks(D, StrategyContract::bowl));
    assertThatThrownBy(() -> strategy.suggest(new Knowledge(cube(D + 1), 1, List.of()))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prior tasks are of a space of 5 parameters, and the search is of one of 6; translate them anew with PriorTasks.of");
  }
}
