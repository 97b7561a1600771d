package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.gp.CentralDifference;
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

  @ParameterizedTest(name = "{0}, incumbent {1}")
  @CsvSource({"RBF, -3", "RBF, 0", "MATERN52, -1e4", "MATERN52, 0", "MATERN52, 2"})
  void gradientIsTheSlope(Kernel kernel, double incumbent) {
    int d = 4;
    var random = new Random(7);
    List<Point> x = new ArrayList<>();
    double[] y = new double[8];
    for (int i = 0; i < y.length; i++) {
      x.add(Point.of(random.doubles(d).toArray()));
      y[i] = random.nextGaussian();
    }
    Posterior posterior = GaussianProcess.condition(Prior.of(kernel, d).mode(), x, y);
    var improvement = new LogExpectedImprovement(incumbent);
    for (int trial = 0; trial < 100; trial++) {
      double[] at = random.doubles(d, 0.01, 0.99).toArray();
      double[] slope = new double[d];
      double value = improvement.at(posterior.gradient(Point.of(at)), slope);
      assertThat(value).isEqualTo(improvement.at(posterior.at(Point.of(at))), within(1e-12 * Math.abs(value)));
      double[] difference = CentralDifference.of(moved -> improvement.at(posterior.at(Point.of(moved))), at, 1e-3);
      for (int i = 0; i < d; i++) {
        // Slopes are of the size of the value.
        assertThat(slope[i]).isCloseTo(difference[i], within(1e-6 * Math.max(1, Math.abs(value))));
      }
    }
  }
}
