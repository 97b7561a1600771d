package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.acquisition.LogNormalImprovement;
import proxima.forest.Forest;
import proxima.forest.Growth;
import proxima.gp.Normal;
import proxima.space.Outcome;
import proxima.space.Point;

final class ForestStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new ForestStrategy(InitialDesign.cube(4));
  }

  private static List<Evaluation> rows(int n, long seed) {
    var random = Seeds.random(seed, 1);
    return Stream.generate(() -> Point.of(random.doubles(3).toArray()))
        .limit(n)
        .map(x -> x.get(0) > 0.7 ? new Evaluation(x, Optional.of(new Outcome.Diverged(0)), true) : finished(x, Math.abs(x.get(0) - 0.6)))
        .toList();
  }

  @Test
  void oneSuggestionInFiveIsRandomAndTheOthersLieInTheBasinShortOfTheEdge() {
    int random = 0;
    int inside = 0;
    for (long seed = 0; seed < 100; seed++) {
      var knowledge = new Knowledge(cube(3), seed, rows(60, seed));
      Point x = new ForestStrategy(InitialDesign.cube(0)).suggest(knowledge);
      if (x.equals(new RandomStrategy().suggest(knowledge))) {
        random++;
      } else {
        inside += x.get(0) > 0.5 && x.get(0) < 0.7 ? 1 : 0;
      }
    }
    assertThat(random / 100.0).isCloseTo(0.2, within(0.16)); // 4 standard errors
    assertThat(inside / (100.0 - random)).as("a fifth of the cube").isGreaterThan(0.75);
  }

  /// As in SMAC3's facade for hyperparameters.
  @Test
  void aPointScoresByTheImprovementOfItsLossOnTheLowestMeanAtAnEvaluatedPoint() {
    var observations = Observations.of(new Knowledge(cube(3), 1, rows(40, 7)), new Cells(cube(3)));
    Forest forest = Forest.grow(observations.points(), ForestModel.targets(observations.lossArray()), new Growth(10, 1, 1), Seeds.random(5));
    double lowest = observations.points().stream().mapToDouble(forest::mean).min().orElseThrow();
    assertThat(lowest).as("trees that were not told the best are higher").isGreaterThan(Arrays.stream(ForestModel.targets(observations.lossArray())).min().orElseThrow());
    ForestModel model = ForestModel.of(observations, Seeds.random(5));
    for (Evaluation e : rows(100, 8)) {
      Normal f = forest.at(e.point());
      assertThat(model.score(e.point())).isEqualTo(new LogNormalImprovement(lowest).at(new Normal(f.mean(), Math.max(1e-5, f.sd()))));
    }
  }

  @Test
  void choosesAmongRowsByWhatIsKnown() {
    List<Point> candidates = rows(100, 99).stream().map(Evaluation::point).toList();
    int inside = 0;
    for (long seed = 0; seed < 100; seed++) {
      Point x = new ForestStrategy(InitialDesign.cube(0)).choose(new Knowledge(cube(3), seed, rows(60, seed)), candidates);
      assertThat(candidates).contains(x);
      inside += x.get(0) > 0.5 && x.get(0) < 0.7 ? 1 : 0;
    }
    assertThat(inside).isGreaterThan(70);
  }

  /// One seed in six ends above, up to 0.05.
  @Test
  void findsTheBottomOfABowlWithMostSeeds() {
    double[] lowest = LongStream.rangeClosed(1, 7).mapToDouble(seed -> run(cube(3), seed, 60, StrategyContract::bowl).stream().mapToDouble(e -> bowl(e.point())).min().orElseThrow()).sorted().toArray();
    assertThat(lowest[3]).isLessThan(0.01);
  }

  @Test
  void targetsTellLossesNearTheBestApartWhateverTheirUnit() {
    double[] y = ForestModel.targets(new double[] {1, 1.001, 1.002, 2, 1e6, Double.POSITIVE_INFINITY});
    assertThat(y[5]).isEqualTo(y[4]).isZero();
    assertThat(y).as("in the order of the losses").isSorted();
    assertThat(y[1] - y[0]).isGreaterThan(0.1);
    assertThat(ForestModel.targets(new double[] {-8, -4, 8})).isEqualTo(ForestModel.targets(new double[] {0, 1, 4}));
    assertThat(ForestModel.targets(new double[] {-3, -3, Double.POSITIVE_INFINITY})).containsOnly(0);
    // The fifth percentile of 0 and 100 is 5, so that the scale begins at -5.
    assertThat(ForestModel.targets(new double[] {0, 100})[0]).isCloseTo(Math.log(5.0 / 105), within(1e-12));
  }

  @Test
  void targetsTellLossesNearTheBestApartHoweverHighTheHighestIs() {
    double[] losses = IntStream.rangeClosed(1, 40).mapToDouble(i -> i < 40 ? i : 1e18).toArray();
    double[] y = ForestModel.targets(losses);
    // The fifth percentile of the 40 is 2.95, so that the scale begins at -0.95.
    assertThat(y[1] - y[0]).isCloseTo(Math.log(2.95 / 1.95), within(1e-12));
    assertThat(y[9] - y[1]).isCloseTo(Math.log(10.95 / 2.95), within(1e-12));
  }

  @Test
  void targetsAreFiniteWhereLossesAreHugeOrNearlyEqual() {
    for (double[] losses : List.of(
        new double[] {1e9, 1e9, Math.nextUp(1e9)}, new double[] {-1e300, -1e300, 1}, new double[] {-Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE},
        new double[] {0, 0, Double.MIN_VALUE})) {
      double[] y = ForestModel.targets(losses);
      assertThat(y).as(Arrays.toString(losses)).matches(t -> Arrays.stream(t).allMatch(Double::isFinite));
      assertThat(y[0]).isEqualTo(y[1]).isLessThan(y[2]);
      assertThat(y[2]).isZero();
    }
  }
}
