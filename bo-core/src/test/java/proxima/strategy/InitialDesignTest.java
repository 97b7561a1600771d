package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Point;

final class InitialDesignTest {

  @Test
  void aDesignHasTwoPointsForEachDimensionWithinAFifthOfTheBudget() {
    assertThat(InitialDesign.of(StrategyContract.cube(4), 100)).isEqualTo(InitialDesign.cube(8));
    assertThat(InitialDesign.of(StrategyContract.cube(40), 100)).isEqualTo(InitialDesign.cube(20));
    assertThat(InitialDesign.of(StrategyContract.cube(1), 100)).isEqualTo(InitialDesign.cube(5));
    assertThat(InitialDesign.of(StrategyContract.cube(4), 3)).isEqualTo(InitialDesign.cube(3));
  }

  @Test
  void strategiesWithTheSameDesignStartAlikeWhateverTheySaw() {
    var design = InitialDesign.around(Point.of(0.5, 0.95), 0.125, 12);
    Strategy one = new TrustRegionRandom(design, 0.125);
    Strategy two = new CmaEs(design, 0.1);
    List<Evaluation> known = new ArrayList<>();
    List<Evaluation> other = new ArrayList<>(List.of(new Evaluation(Point.centre(2), Optional.of(Outcome.of(2)), false)));
    for (int i = 0; i < 12; i++) {
      Point x = one.suggest(new Knowledge(StrategyContract.cube(2), 4, known));
      assertThat(two.suggest(new Knowledge(StrategyContract.cube(2), 4, other))).isEqualTo(x);
      assertThat(x.get(0)).isBetween(0.375, 0.625);
      assertThat(x.get(1)).isBetween(0.825, 1.0);
      known.add(new Evaluation(x, Optional.empty(), true));
      other.add(StrategyContract.finished(x, i));
    }
  }

  @Test
  void warmStartsStandForPointsOverTheCubeAndForNoneAroundACentre() {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      known.add(new Evaluation(Point.of(0.1 * i, 0.5), Optional.of(Outcome.of(i)), false));
      var knowledge = new Knowledge(StrategyContract.cube(2), 4, known);
      assertThat(InitialDesign.cube(8).next(knowledge).isPresent()).as("%d of 8", i + 1).isEqualTo(i < 7);
      assertThat(InitialDesign.around(Point.centre(2), 0.1, 1).next(knowledge)).isPresent();
    }
  }

  @Test
  void whatFollowsWarmStartsIsNoMoreOfTheDesign() {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      known.add(new Evaluation(Point.of(0.1 + 0.1 * i, 0.5), Optional.of(Outcome.of(8 - i)), false));
    }
    Strategy region = new TrustRegionRandom(InitialDesign.cube(8), 0.001);
    Strategy generations = new CmaEs(InitialDesign.cube(8), 0.001);
    for (int i = 0; i < 20; i++) {
      for (Strategy strategy : List.of(region, generations)) {
        Point x = strategy.suggest(new Knowledge(StrategyContract.cube(2), 4, known));
        assertThat(x.get(0)).as("%s, near the best of what was told", strategy).isBetween(0.79, 0.81);
      }
      known.add(StrategyContract.finished(Point.of(0.8 + 1e-4 * i, 0.5), 9));
    }
  }
}
