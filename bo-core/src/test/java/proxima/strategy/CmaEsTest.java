package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CmaEsTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new CmaEs(InitialDesign.cube(4), 0.3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void convergesLinearlyOnAnIllConditionedBowl(long seed) {
    // Axes scaled 1 to 100: the distribution has to learn the covariance to get below 1e-6 in 600 evaluations.
    double best =
        run(cube(4), seed, 600, x -> {
              double sum = 0;
              for (int i = 0; i < 4; i++) {
                sum += Math.pow(10, 2 * i / 3.0) * Math.pow(x.get(i) - 0.4, 2);
              }
              return sum;
            })
            .stream()
            .mapToDouble(e -> e.outcome().orElseThrow() instanceof proxima.space.Outcome.Finished f ? f.loss() : Double.NaN)
            .min()
            .orElseThrow();
    assertThat(best).isLessThan(1e-6);
  }
}
