package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.GaussianProcess;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.space.Point;

final class LogExpectedImprovementTest {

  @ParameterizedTest(name = "mean {0}, sd {1}, incumbent {2}")
  @CsvSource({"0, 1, 0", "0.3, 0.2, 0.1", "2, 1.5, 0.5", "-1, 0.1, 0", "1, 0.4, 0"})
  void agreesWithMonteCarlo(double mean, double sd, double incumbent) {
    var random = new Random(5);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double improvement = Math.max(0, incumbent - mean - sd * random.nextGaussian());
      sum += improvement;
      squares += improvement * improvement;
    }
    double standardError = Math.sqrt((squares / n - sum / n * (sum / n)) / n);
    double value = Math.exp(new LogExpectedImprovement(incumbent).at(new Normal(mean, sd)));
    assertThat(value).isCloseTo(sum / n, within(4 * standardError));
  }

  @ParameterizedTest(name = "incumbent {0}")
  @ValueSource(doubles = {-1e4, -3, 0, 2})
  void gradientIsTheSlope(double incumbent) {
    int d = 4;
    var random = new Random(7);
    List<Point> x = new ArrayList<>();
    double[] y = new double[8];
    for (int i = 0; i < y.length; i++) {
      x.add(Point.of(random.doubles(d).toArray()));
      y[i] = random.nextGaussian();
    }
    Posterior posterior = GaussianProcess.condition(Prior.of(Kernel.MATERN52, d).mode(), x, y);
    var improvement = new LogExpectedImprovement(incumbent);
    double[] at = {0.2, 0.7, 0.4, 0.6};
    double[] slope = new double[d];
    double value = improvement.at(posterior.gradient(Point.of(at)), slope);
    assertThat(value).isEqualTo(improvement.at(posterior.at(Point.of(at))), within(1e-12 * Math.abs(value)));
    for (int i = 0; i < d; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-6;
      below[i] -= 1e-6;
      double central = (improvement.at(posterior.at(Point.of(above))) - improvement.at(posterior.at(Point.of(below)))) / 2e-6;
      // Central differences of a value v are good to about 1e-16 v / 1e-6.
      assertThat(slope[i]).isCloseTo(central, within(1e-5 * Math.abs(central) + 1e-9 * Math.abs(value)));
    }
  }
}
