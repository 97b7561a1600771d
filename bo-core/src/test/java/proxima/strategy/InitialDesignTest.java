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
}
