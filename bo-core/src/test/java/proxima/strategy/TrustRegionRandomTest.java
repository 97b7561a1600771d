package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Point;

final class TrustRegionRandomTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new TrustRegionRandom(InitialDesign.cube(4), 0.125);
  }

  private static final Strategy BARE = new TrustRegionRandom(InitialDesign.around(Point.centre(40), 0.1, 0), 0.02);

  /// Root mean square of the moved coordinates' steps from x, over many seeds.
  private static double spread(List<Evaluation> known, Point x) {
    double sum = 0;
    int moved = 0;
    for (long seed = 0; seed < 100; seed++) {
      Point y = BARE.suggest(new Knowledge(cube(x.dimension()), seed, known));
      for (int i = 0; i < x.dimension(); i++) {
        if (y.get(i) != x.get(i)) {
          sum += Math.pow(y.get(i) - x.get(i), 2);
          moved++;
        }
      }
    }
    return Math.sqrt(sum / moved);
  }

  @Test
  void stepsByOneOctaveInFortyPercentOfTheCoordinates() {
    Point centre = Point.centre(40);
    int moved = 0;
    for (long seed = 0; seed < 100; seed++) {
      Point y = BARE.suggest(new Knowledge(cube(40), seed, List.of()));
      for (int i = 0; i < 40; i++) {
        moved += y.get(i) == centre.get(i) ? 0 : 1;
      }
    }
    // 4,000 coordinates at (0.4 * 39 + 1) / 40 = 0.415: standard error 0.008.
    assertThat(moved / 4000.0).isBetween(0.38, 0.45);
    // About 1,660 steps: standard error 0.02 * 0.017.
    assertThat(spread(List.of(), centre)).isBetween(0.0186, 0.0214);
  }

  @Test
  void successLengthensTheStepAndFailureShortensIt() {
    Point x = Point.centre(40);
    var warm = new Evaluation(x, Optional.of(Outcome.of(0)), false);
    List<Evaluation> worse = new ArrayList<>(List.of(warm));
    List<Evaluation> lost = new ArrayList<>(List.of(warm));
    for (int i = 0; i < 20; i++) {
      worse.add(i % 2 == 0 ? finished(x, 1) : finished(x, Double.NaN));
      lost.add(new Evaluation(x, Optional.of(new Outcome.Failed("lost")), true));
    }
    List<Evaluation> better = List.of(warm, finished(x, -1), finished(x, -2));
    double start = 0.02;
    assertThat(spread(worse, x)).isBetween(0.93 * start * Math.pow(0.97, 20), 1.07 * start * Math.pow(0.97, 20));
    assertThat(spread(better, x)).isBetween(0.93 * start * 1.44, 1.07 * start * 1.44);
    assertThat(spread(lost, x)).isBetween(0.93 * start, 1.07 * start);
  }

  @Test
  void startsFromTheWarmStart() {
    Point x = Point.of(0.8, 0.8);
    var strategy = new TrustRegionRandom(InitialDesign.cube(0), 1e-4);
    Point y = strategy.suggest(new Knowledge(cube(2), 1, List.of(new Evaluation(x, Optional.of(Outcome.of(3)), false))));
    assertThat(Math.hypot(y.get(0) - 0.8, y.get(1) - 0.8)).isLessThan(0.01);
  }
}
