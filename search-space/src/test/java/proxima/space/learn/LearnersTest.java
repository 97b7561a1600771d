package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.space.Box;
import proxima.space.Configuration;
import proxima.space.Ellipsoid;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Product;
import proxima.space.SearchSpace;
import proxima.space.Value;

class LearnersTest {

  private static final SearchSpace MIXED =
      SearchSpace.of(
          Parameter.log("lr", 1e-4, 1),
          Parameter.integer("layers", 1, 10),
          Parameter.categorical("optimizer", "adam", "sgd", "lion", "shampoo"),
          Parameter.real("momentum", 0, 1).when("optimizer", "sgd"));

  private static Configuration mixed(double lr, long layers, String optimizer, double momentum) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("lr", new Value.Real(lr));
    values.put("layers", new Value.Whole(layers));
    values.put("optimizer", new Value.Category(optimizer));
    if (optimizer.equals("sgd")) {
      values.put("momentum", new Value.Real(momentum));
    }
    return new Configuration(values);
  }

  private static PriorTask task(SearchSpace space, String name, Configuration... bestFirst) {
    List<Point> points = Stream.of(bestFirst).map(space::encode).toList();
    return new PriorTask(name, points, IntStream.range(0, points.size()).mapToObj(i -> (double) i).toList());
  }

  private static PriorTasks mixedTasks() {
    return new PriorTasks(
        MIXED,
        List.of(task(MIXED, "a", mixed(1e-3, 2, "adam", 0)), task(MIXED, "b", mixed(1e-2, 5, "sgd", 0.9)), task(MIXED, "c", mixed(5e-3, 3, "sgd", 0.8))),
        List.of());
  }

  @Test
  void theSmallestBoxHoldsTheOptimaOfEveryKind() {
    LearnedRegion learned = BoxLearner.smallest().learn(mixedTasks());
    Box box = learned.space().region().bounds();
    assertThat(learned.method()).isEqualTo("smallest box around the best point of each task");
    assertThat(learned.fallbacks()).isEmpty();
    // lr from 1e-3 to 1e-2 of four decades; layers 2 to 5 with whole cells of ten; adam and sgd of four choices; momentum where it is active.
    assertThat(box.low().toArray()).containsExactly(new double[] {0.25, 0.1, 0, 0, 0, 0, 0.8}, within(1e-12));
    assertThat(box.high().toArray()).containsExactly(new double[] {0.5, 0.5, 1, 1, 0, 0, 0.9}, within(1e-12));
    assertThat(learned.logShare()).isCloseTo(Math.log(0.25 * 0.4 * 0.5 * 0.1), within(1e-12));
    var random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      Point x = MIXED.snap(learned.space().region().sample(random));
      assertThat(learned.space().contains(x)).isTrue();
      Configuration c = MIXED.decode(x);
      assertThat(c.real("lr")).isBetween(0.99e-3, 1.01e-2);
      assertThat(c.integer("layers")).isBetween(2L, 5L);
      assertThat(c.category("optimizer")).isIn("adam", "sgd");
      if (c.get("momentum").isPresent()) {
        assertThat(c.real("momentum")).isBetween(0.8, 0.9);
      }
    }
    assertThat(learned.space().contains(MIXED.encode(mixed(5e-3, 4, "lion", 0)))).isFalse();
    assertThat(learned.space().contains(MIXED.encode(mixed(5e-3, 6, "adam", 0)))).isFalse();
  }

  @Test
  void anEllipsoidHasTheNumbersThatAreAlwaysActive() {
    LearnedRegion learned = EllipsoidLearner.hard(Shape.FULL).learn(mixedTasks());
    assertThat(learned.fallbacks()).isEmpty();
    var product = (Product) learned.space().region();
    assertThat(product.parts()).extracting(Product.Part::coordinates).containsExactly(List.of(0, 1), List.of(2, 3, 4, 5, 6));
    assertThat(product.parts().getFirst().region()).isInstanceOf(Ellipsoid.class);
    mixedTasks().tasks().forEach(t -> assertThat(learned.space().contains(t.points().getFirst())).isTrue());
  }

  private static Stream<Arguments> growing() {
    return Stream.of(BoxLearner.smallest(), EllipsoidLearner.hard(Shape.FULL), LevelSetLearner.tenth()).flatMap(l -> Stream.of(Arguments.of(l, mixedTasks()), Arguments.of(l, diagonal(5, 3, 1))));
  }

  @ParameterizedTest
  @MethodSource("growing")
  void aRegionGrowsToTheWholeSpace(RegionLearner learner, PriorTasks tasks) {
    LearnedRegion learned = learner.learn(tasks);
    SearchSpace space = tasks.space();
    assertThat(learned.grown(0)).isEqualTo(learned.space().region());
    assertThat(learned.grown(1)).isEqualTo(Box.cube(space.dimension()));
    var random = new SplittableRandom(7);
    List<Point> points = Stream.generate(() -> space.snap(Point.of(random.doubles(space.dimension()).toArray()))).limit(2000).toList();
    List<Point> inside = List.of();
    for (double t : new double[] {0, 0.2, 0.49, 0.5, 0.8, 0.97}) {
      SearchSpace grown = space.within(learned.grown(t));
      List<Point> before = inside;
      inside = points.stream().filter(grown::contains).toList();
      assertThat(inside).as("at %s", t).containsAll(before);
      for (int i = 0; i < 200; i++) {
        assertThat(grown.region().contains(grown.region().sample(random))).as("at %s", t).isTrue();
      }
    }
    // Of the whole space but little is left out in the end.
    assertThat(inside).hasSizeGreaterThan(1600);
  }

  private static SearchSpace plain(int d) {
    return new SearchSpace(IntStream.range(0, d).<Parameter>mapToObj(i -> Parameter.real("x" + i, 0, 1)).toList());
  }

  /// Optima along the diagonal, with some scatter, and worse trials all over, the worse the farther.
  private static PriorTasks diagonal(int tasks, int d, long seed) {
    var random = new SplittableRandom(seed);
    List<PriorTask> all = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      List<Point> points = new ArrayList<>();
      double along = random.nextDouble(0.2, 0.8);
      for (int k = 0; k < 5; k++) {
        points.add(Point.of(IntStream.range(0, d).mapToDouble(_ -> along + random.nextDouble(-0.05, 0.05)).toArray()));
      }
      List<Double> losses = new ArrayList<>(List.of(1.0, 2.0, 3.0, 4.0, Double.POSITIVE_INFINITY));
      for (int k = 0; k < 30; k++) {
        double[] x = random.doubles(d).toArray();
        points.add(Point.of(x));
        losses.add(5 + Arrays.stream(x).map(v -> (v - along) * (v - along)).sum());
      }
      all.add(new PriorTask("t" + t, points, losses));
    }
    return new PriorTasks(plain(d), all, List.of());
  }

  static Stream<RegionLearner> learners() {
    return Stream.of(
        BoxLearner.smallest(), BoxLearner.slack(), BoxLearner.trimmed(), EllipsoidLearner.hard(Shape.FULL), EllipsoidLearner.soft(Shape.FULL),
        EllipsoidLearner.hard(Shape.LOW_RANK), EllipsoidLearner.soft(Shape.LOW_RANK), EllipsoidLearner.hard(Shape.MODULES), EllipsoidLearner.soft(Shape.MODULES), LevelSetLearner.tenth());
  }

  /// Contract of a learner: a region of the space, the same in any order of the tasks, that most optima lie in; the whole space from too few tasks.
  @ParameterizedTest(name = "{0}")
  @MethodSource("learners")
  void contract(RegionLearner learner) {
    PriorTasks prior = diagonal(30, 4, 7);
    LearnedRegion learned = learner.learn(prior);
    assertThat(learned.space().parameters()).isEqualTo(prior.space().parameters());
    assertThat(learned.tasks()).isEqualTo(30);
    assertThat(learned.fallbacks()).isEmpty();
    assertThat(learned.logShare()).isBetween(Math.log(1e-4), Math.log(0.5));
    long inside = prior.tasks().stream().filter(t -> learned.space().contains(t.best(1).getFirst())).count();
    assertThat(inside).isGreaterThanOrEqualTo(15);
    List<PriorTask> reversed = new ArrayList<>(prior.tasks());
    Collections.reverse(reversed);
    Box again = learner.learn(new PriorTasks(prior.space(), reversed, List.of())).space().region().bounds();
    assertThat(again.low().toArray()).containsExactly(learned.space().region().bounds().low().toArray(), within(1e-5));

    LearnedRegion few = learner.learn(new PriorTasks(prior.space(), prior.tasks().subList(0, 1), List.of()));
    assertThat(few.space().region().isCube()).isEqualTo(learner.needs(prior.space()) > 1);
    LearnedRegion none = learner.learn(new PriorTasks(prior.space(), List.of(), List.of()));
    assertThat(none.space().region().isCube()).isTrue();
    assertThat(none.method()).isEqualTo("whole space");
    assertThat(none.fallbacks()).isNotEmpty().last().asString().matches(".* needs [12] tasks, got 0: whole space instead");
  }

  @Test
  void hardRegionsHoldTheBestOfEachTask() {
    for (PriorTasks prior : List.of(diagonal(30, 4, 1), diagonal(12, 9, 2))) {
      for (RegionLearner learner : List.of(BoxLearner.smallest(), EllipsoidLearner.hard(Shape.FULL), EllipsoidLearner.hard(Shape.LOW_RANK), EllipsoidLearner.hard(Shape.MODULES))) {
        SearchSpace space = learner.learn(prior).space();
        assertThat(prior.tasks()).allSatisfy(t -> assertThat(space.contains(t.best(1).getFirst())).isTrue());
      }
    }
  }

  @Test
  void anEllipsoidIsSmallerThanItsBoxWhereOptimaAreCorrelated() {
    PriorTasks prior = diagonal(30, 4, 3);
    double box = BoxLearner.smallest().learn(prior).logShare();
    assertThat(EllipsoidLearner.hard(Shape.FULL).learn(prior).logShare()).isLessThan(box - 1);
    assertThat(EllipsoidLearner.hard(Shape.LOW_RANK).learn(prior).logShare()).isLessThan(box - 1);
  }

  /// Of as few tasks as there are dimensions, or fewer, the shape is still as wide across as the optima's scatter.
  @Test
  void fewTasksMakeNoSliver() {
    PriorTasks prior = diagonal(6, 20, 4);
    LearnedRegion learned = EllipsoidLearner.hard(Shape.FULL).learn(prior);
    assertThat(learned.fallbacks())
        .containsExactly("ellipsoid, inside the smallest box around the best point of each task needs 21 tasks, got 6: ellipsoid of rank 2 and diagonal, inside the smallest box around the best point of each task instead");
    EllipsoidLearner modules = new EllipsoidLearner(Shape.MODULES, 5, 0, BoxLearner.smallest());
    for (LearnedRegion region : List.of(learned, modules.learn(prior))) {
      var random = new SplittableRandom(5);
      double[] widest = new double[2];
      for (int i = 0; i < 300; i++) {
        Point x = region.space().region().sample(random);
        assertThat(region.space().contains(x)).isTrue();
        // Across the diagonal, in which optima scatter by 0.1.
        double across = Math.abs(x.get(0) - x.get(1));
        widest[0] = Math.max(widest[0], across);
        widest[1] += across / 300;
      }
      assertThat(widest[0]).isGreaterThan(0.05);
      assertThat(widest[1]).isGreaterThan(0.02);
    }
  }

  @Test
  void aBoxOfOneValueSaysSo() {
    SearchSpace space = plain(3);
    List<PriorTask> tasks = Stream.of(0.2, 0.4, 0.6).map(x -> new PriorTask("t" + x, List.of(Point.of(x, 0.5, 1)), List.of(1.0))).toList();
    LearnedRegion learned = BoxLearner.smallest().learn(new PriorTasks(space, tasks, List.of()));
    assertThat(learned.fallbacks()).containsExactly("all optima have one value of [x1, x2], and no other is in the box");
    assertThat(BoxLearner.smallest().learn(new PriorTasks(plain(1), List.of(new PriorTask("t", List.of(Point.of(0.2)), List.of(1.0))), List.of())).fallbacks()).hasSize(1);
  }

  @Test
  void theBoxThatCutsAnEllipsoidIsAHundredthWideAtLeastAndAsMuchLarger() {
    SearchSpace space = plain(3);
    List<PriorTask> tasks = IntStream.range(0, 5).mapToObj(t -> new PriorTask("t" + t, List.of(Point.of(0.2 + 0.1 * t, 0.5, 1)), List.of(1.0))).toList();
    LearnedRegion learned = EllipsoidLearner.hard(Shape.FULL).learn(new PriorTasks(space, tasks, List.of()));
    assertThat(learned.fallbacks()).containsExactly("all optima have one value of [x1, x2]: 1.0 % of the range around it instead");
    Box box = ((Ellipsoid) learned.space().region()).box();
    double half = 0.2 * Math.cbrt(1.25);
    assertThat(box.low().toArray()).containsExactly(new double[] {0.4 - half, 0.495, 0.99}, within(1e-12));
    assertThat(box.high().toArray()).containsExactly(new double[] {0.4 + half, 0.505, 1}, within(1e-12));
    Box soft = ((Ellipsoid) EllipsoidLearner.soft(Shape.FULL).learn(new PriorTasks(space, tasks, List.of())).space().region()).box();
    assertThat(soft.high().get(0) - soft.low().get(0)).isCloseTo(0.8 * 0.4, within(1e-12));
    var random = new SplittableRandom(1);
    assertThat(Stream.generate(() -> learned.space().sample(random)).limit(12).map(x -> x.get(1)).distinct()).hasSize(12);
  }

  @Test
  void whatAModulesEllipsoidLacksIsTold() {
    SearchSpace space = SearchSpace.of(Parameter.real("m/a", 0, 1), Parameter.real("m/b", 0, 1));
    List<PriorTask> tasks = Stream.of(0.2, 0.4).map(x -> new PriorTask("t" + x, List.of(Point.of(x, 0.5)), List.of(1.0))).toList();
    assertThat(EllipsoidLearner.hard(Shape.MODULES).learn(new PriorTasks(space, tasks, List.of())).fallbacks())
        .containsExactly("an ellipsoid of 1 module with a, b needs 3 optima, got 2: their box instead", "all optima have one value of [m/b], and no other is in the box");
  }

  private static SearchSpace modules(int blocks) {
    List<Parameter> parameters = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      parameters.add(Parameter.log("m" + b + "/learningRate", 0.0625, 16));
      parameters.add(Parameter.log("m" + b + "/initStd", 0.0625, 16));
    }
    parameters.add(Parameter.log("head/learningRate", 0.0625, 16));
    return new SearchSpace(parameters);
  }

  /// Three tasks are too few for one module's ellipsoid in 2 dimensions to say much; with eight modules alike there are 24 optima, and their correlation shows.
  @Test
  void modulesOfAKindAreLearnedTogether() {
    SearchSpace space = modules(8);
    var random = new SplittableRandom(6);
    List<PriorTask> tasks = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      double[] x = new double[space.dimension()];
      for (int b = 0; b < 8; b++) {
        double along = random.nextDouble(0.3, 0.7);
        x[2 * b] = along;
        x[2 * b + 1] = along + random.nextDouble(-0.01, 0.01);
      }
      x[16] = 0.5 + 0.1 * t;
      tasks.add(new PriorTask("t" + t, List.of(Point.of(x)), List.of(1.0)));
    }
    var learner = new EllipsoidLearner(Shape.MODULES, 1, 0, BoxLearner.smallest());
    LearnedRegion learned = learner.learn(new PriorTasks(space, tasks, List.of()));
    var product = (Product) learned.space().region();
    assertThat(product.parts()).hasSize(9);
    double[][] first = ((Ellipsoid) product.parts().getFirst().region()).factor();
    assertThat(product.parts().subList(0, 8)).allSatisfy(p -> assertThat(((Ellipsoid) p.region()).factor()).isEqualTo(first));
    // F's second row points along its first: the correlation of the pair.
    assertThat(first[1][0] / Math.hypot(first[1][0], first[1][1])).isGreaterThan(0.8);
  }

  @Test
  void whatATaskDoesNotKnowItDoesNotTeach() {
    SearchSpace space = plain(2);
    PriorTask both = new PriorTask("both", List.of(Point.of(0.2, 0.3)), List.of(1.0));
    PriorTask one = new PriorTask("one", List.of(Point.of(0.4, 0.5)), List.of(1.0), Set.of("x1"));
    Box box = BoxLearner.smallest().box(new PriorTasks(space, List.of(both, one), List.of()));
    assertThat(box).isEqualTo(new Box(Point.of(0.2, 0.3), Point.of(0.4, 0.3)));
    PriorTask neither = new PriorTask("neither", List.of(Point.of(0.5, 0.5)), List.of(1.0), Set.of("x0", "x1"));
    assertThat(BoxLearner.smallest().box(new PriorTasks(space, List.of(neither, neither), List.of()))).isEqualTo(Box.cube(2));
  }

  /// Between choices there is nothing, and what is low at one may be low there alone.
  @Test
  void aSpaceOfChoicesCanBeLearnedFrom() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("a", "x", "y"), Parameter.categorical("b", "x", "y", "z"));
    List<Configuration> all =
        Stream.of("x", "y").flatMap(a -> Stream.of("x", "y", "z").map(b -> new Configuration(Map.of("a", new Value.Category(a), "b", new Value.Category(b))))).toList();
    PriorTasks tasks = new PriorTasks(space, List.of(task(space, "t", all.toArray(Configuration[]::new)), task(space, "u", all.toArray(Configuration[]::new))), List.of());
    for (double share : new double[] {1e-4, 0.1, 0.4}) {
      SearchSpace learned = new LevelSetLearner(share).learn(tasks).space();
      var random = new SplittableRandom(1);
      for (int i = 0; i < 20; i++) {
        assertThat(learned.region().contains(learned.region().sample(random))).isTrue();
      }
      // Each sixth is in it whole, or is not.
      int kept = (int) (6 * share) + 1;
      assertThat(all).filteredOn(c -> learned.contains(space.encode(c))).hasSize(kept);
      assertThat(Math.exp(new LevelSetLearner(share).learn(tasks).logShare())).isCloseTo(kept / 6.0, within(4 * Math.sqrt(0.25 / 4096)));
    }
  }

  /// A task in which one of four choices decides what is good.
  private static PriorTasks decidedByTheChoice() {
    var random = new SplittableRandom(9);
    List<Point> points = Stream.generate(() -> MIXED.snap(Point.of(random.doubles(MIXED.dimension()).toArray()))).limit(80).toList();
    List<Double> losses = points.stream().map(x -> Math.abs(x.get(0) - 0.4) + Math.abs(x.get(1) - 0.3) + (MIXED.decode(x).category("optimizer").equals("lion") ? 0 : 2)).toList();
    return new PriorTasks(MIXED, List.of(new PriorTask("t", points, losses)), List.of());
  }

  @Test
  void aLevelSetsShareIsThatOfWhatCanBeTried() {
    LearnedRegion learned = LevelSetLearner.tenth().learn(decidedByTheChoice());
    // 4 standard errors of a share of 4,096 points, of which the level is a quantile as well.
    assertThat(Math.exp(learned.logShare())).isCloseTo(0.1, within(8 * Math.sqrt(0.09 / 4096)));
    double half = Math.exp(new LearnedRegion(MIXED.within(learned.grown(0.5)), "", 1, List.of()).logShare());
    assertThat(half).isCloseTo(Math.sqrt(0.1), within(8 * Math.sqrt(0.22 / 4096)));
  }

  @Test
  void whatIsDrawnOfALevelSetIsUniformAmongWhatCanBeTried() {
    SearchSpace space = LevelSetLearner.tenth().learn(decidedByTheChoice()).space();
    var random = new SplittableRandom(10);
    List<Point> tried = Stream.generate(() -> MIXED.snap(Point.of(random.doubles(MIXED.dimension()).toArray()))).limit(20_000).filter(space::contains).toList();
    List<Point> drawn = Stream.generate(() -> space.sample(random)).limit(1000).toList();
    assertThat(drawn).allSatisfy(x -> {
      assertThat(space.contains(x)).isTrue();
      assertThat(MIXED.snap(x)).isEqualTo(x);
    });
    for (int i = 0; i < MIXED.dimension(); i++) {
      int at = i;
      double mean = tried.stream().mapToDouble(x -> x.get(at)).average().orElseThrow();
      double variance = tried.stream().mapToDouble(x -> (x.get(at) - mean) * (x.get(at) - mean)).average().orElseThrow();
      // 4 standard errors of both means, of which the other has some 2,000 points.
      assertThat(drawn.stream().mapToDouble(x -> x.get(at)).average().orElseThrow()).as("coordinate %s", i).isCloseTo(mean, within(1e-9 + 4 * Math.sqrt(variance * (1 / 1000.0 + 1 / 2000.0))));
    }
  }

  @Test
  void optimaThatAreAllInOnePlaceMakeASmallRegion() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));
    Configuration best = new Configuration(Map.of("x", new Value.Real(0.3), "y", new Value.Real(0.6)));
    PriorTasks tasks = new PriorTasks(space, IntStream.range(0, 4).mapToObj(t -> task(space, "t" + t, best)).toList(), List.of());
    for (RegionLearner learner : List.of(EllipsoidLearner.hard(Shape.FULL), EllipsoidLearner.hard(Shape.LOW_RANK))) {
      LearnedRegion learned = learner.learn(tasks);
      Point x = learned.space().region().sample(new SplittableRandom(1));
      assertThat(x.get(0)).isCloseTo(0.3, within(0.1));
      assertThat(x.get(1)).isCloseTo(0.6, within(0.1));
    }
  }

  @Test
  void numbersThatATaskLacksAreSaidToHaveTheBoxAlone() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));
    List<PriorTask> tasks = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      tasks.add(new PriorTask("t" + t, List.of(Point.of(0.3 + 0.01 * t, 0.5), Point.of(0.9, 0.5)), List.of(1.0, 2.0), t == 0 ? Set.of("y") : Set.of()));
    }
    LearnedRegion region = EllipsoidLearner.soft(Shape.FULL).learn(new PriorTasks(space, tasks, List.of()));
    assertThat(region.fallbacks()).contains("1 of 8 tasks have trials without [y]: the box alone for these");
  }

  @Test
  void aLevelSetHoldsAQuarterOfTheTasksBestPoints() {
    // Losses fall towards an end of which nothing is known: the regression goes on falling beyond the best points.
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1));
    List<Point> points = IntStream.range(0, 8).mapToObj(i -> Point.of(0.05 * i)).toList();
    List<PriorTask> tasks = IntStream.range(0, 2).mapToObj(t -> new PriorTask("t" + t, points, IntStream.range(0, 8).mapToObj(i -> 9.0 - i).toList())).toList();
    var sets = new LevelSets(new PriorTasks(space, tasks, List.of()));
    for (double share : new double[] {0.01, 0.1, 0.5}) {
      assertThat(sets.region(share).contains(points.getLast())).as("share %s", share).isTrue();
    }
    assertThat(sets.region(0.1).contains(points.getFirst())).isFalse();
  }
}
