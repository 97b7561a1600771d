package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.gp.Threads;
import proxima.space.Box;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.space.learn.BoxLearner;
import proxima.space.learn.LearnedRegion;
import proxima.space.learn.LevelSets;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

class WideningTest {

  private static PriorTasks tasks() {
    var random = new SplittableRandom(1);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(2).toArray())).limit(60).toList();
    return new PriorTasks(StrategyContract.cube(2), List.of(new PriorTask("t", points, points.stream().map(StrategyContract::bowl).toList())), List.of());
  }

  private static Knowledge after(int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      known.add(StrategyContract.finished(Point.of(i / 200.0, 0.5), 1));
    }
    return new Knowledge(StrategyContract.cube(2), 3, known);
  }

  @Test
  void beginsInTheBestTenthAndEndsInTheWholeSpace() {
    Strategy strategy = new Widening(tasks()).of((Strategy) new RandomStrategy());
    var sets = new LevelSets(tasks());
    assertThat(sets.within(0.1).contains(strategy.suggest(after(0)))).isTrue();
    assertThat(sets.within(Math.sqrt(0.1)).contains(strategy.suggest(after(50)))).isTrue();
    assertThat(strategy.suggest(after(100))).isEqualTo(new RandomStrategy().suggest(after(100)));
  }

  @Test
  void anyLearnersRegionWidens() {
    LearnedRegion box = BoxLearner.trimmed().learn(new PriorTasks(StrategyContract.cube(2), Collections.nCopies(3, tasks().tasks().getFirst()), List.of()));
    assertThat(box.space().region().isCube()).isFalse();
    Strategy strategy = new Widening(box).of((Strategy) new RandomStrategy());
    assertThat(box.space().contains(strategy.suggest(after(0)))).isTrue();
    assertThat(box.grown(0.5).contains(strategy.suggest(after(50)))).isTrue();
    assertThat(strategy.suggest(after(100))).isEqualTo(new RandomStrategy().suggest(after(100)));
  }

  @Test
  void whatIsAskedInBetweenSpreads() {
    Strategy strategy = new Widening(tasks()).of((Strategy) new RandomStrategy());
    var tenth = new LevelSets(tasks()).within(0.1);
    long outside = Stream.iterate(1, n -> n < 100, n -> n + 3).filter(n -> !tenth.contains(strategy.suggest(after(n)))).count();
    // Of 33, were all uniform in regions of 0.1 to 1 of the space, 1 - 0.1 / share lie outside: 19 in the mean.
    assertThat(outside).isBetween(12L, 26L);
  }

  static Stream<Arguments> regions() {
    PriorTask upside = new PriorTask("u", tasks().tasks().getFirst().points(), tasks().tasks().getFirst().losses().stream().map(l -> -l).toList());
    PriorTasks wrong = new PriorTasks(StrategyContract.cube(2), List.of(upside), List.of());
    return Stream.of(
        Arguments.of("level set", new Widening(tasks()), new Widening(wrong)),
        Arguments.of("box", new Widening(box(tasks())), new Widening(box(wrong))));
  }

  private static LearnedRegion box(PriorTasks tasks) {
    return BoxLearner.trimmed().learn(new PriorTasks(tasks.space(), Collections.nCopies(3, tasks.tasks().getFirst()), List.of()));
  }

  /// The best of 25 random trials in a region of wrong prior tasks is as good as of those of the whole space, and in one of right ones better.
  @ParameterizedTest(name = "{0}")
  @MethodSource("regions")
  void whereLossesContradictARegionTheWholeSpaceIsSearched(String name, Widening right, Widening wrong) {
    double anywhere = mean(new RandomStrategy());
    assertThat(mean(wrong.of((Strategy) new RandomStrategy()))).as(name).isLessThan(1.5 * anywhere);
    assertThat(mean(right.of((Strategy) new RandomStrategy()))).as(name).isLessThan(0.5 * anywhere);
  }

  /// Over 20 seeds.
  private static double mean(Strategy strategy) {
    return IntStream.range(0, 20).mapToDouble(seed -> best(strategy, seed)).average().orElseThrow();
  }

  private static double best(Strategy strategy, long seed) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Point x = strategy.suggest(new Knowledge(StrategyContract.cube(2), seed, known));
      known.add(StrategyContract.finished(x, StrategyContract.bowl(x)));
    }
    return known.stream().mapToDouble(e -> StrategyContract.bowl(e.point())).min().orElseThrow();
  }

  @Test
  void theFourthAndEighthAndSixteenthSuggestionIsOfTheWholeSpace() {
    Strategy strategy = new Widening(tasks()).of((Strategy) new RandomStrategy());
    var sets = new LevelSets(tasks());
    for (int n = 0; n < 33; n++) {
      Point x = strategy.suggest(after(n));
      if (n == 3 || n == 7 || n == 15 || n == 31) {
        assertThat(x).isEqualTo(new RandomStrategy().suggest(after(n)));
      } else {
        assertThat(sets.within(Math.pow(0.1, 1 - n / 100.0)).contains(x)).isTrue();
      }
    }
  }

  /// Of a space with choices, whole numbers and a condition, in which one choice decides what is good.
  static Stream<Arguments> strategies() {
    InitialDesign design = InitialDesign.cube(3);
    return Stream.of(
        Arguments.of("random", new RandomStrategy()), Arguments.of("sobol", new SobolStrategy()), Arguments.of("forest", new ForestStrategy(design)),
        Arguments.of("cma-es", new CmaEs(design, 0.3)), Arguments.of("trust-region-random", new TrustRegionRandom(design, 0.125)),
        Arguments.of("gp", new GpStrategy(design, GpOptions.of(StrategyContract.MIXED), Threads.ONE)),
        Arguments.of("multi-task", new MultiTaskStrategy(decidedByTheChoice(), Threads.ONE)));
  }

  private static PriorTasks decidedByTheChoice() {
    SearchSpace space = StrategyContract.MIXED;
    var random = new SplittableRandom(6);
    List<Point> points = Stream.generate(() -> space.snap(Point.of(random.doubles(space.dimension()).toArray()))).limit(30).toList();
    return new PriorTasks(space, List.of(new PriorTask("t", points, points.stream().map(WideningTest::decided).toList())), List.of());
  }

  private static double decided(Point x) {
    return StrategyContract.bowl(x) + (StrategyContract.MIXED.decode(x).category("kind").equals("b") ? 0 : 3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void whatIsAskedLiesInTheLevelSet(String name, Strategy strategy) {
    SearchSpace set = new LevelSets(decidedByTheChoice()).within(0.1);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Point x = strategy.suggest(new Knowledge(set, 4, known));
      assertThat(set.contains(set.snap(x))).as("%s, suggestion %s", name, i).isTrue();
      known.add(StrategyContract.finished(x, decided(x)));
    }
  }

  @Test
  void aRegionThatIsUsedUpWidens() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", "a", "b", "c", "d", "e", "f"));
    List<Point> points = IntStream.range(0, 6).mapToObj(i -> space.encode(new Configuration(Map.of("kind", new Value.Category("abcdef".substring(i, i + 1)))))).toList();
    PriorTasks tasks = new PriorTasks(space, List.of(new PriorTask("t", points, List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0))), List.of());
    Strategy strategy = new Widening(tasks).of((Strategy) new RandomStrategy());
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Point x = strategy.suggest(new Knowledge(space, 1, known));
      List<Point> left = points.stream().filter(p -> known.stream().noneMatch(e -> e.point().equals(p))).toList();
      // The fourth is any that is left.
      assertThat(x).isIn(i == 3 ? left : left.subList(0, 1));
      known.add(StrategyContract.finished(x, i));
    }
  }

  @Test
  void eachLevelSetContainsTheSmallerOnes() {
    var sets = new LevelSets(tasks());
    var random = new SplittableRandom(2);
    List<Point> points = Stream.generate(() -> Point.of(random.doubles(2).toArray())).limit(500).toList();
    long before = 0;
    for (double share : new double[] {0.05, 0.1, 0.3, 0.7, 1}) {
      long inside = points.stream().filter(sets.within(share)::contains).count();
      // Five standard deviations of a share of 500 points.
      assertThat(inside).isGreaterThanOrEqualTo(before).isBetween((long) (500 * (share - 0.11)), (long) (500 * (share + 0.11)));
      before = inside;
    }
  }

  @Test
  void aTaskThatForetellsCountsAndItsOppositeDoesNot() {
    PriorTask task = tasks().tasks().getFirst();
    PriorTask opposite = new PriorTask("o", task.points(), task.losses().stream().map(l -> -l).toList());
    PriorTask again = new PriorTask("s", task.points(), task.losses());
    var random = new SplittableRandom(5);
    List<Evaluation> known = Stream.generate(() -> Point.of(random.doubles(2).toArray())).limit(20).map(x -> StrategyContract.finished(x, StrategyContract.bowl(x))).toList();
    List<Agreement> agreements = Agreement.of(new PriorTasks(StrategyContract.cube(2), List.of(task, opposite, again), List.of()), new Knowledge(StrategyContract.cube(2), 1, known));
    assertThat(agreements).extracting(Agreement::task).containsExactly("t", "o", "s");
    assertThat(agreements.get(0).correlation()).isGreaterThan(0.7).isEqualTo(-agreements.get(1).correlation());
    assertThat(agreements).extracting(Agreement::weight).containsExactly(0.5, 0.0, 0.5);
    // Also trials that weights do not regard yet, as from the 18th to the 22nd, are in what is shown.
    assertThat(Agreement.of(new PriorTasks(StrategyContract.cube(2), List.of(task), List.of()), new Knowledge(StrategyContract.cube(2), 1, known.subList(0, 19))).getFirst().correlation())
        .isNotEqualTo(agreements.get(0).correlation());
    // The search goes on without it.
    List<Agreement> alone = Agreement.of(new PriorTasks(StrategyContract.cube(2), List.of(opposite), List.of()), new Knowledge(StrategyContract.cube(2), 1, known));
    assertThat(alone).extracting(Agreement::weight).containsExactly(0.0);
  }

  @Test
  void theFirstSuggestionOfAnExperiencedStrategyWasBestBefore() {
    Strategy strategy = new Experienced(tasks(), new Widening(tasks()).of((Strategy) new RandomStrategy()));
    Point first = strategy.suggest(after(0));
    assertThat(tasks().tasks().getFirst().best(5)).contains(first);
    assertThat(strategy.suggest(after(0))).isEqualTo(first);
    assertThat(strategy.suggest(after(1))).isEqualTo(new Widening(tasks()).of((Strategy) new RandomStrategy()).suggest(after(1)));
    // Where the region has none of them.
    Knowledge elsewhere = new Knowledge(StrategyContract.cube(2).within(new Box(Point.of(0.99, 0.99), Point.of(1, 1))), 3, List.of());
    assertThat(elsewhere.space().contains(strategy.suggest(elsewhere))).isTrue();
  }
}
