package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.CentralDifference;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;

final class ModelTest {

  /// Told, diverged and pending trials, so that all parts of the score change with the point.
  @ParameterizedTest(name = "margin {0}")
  @ValueSource(doubles = {0, 2})
  void slopeOfTheScoreIsACentralDifference(double margin) {
    SearchSpace space = StrategyContract.cube(4);
    var random = new Random(1);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Point x = Point.of(random.doubles(4).toArray());
      Outcome outcome = x.get(0) > 0.7 ? new Outcome.Diverged(1) : Outcome.of(StrategyContract.bowl(x));
      known.add(new Evaluation(x, i % 10 == 9 ? Optional.empty() : Optional.of(outcome), true));
    }
    Observations observations = Observations.of(new Knowledge(space, 1, known), new Cells(space));
    Model model = new Models(GpOptions.general(), Threads.ONE, Optional.empty()).of(observations, 1, margin, List.of()).orElseThrow();
    for (int trial = 0; trial < 100; trial++) {
      double[] x = random.doubles(4, 0.01, 0.99).toArray();
      double[] slope = new double[4];
      double score = model.score(Point.of(x), slope);
      double[] difference = CentralDifference.of(at -> model.scores(List.of(Point.of(at)))[0], x, 3e-4);
      for (int j = 0; j < 4; j++) {
        assertThat(slope[j]).isCloseTo(difference[j], within(1e-6 * Math.max(1, Math.abs(score))));
      }
    }
  }
}
