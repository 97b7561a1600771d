package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.CentralDifference;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;

final class ModelTest {

  @ParameterizedTest(name = "margin {0}")
  @ValueSource(doubles = {0, 2})
  void slopeOfTheScoreIsACentralDifference(double margin) {
    Observations observations = observations(40, x -> x.get(0) > 0.7 ? Double.NaN : StrategyContract.bowl(x));
    assertSlopesOfScores(new Models(GpOptions.general(), Threads.ONE, Optional.empty()).of(observations, 1, margin, List.of()).orElseThrow(), 3e-4, 0);
  }

  @ParameterizedTest(name = "margin {0}")
  @ValueSource(doubles = {0, 2})
  void slopeOfTheScoreIsACentralDifferenceWhereInputsAreWarped(double margin) {
    // Noise: without it scores are of 1e5, and their slopes of few digits.
    var noise = new Random(3);
    Observations observations = observations(100, x -> noise.nextDouble() < 0.1 ? Double.NaN : Math.sin(8 * Math.pow(x.get(0), 3)) + 0.3 * noise.nextGaussian());
    Model plain = new Models(GpOptions.general(), Threads.ONE, Optional.empty()).of(observations, 1, margin, List.of()).orElseThrow();
    Model warped = new Models(GpOptions.general().withInputWarping(), Threads.ONE, Optional.empty()).of(observations, 1, margin, List.of()).orElseThrow();
    assertThat(warped.scores(List.of(Point.centre(4)))).isNotEqualTo(plain.scores(List.of(Point.centre(4))));
    // Near a face the warp is steep, and differences of a longer step are of its third derivative.
    assertSlopesOfScores(warped, 3e-5, 1);
  }

  /// Told, diverged and pending trials, so that all parts of the score change with the point.
  private static Observations observations(int n, ToDoubleFunction<Point> loss) {
    SearchSpace space = StrategyContract.cube(4);
    var random = new Random(1);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = Point.of(random.doubles(4).toArray());
      known.add(new Evaluation(x, i % 10 == 9 ? Optional.empty() : Optional.of(Outcome.of(loss.applyAsDouble(x))), true));
    }
    return Observations.of(new Knowledge(space, 1, known), new Cells(space));
  }

  /// @param share of a slope that its error is measured by, where that is more than the score
  private static void assertSlopesOfScores(Model model, double step, double share) {
    var random = new Random(2);
    for (int trial = 0; trial < 100; trial++) {
      double[] x = random.doubles(4, 0.01, 0.99).toArray();
      double[] slope = new double[4];
      double score = model.score(Point.of(x), slope);
      double[] difference = CentralDifference.of(at -> model.scores(List.of(Point.of(at)))[0], x, step);
      for (int j = 0; j < 4; j++) {
        assertThat(slope[j]).isCloseTo(difference[j], within(1e-6 * Math.max(Math.max(1, Math.abs(score)), share * Math.abs(difference[j]))));
      }
    }
  }
}
