package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.linear.Cholesky;
import proxima.linear.Matrix;
import proxima.space.Point;

final class GaussianProcessTest {

  /// @param every so manieth target has a noise that is not known
  @ParameterizedTest(name = "{0}, {1} points, narrow {2}, noise fitted of every {3}")
  @CsvSource({
    "RBF, 40, false, 1", "RBF, 40, true, 1", "RBF, 0, true, 1", "RBF, 40, true, 3",
    "MATERN52, 40, true, 1", "MATERN52, 0, false, 1", "MATERN52, 40, false, 2", "MATERN52, 40, false, 99"
  })
  void gradientOfTheLogPosteriorIsACentralDifference(Kernel kernel, int n, boolean narrow, int every) {
    int d = 5;
    List<Point> x = Samples.points(n, d, 1);
    Prior prior = narrow ? Prior.narrow(kernel, d) : Prior.of(kernel, d);
    double[] variances = IntStream.range(0, n).mapToDouble(i -> (i + 1) % every == 0 ? Double.NaN : 0.002 * (1 + i % 7)).toArray();
    Evidence evidence = Evidence.of(prior, x, Targets.of(Samples.targets(x), variances));
    Random random = new Random(2);
    double[] gradient = new double[prior.parameters()];
    for (int trial = 0; trial < 100; trial++) {
      double[] theta = prior.encode(prior.draw(random));
      for (int j = 0; j < theta.length; j++) {
        theta[j] = Math.clamp(theta[j], -3.0, 2.0);
      }
      evidence.at(theta, gradient);
      double[] difference = CentralDifference.of(at -> evidence.at(at, new double[at.length]), theta, 1e-3);
      for (int j = 0; j < theta.length; j++) {
        assertThat(gradient[j]).isCloseTo(difference[j], within(1e-6 * Math.max(1, Math.abs(difference[j]))));
      }
    }
  }

  /// N(y | c 1, K) term by term, with c that of the posterior.
  @ParameterizedTest(name = "{0}, noise fitted of all but {1}")
  @CsvSource({"RBF, 0", "RBF, 5", "MATERN52, 0", "MATERN52, 5", "MATERN52, 25"})
  void evidenceIsTheTextbooksLikelihood(Kernel kernel, int known) {
    int n = 25;
    List<Point> x = Samples.points(n, 4, 3);
    double[] y = Samples.targets(x);
    double[] variances = IntStream.range(0, n).mapToDouble(i -> i < known ? 0.3 * i / n : Double.NaN).toArray();
    Targets targets = Targets.of(y, variances);
    Covariance covariance = new Covariance(kernel, Samples.covariance(kernel, 4).lengthscales(), 1, 0.02);
    double[] k = PosteriorTest.matrix(covariance, x, x, 0).toArray();
    for (int i = 0; i < n; i++) {
      k[i * (n + 1)] += targets.noise(i, 0.02);
    }
    Cholesky factor = Cholesky.of(Matrix.of(n, n, k)).orElseThrow();
    double c = GaussianProcess.condition(covariance, x, targets).constant();
    double[] solved = Arrays.stream(y).map(v -> v - c).toArray();
    factor.solveLowerInPlace(solved, 1);
    double fit = Arrays.stream(solved).map(v -> v * v).sum();
    double textbook = -0.5 * (fit + factor.logDeterminant() + n * Math.log(2 * Math.PI));
    assertThat(Samples.logLikelihood(Prior.of(kernel, 4), covariance, x, targets)).isCloseTo(textbook, within(1e-9));
  }

  @Test
  void knownNoiseThatIsTheFittedOneGivesTheSamePosterior() {
    List<Point> x = Samples.points(25, 4, 3);
    double[] y = Samples.targets(x);
    double[] variances = new double[25];
    Arrays.fill(variances, 0.02);
    Covariance covariance = Samples.covariance(Kernel.MATERN52, 4);
    assertThat(GaussianProcess.condition(covariance, x, Targets.of(y, variances)).at(x)).isEqualTo(GaussianProcess.condition(covariance, x, y).at(x));
  }

  /// Where the noise of all is known nothing tells of u, and other length scales are fitted than where all scatter is u.
  @Test
  void knownNoiseTellsScatterFromASlope() {
    int n = 40;
    List<Point> x = Samples.points(n, 1, 8);
    var random = new Random(9);
    double[] y = x.stream().mapToDouble(p -> Math.sin(25 * p.get(0)) + 0.02 * random.nextGaussian()).toArray();
    double[] exact = new double[n];
    double[] coarse = new double[n];
    Arrays.fill(coarse, 4);
    Prior prior = Prior.of(Kernel.RBF, 1);
    Posterior believed = GaussianProcess.fit(prior, x, Targets.of(y, exact), Optional.empty(), 1, Threads.ONE);
    Posterior doubted = GaussianProcess.fit(prior, x, Targets.of(y, coarse), Optional.empty(), 1, Threads.ONE);
    assertThat(believed.at(Point.of(0.5)).mean()).isCloseTo(Math.sin(12.5), within(0.05));
    assertThat(doubted.lengthscales().getFirst()).isGreaterThan(2 * believed.lengthscales().getFirst());
    assertThat(doubted.covariance().noise()).isCloseTo(prior.mode().noise(), within(1e-4));
  }

  @Test
  void lengthscalesTellWhatMatters() {
    int d = 6;
    List<Point> x = Samples.points(60, d, 4);
    double[] y = x.stream().mapToDouble(p -> 2 * Math.sin(5 * p.get(2)) + 0.01 * p.get(0)).toArray();
    Posterior posterior = GaussianProcess.fit(Prior.of(Kernel.RBF, d), x, y, Optional.empty(), 1);
    for (int j = 0; j < d; j++) {
      if (j != 2) {
        assertThat(posterior.lengthscales().get(j)).isGreaterThan(3 * posterior.lengthscales().get(2));
      }
    }
    Point point = Point.centre(d);
    assertThat(posterior.at(point).mean()).isCloseTo(2 * Math.sin(2.5), within(0.05));
  }

  @Test
  void fitsAreRepeatable() {
    List<Point> x = Samples.points(20, 3, 5);
    double[] y = Samples.targets(x);
    Prior prior = Prior.of(Kernel.MATERN52, 3);
    Posterior first = GaussianProcess.fit(prior, x, y, Optional.empty(), 9);
    assertThat(GaussianProcess.fit(prior, x, y, Optional.empty(), 9).covariance()).isEqualTo(first.covariance());
    // A warm start from the result finds nothing worse.
    Posterior warm = GaussianProcess.fit(prior, x, y, Optional.of(first.covariance()), 10);
    double[] ignored = new double[prior.parameters()];
    Evidence evidence = Evidence.of(prior, x, y);
    assertThat(evidence.at(prior.encode(warm.covariance()), ignored))
        .isLessThanOrEqualTo(evidence.at(prior.encode(first.covariance()), ignored) + 1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void manyPointsAreFittedAsWellByWayOfFewer(Kernel kernel) {
    int d = 8;
    List<Point> x = Samples.points(300, d, 11);
    double[] y = Samples.targets(x);
    Prior prior = Prior.of(kernel, d);
    Evidence evidence = Evidence.of(prior, x, y);
    Covariance fitted = GaussianProcess.fit(prior, x, y, Optional.empty(), 1).covariance();
    double direct = new BoxMinimizer(1e-4, 1e-10, 1000).minimize(evidence, prior.encode(prior.mode()), prior.lower(), prior.upper()).value();
    // 0.05 nats: 1e-5 of the value for each of the last few steps.
    assertThat(evidence.at(prior.encode(fitted), new double[prior.parameters()])).isLessThan(direct + 0.05);
  }

  @ParameterizedTest(name = "{0} points")
  @ValueSource(ints = {20, 300})
  void fitsDoNotDependOnTheNumberOfThreads(int n) {
    List<Point> x = Samples.points(n, 5, 12);
    double[] y = Samples.targets(x);
    Prior prior = Prior.narrow(Kernel.RBF, 5);
    Covariance one = GaussianProcess.fit(prior, x, y, Optional.empty(), 3, Threads.ONE).covariance();
    assertThat(GaussianProcess.fit(prior, x, y, Optional.empty(), 3, new Threads(4)).covariance()).isEqualTo(one);
  }

  @Test
  void noDataFitThePriorsMode() {
    Prior prior = Prior.of(Kernel.RBF, 20);
    Covariance fitted = GaussianProcess.fit(prior, List.of(), new double[0], Optional.empty(), 1).covariance();
    for (double l : fitted.lengthscales()) {
      assertThat(l).isCloseTo(0.2048 * Math.sqrt(20), within(0.01)); // BoTorch's initial value
    }
    assertThat(fitted.noise()).isCloseTo(Math.exp(-5), within(1e-4));
    assertThat(prior.mode().lengthscales().get(0)).isCloseTo(0.2048 * Math.sqrt(20), within(1e-4));
  }

  @Test
  void constantOrRepeatedDataGiveFinitePredictions() {
    List<Point> x = Samples.points(10, 2, 6);
    Posterior constant = GaussianProcess.fit(Prior.of(Kernel.MATERN52, 2), x, new double[10], Optional.empty(), 1);
    assertThat(constant.at(Point.centre(2)).mean()).isZero();
    Posterior repeated =
        GaussianProcess.fit(Prior.of(Kernel.RBF, 2), Collections.nCopies(10, x.get(0)), Samples.targets(x), Optional.empty(), 1);
    assertThat(repeated.at(Point.centre(2)).sd()).isPositive();
    Posterior single = GaussianProcess.fit(Prior.of(Kernel.RBF, 2), x.subList(0, 1), new double[] {2}, Optional.empty(), 1);
    assertThat(single.at(Point.centre(2)).mean()).isEqualTo(2);
  }

  @Test
  void targetsMustBeFinite() {
    Prior prior = Prior.of(Kernel.RBF, 2);
    List<Point> x = Samples.points(1, 2, 7);
    assertThatThrownBy(() -> GaussianProcess.fit(prior, x, new double[] {Double.NaN}, Optional.empty(), 1)).hasMessageContaining("target 0 is NaN");
    assertThatThrownBy(() -> GaussianProcess.fit(prior, x, new double[2], Optional.empty(), 1)).hasMessageContaining("1 points and 2 targets");
    assertThatThrownBy(() -> Targets.of(new double[1], new double[] {-1})).hasMessageContaining("0 or more, or NaN where it is not known, got -1.0");
    assertThatThrownBy(() -> Targets.of(new double[2], new double[1])).hasMessageContaining("got 2 targets and 1 variances");
    assertThatThrownBy(() -> GaussianProcess.fit(Prior.of(Kernel.RBF, 3), x, new double[1], Optional.empty(), 1)).hasMessageContaining("dimension 3");
  }
}
