package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.acquisition.Cost;
import proxima.acquisition.Preference;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;

final class GpStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new GpStrategy(InitialDesign.cube(4), GpOptions.general());
  }

  @Override
  int length() {
    return 14;
  }

  private static double best(List<Evaluation> run) {
    return run.stream()
        .mapToDouble(e -> e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY)
        .min()
        .orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void descendsABowl(long seed) {
    // Random search of this length is above 0.1 in 5 dimensions.
    assertThat(best(run(cube(5), seed, 30, StrategyContract::bowl))).isLessThan(0.01);
  }

  @Test
  void findsTheBestCellOfAMixedSpace() {
    List<Evaluation> run = run(MIXED, 1, 40, x -> {
      var c = MIXED.decode(x);
      return Math.abs(Math.log(c.real("rate") / 1e-2)) + (c.category("kind").equals("b") ? Math.abs(c.real("slope") - 0.5) : 1)
          + 0.3 * Math.abs(c.integer("layers") - 4);
    });
    assertThat(best(run)).isLessThan(0.2);
  }

  /// @param n of the trials known at first: 50 or more are fitted anew for some suggestions only, and 300 are more than a choice of form looks at
  @ParameterizedTest(name = "from trial {0}")
  @ValueSource(ints = {0, 55, 300})
  void asksTheSameRememberingOrNotOnOneThreadOrFour(int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = new RandomStrategy().suggest(new Knowledge(cube(3), 2, known));
      known.add(finished(x, i % 5 == 4 ? Double.NaN : bowl(x)));
    }
    assertSameRememberingOrNot(known, n + 14, (x, i) -> finished(x, i % 5 == 4 ? Double.NaN : bowl(x)));
  }

  /// Of a strategy that has answered before, and one that has not, on one thread or four.
  private static void assertSameRememberingOrNot(List<Evaluation> known, int end, BiFunction<Point, Integer, Evaluation> evaluate) {
    InitialDesign design = InitialDesign.cube(4);
    Strategy old = new GpStrategy(design, GpOptions.general(), Threads.ONE);
    for (int i = known.size(); i < end; i++) {
      Knowledge now = new Knowledge(cube(3), 2, known);
      Point x = old.suggest(now);
      assertThat(new GpStrategy(design, GpOptions.general(), new Threads(i % 2 == 0 ? 4 : 1)).suggest(now)).isEqualTo(x);
      known.add(evaluate.apply(x, i));
    }
  }

  /// The same with the standard errors of most losses told: those of the first few trials are not known.
  @ParameterizedTest(name = "from trial {0}")
  @ValueSource(ints = {0, 55, 150})
  void asksTheSameRememberingOrNotWhereStandardErrorsAreKnown(int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      known.add(noisy(new RandomStrategy().suggest(new Knowledge(cube(3), 2, known)), i));
    }
    assertSameRememberingOrNot(known, n + 10, GpStrategyTest::noisy);
  }

  private static Evaluation noisy(Point x, int trial) {
    return trial % 5 == 4 ? finished(x, Double.NaN) : finished(x, bowl(x), trial < 3 ? 0 : 0.01 * (1 + trial % 3));
  }

  /// Where two points are told the same low loss, the search goes to the one that is known.
  @Test
  void followsALossThatIsKnownRatherThanOneThatMayBeLuck() {
    for (boolean left : new boolean[] {true, false}) {
      List<Evaluation> known = new ArrayList<>();
      for (int i = 0; i <= 20; i++) {
        known.add(finished(Point.of(i / 20.0), 2));
      }
      known.set(5, finished(Point.of(0.25), 1, left ? 0.001 : 10));
      known.set(15, finished(Point.of(0.75), 1, left ? 10 : 0.001));
      Point next = new GpStrategy(InitialDesign.cube(4), GpOptions.general()).suggest(new Knowledge(cube(1), 1, known));
      assertThat(next.get(0)).isBetween(left ? 0.2 : 0.7, left ? 0.3 : 0.8);
    }
  }

  @Test
  void keepsAwayFromPendingPoints() {
    List<Evaluation> known = new ArrayList<>(run(cube(2), 3, 12, StrategyContract::bowl));
    Strategy strategy = strategy(2);
    Point one = strategy.suggest(new Knowledge(cube(2), 3, known));
    known.add(new Evaluation(one, Optional.empty(), true));
    Point two = strategy.suggest(new Knowledge(cube(2), 3, known));
    assertThat(Math.hypot(one.get(0) - two.get(0), one.get(1) - two.get(1))).isGreaterThan(1e-4);
  }

  @Test
  void aMarginIsLookedForWhileOneTrialIsPendingAtMost() {
    var random = new SplittableRandom(1);
    List<Evaluation> known = new ArrayList<>(run(cube(3), 1, 21, x -> bowl(x) + 0.1 * random.nextGaussian()));
    assertThat(suggested(known, 1)).isNotEqualTo(suggested(known, 0));
    known.add(new Evaluation(Point.of(0.9, 0.1, 0.9), Optional.of(new Outcome.Failed("no such file")), true));
    known.add(new Evaluation(Point.of(0.1, 0.9, 0.1), Optional.of(new Outcome.Failed("no such file")), true));
    assertThat(suggested(known, 1)).as("failed trials are over").isNotEqualTo(suggested(known, 0));
    known.set(22, new Evaluation(Point.of(0.1, 0.9, 0.1), Optional.empty(), true));
    assertThat(suggested(known, 1)).as("one is pending").isNotEqualTo(suggested(known, 0));
    known.set(21, new Evaluation(Point.of(0.9, 0.1, 0.9), Optional.empty(), true));
    assertThat(suggested(known, 1)).isEqualTo(suggested(known, 0));
  }

  private static Point suggested(List<Evaluation> known, double margin) {
    GpOptions o = GpOptions.smooth();
    var options =
        new GpOptions(
            o.lengthscales(), o.warps(), o.kernels(), false, o.chooseFrom(), o.chooseEvery(), o.refitAlways(), o.refitEvery(), true, margin, o.patience(), o.spread(), o.near(), o.nearSd(), o.restarts(), o.iterations());
    return new GpStrategy(InitialDesign.cube(4), options).suggest(new Knowledge(cube(3), 1, known));
  }

  @Test
  void leavesARegionWhereTrialsDiverge() {
    List<Evaluation> run = run(cube(2), 5, 30, x -> x.get(0) > 0.6 ? Double.NaN : -x.get(0) + Math.pow(x.get(1) - 0.5, 2));
    long diverged = run.subList(8, 30).stream().filter(e -> e.outcome().orElseThrow() instanceof Outcome.Diverged).count();
    assertThat(diverged).isLessThan(11);
    assertThat(best(run)).isLessThan(-0.57);
  }

  /// The bowl's optimum is at 0.3 or so: a preference for the opposite corner leads there at first, and does not keep the search there.
  @Test
  void aPreferenceLeadsAndFades() {
    Point wrong = Point.of(0.9, 0.9, 0.9);
    var strategy = new GpStrategy(InitialDesign.cube(4), GpOptions.general()).preferring(Preference.near(wrong, 0.1));
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Point x = strategy.suggest(new Knowledge(cube(3), 1, known));
      known.add(finished(x, bowl(x)));
    }
    assertThat(distance(known.get(4).point(), wrong)).isLessThan(0.3);
    assertThat(best(known)).isLessThan(0.01);
  }

  @Test
  void whatAUserExpectsIsTriedFirstAndForgottenWhereItIsWrong() {
    List<Evaluation> right = expecting(0.3, 0.4, 0.45);
    List<Evaluation> wrong = expecting(0.9, 0.9, 0.9);
    assertThat(right.getFirst().point()).isEqualTo(Point.of(0.3, 0.4, 0.45));
    assertThat(wrong.getFirst().point()).isEqualTo(Point.of(0.9, 0.9, 0.9));
    assertThat(best(right.subList(0, 8))).isLessThan(best(expecting().subList(0, 8)) / 2);
    assertThat(best(wrong)).isLessThan(0.01);
  }

  /// A run of 40 trials whose user expects the best values there.
  private static List<Evaluation> expecting(double... values) {
    SearchSpace space = cube(3);
    List<Expected> all = IntStream.range(0, values.length).mapToObj(i -> new Expected("x" + i, new Value.Real(values[i]), Expected.Confidence.MEDIUM)).toList();
    var strategy = new GpStrategy(InitialDesign.cube(5), GpOptions.general()).expecting(new UserPrior(space, all));
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Point x = strategy.suggest(new Knowledge(space, 1, known));
      known.add(finished(x, bowl(x)));
    }
    return known;
  }

  /// The loss does not depend on the last coordinate, the cost on nothing else.
  @Test
  void amongEquallyGoodPointsTheCheaperIsTried() {
    var strategy = new GpStrategy(InitialDesign.cube(4), GpOptions.general());
    assertThat(lastCoordinate(strategy.costing(growing(3)))).isLessThan(0.1);
    assertThat(lastCoordinate(strategy.costing(growing(-3)))).isGreaterThan(0.9);
  }

  private static Cost growing(double power) {
    return (x, slope) -> {
      slope[2] += power;
      return power * x.get(2);
    };
  }

  /// Its mean over the suggestions after the initial ones.
  private static double lastCoordinate(Strategy strategy) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Point x = strategy.suggest(new Knowledge(cube(3), 1, known));
      known.add(finished(x, Math.pow(x.get(0) - 0.3, 2) + Math.pow(x.get(1) - 0.6, 2)));
    }
    assertThat(best(known)).isLessThan(0.01);
    return known.subList(4, 24).stream().mapToDouble(e -> e.point().get(2)).average().orElseThrow();
  }

  @Test
  void withoutImprovementEverySecondSuggestionIsNearTheBest() {
    List<Evaluation> known = new ArrayList<>(run(cube(3), 1, 10, StrategyContract::bowl));
    Point best = known.stream().min(Comparator.comparingDouble(e -> bowl(e.point()))).orElseThrow().point();
    Strategy strategy = new GpStrategy(InitialDesign.cube(4), GpOptions.smooth());
    for (int i = 0; i < 60; i++) {
      // Nothing is as good as the best point.
      Point x = strategy.suggest(new Knowledge(cube(3), 1, known));
      known.add(finished(x, 2 + bowl(x)));
    }
    double largest = 0;
    for (int i = known.size() - 10; i < known.size(); i += 2) {
      largest = Math.max(largest, distance(known.get(i).point(), best));
    }
    assertThat(largest).isLessThan(0.3);
  }

  private static double distance(Point a, Point b) {
    double largest = 0;
    for (int i = 0; i < a.dimension(); i++) {
      largest = Math.max(largest, Math.abs(a.get(i) - b.get(i)));
    }
    return largest;
  }
}
