package proxima.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Joint;
import proxima.gp.Kernel;
import proxima.gp.Posterior;
import proxima.linear.Cholesky;
import proxima.space.Point;

final class LogNoisyExpectedImprovementTest {

  private static final int D = 3;
  private static final List<Point> KNOWN = points(9, 1);
  private static final List<Point> PENDING = points(2, 2);

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void gradientIsTheSlope(Kernel kernel) {
    Acquisition improvement = LogNoisyExpectedImprovement.of(posterior(kernel, 0.1), KNOWN, PENDING, 0.05, random());
    for (Point x : points(100, 3)) {
      double[] slope = new double[D];
      double value = improvement.at(x, slope);
      assertThat(value).isEqualTo(improvement.at(List.of(x))[0], within(1e-9 * Math.abs(value)));
      for (int i = 0; i < D; i++) {
        double central = (improvement.at(List.of(moved(x, i, 1e-5)))[0] - improvement.at(List.of(moved(x, i, -1e-5)))[0]) / 2e-5;
        assertThat(slope[i]).isCloseTo(central, within(1e-6 * (1 + Math.abs(central))));
      }
    }
  }

  /// Without noise the best loss is known: the improvement is the expected improvement on it.
  @Test
  void withoutNoiseIsTheExpectedImprovementOnTheBest() {
    Posterior posterior = posterior(Kernel.MATERN52, 1e-8);
    Acquisition noisy = LogNoisyExpectedImprovement.of(posterior, KNOWN, List.of(), 0, random());
    double best = KNOWN.stream().mapToDouble(x -> posterior.at(x).mean()).min().orElseThrow();
    Acquisition plain = new LogExpectedImprovement(best).of(posterior);
    List<Point> at = points(20, 4);
    double[] expected = plain.at(at);
    double[] values = noisy.at(at);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(0.02 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  /// max(0, min over known and pending points - f(x)), all drawn together.
  @Test
  void agreesWithDrawsOfAllLossesTogether() {
    Posterior posterior = posterior(Kernel.RBF, 0.2);
    Acquisition noisy = LogNoisyExpectedImprovement.of(posterior, KNOWN, PENDING, 0, 16384, random());
    for (Point x : points(5, 6)) {
      List<Point> all = Stream.of(KNOWN, PENDING, List.of(x)).flatMap(List::stream).toList();
      Joint joint = posterior.joint(all);
      int n = all.size();
      double[] covariance = joint.covariance().toArray();
      for (int i = 0; i < n; i++) {
        covariance[i * n + i] += 1e-9;
      }
      double[] lower = Cholesky.take(n, covariance).orElseThrow().factor().toArray();
      var random = new Random(8);
      int draws = 100_000;
      double sum = 0;
      double squares = 0;
      for (int s = 0; s < draws; s++) {
        double[] z = random.doubles(n).map(_ -> random.nextGaussian()).toArray();
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
          double f = joint.mean().get(i);
          for (int j = 0; j <= i; j++) {
            f += lower[i * n + j] * z[j];
          }
          if (i < n - 1) {
            lowest = Math.min(lowest, f);
          } else {
            double improvement = Math.max(0, lowest - f);
            sum += improvement;
            squares += improvement * improvement;
          }
        }
      }
      assertThat(Math.exp(noisy.at(List.of(x))[0])).isCloseTo(sum / draws, within(0.05 * sum / draws + 4 * Math.sqrt(squares) / draws));
    }
  }

  /// Two workers must not try the same point.
  @Test
  void aPendingPointPromisesLittleMore() {
    Posterior posterior = posterior(Kernel.MATERN52, 0.01);
    Point promising = Point.of(0.3, 0.3, 0.3);
    double before = LogNoisyExpectedImprovement.of(posterior, KNOWN, List.of(), 0, random()).at(List.of(promising))[0];
    double after = LogNoisyExpectedImprovement.of(posterior, KNOWN, List.of(promising), 0, random()).at(List.of(promising))[0];
    assertThat(after).isLessThan(before - 3);
  }

  private static Posterior posterior(Kernel kernel, double noise) {
    double[] y = KNOWN.stream().mapToDouble(x -> 4 * Math.pow(x.get(0) - 0.4, 2) + Math.sin(5 * x.get(1)) - x.get(2)).toArray();
    return GaussianProcess.condition(new Covariance(kernel, List.of(0.4, 0.6, 0.9), 1.3, noise), KNOWN, y);
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(5);
  }

  private static List<Point> points(int n, long seed) {
    var random = new Random(seed);
    return Stream.generate(() -> Point.of(random.doubles(D).map(u -> 0.01 + 0.98 * u).toArray())).limit(n).toList();
  }

  private static Point moved(Point point, int i, double by) {
    double[] x = point.toArray();
    x[i] += by;
    return Point.of(x);
  }
}
