package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;

final class CmaEsTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new CmaEs(InitialDesign.cube(4), 0.3);
  }

  /// An ellipsoid with axes 1 to 100 around 0.4.
  private static double ellipsoid(double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.pow(10, 4.0 * i / (x.length - 1)) * Math.pow(x[i] - 0.4, 2);
    }
    return sum;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void distributionLearnsAnIllConditionedCovariance(long seed) {
    var distribution = new Distribution(new double[] {0.1, 0.9, 0.5, 0.2}, 0.3, new double[] {1, 1, 1, 1});
    var random = Seeds.random(seed);
    double best = Double.POSITIVE_INFINITY;
    for (int generation = 0; generation < 250; generation++) {
      List<double[]> points = new ArrayList<>();
      for (int k = 0; k < distribution.lambda(); k++) {
        points.add(distribution.sample(random));
      }
      points.sort(Comparator.comparingDouble(CmaEsTest::ellipsoid));
      best = Math.min(best, ellipsoid(points.getFirst()));
      distribution.update(points);
    }
    // 2,000 evaluations; without the covariance, steps adapted to the longest axis are 100 times too long for the shortest.
    assertThat(best).isLessThan(1e-10);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void replayDescendsABowl(long seed) {
    double best =
        run(cube(4), seed, 150, StrategyContract::bowl).stream()
            .mapToDouble(e -> e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.NaN)
            .min()
            .orElseThrow();
    assertThat(best).isLessThan(1e-2);
  }
}
