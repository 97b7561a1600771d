package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Point;

final class PortfolioTest {

  @Test
  void asksItsPointsInTurnAndIgnoresWarmStarts() {
    List<Point> points = List.of(Point.of(0.1), Point.of(0.2), Point.of(0.3));
    var portfolio = new Portfolio(points);
    List<Evaluation> known = new ArrayList<>(List.of(new Evaluation(Point.of(0.9), Optional.of(Outcome.of(1)), false)));
    for (int i = 0; i < 7; i++) {
      Point x = portfolio.suggest(new Knowledge(StrategyContract.cube(1), 0, known));
      assertThat(x).isEqualTo(points.get(i % 3));
      known.add(new Evaluation(x, Optional.empty(), true));
    }
  }
}
