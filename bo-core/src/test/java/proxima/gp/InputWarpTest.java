package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Point;

final class InputWarpTest {

  /// Exponents as far from 1 as a prior allows, and between.
  private static Stream<InputWarp> warps() {
    DoubleStream.Builder random = DoubleStream.builder();
    new Random(1).doubles(40, -Math.log(8), Math.log(8)).map(Math::exp).forEach(random::add);
    double[] between = random.build().toArray();
    Stream<InputWarp> extremes = Stream.of(0.125, 1.0, 8.0).flatMap(a -> Stream.of(0.125, 1.0, 8.0).map(b -> warp(a, b)));
    return Stream.concat(extremes, IntStream.range(0, 20).mapToObj(i -> warp(between[2 * i], between[2 * i + 1])));
  }

  private static InputWarp warp(double a, double b) {
    return new InputWarp(List.of(a), List.of(b));
  }

  private static double at(InputWarp warp, double x) {
    return at(warp, Point.of(x)).get(0);
  }

  /// Where a point is taken.
  private static Point at(InputWarp warp, Point x) {
    double[] centred = warp.of(Inputs.of(List.of(x), x.dimension())).x;
    return Point.clip(IntStream.range(0, x.dimension()).mapToDouble(j -> centred[j] + 0.5).toArray());
  }

  @Test
  void increasesFromZeroToOne() {
    warps().forEach(warp -> {
      assertThat(at(warp, 0)).isZero();
      assertThat(at(warp, 1)).isEqualTo(1);
      for (int i = 0; i < 1000; i++) {
        // 1e-15: v^8 and (1 - v)^8 are below rounding at the faces.
        assertThat(at(warp, (i + 1) / 1000.0)).as("%s at %d", warp, i).isGreaterThanOrEqualTo(at(warp, i / 1000.0) - 1e-15);
      }
      assertThat(at(warp, 0.6)).isGreaterThan(at(warp, 0.5));
    });
  }

  @Test
  void exponentsOfOneLeavePointsAsTheyAre() {
    for (Point x : Samples.points(20, 3, 1)) {
      assertThat(at(InputWarp.IDENTITY, x)).isEqualTo(x);
      var ones = new InputWarp(List.of(1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0));
      assertThat(at(ones, x).toArray()).usingComparatorWithPrecision(1e-14).containsExactly(x.toArray());
      assertThat(ones.slope(1, x.get(1))).isCloseTo(1, within(1e-12));
      assertThat(InputWarp.IDENTITY.slope(1, x.get(1))).isEqualTo(1);
    }
  }

  @Test
  void isKumaraswamysDistributionFunction() {
    for (double x = 0; x <= 1; x += 0.1) {
      // 1e-5: what the margin of 1e-6 makes of slopes up to 4.
      assertThat(at(warp(2, 3), x)).isCloseTo(1 - Math.pow(1 - x * x, 3), within(1e-5));
    }
  }

  @Test
  void slopeIsACentralDifference() {
    warps().forEach(warp -> {
      for (double x = 0.05; x < 1; x += 0.05) {
        double difference = CentralDifference.of(p -> at(warp, p[0]), new double[] {x}, 1e-4)[0];
        assertThat(warp.slope(0, x)).as("%s at %s", warp, x).isCloseTo(difference, within(1e-6 * Math.max(1, difference)));
      }
      for (double face : new double[] {0, 1}) {
        double step = face == 0 ? 1e-9 : -1e-9;
        double difference = (at(warp, face + step) - at(warp, face)) / step;
        // 1e-9 is a thousandth of the margin, over which a slope changes by a factor.
        assertThat(warp.slope(0, face)).as("%s at %s", warp, face).isCloseTo(difference, within(1e-2 * Math.max(1, difference))).isLessThan(1e6);
      }
    });
  }

  private static final InputWarp BENT = new InputWarp(List.of(0.4, 1.0, 3.0, 0.8), List.of(1.0, 0.5, 2.0, 1.3));

  private static Covariance bent(Kernel kernel) {
    Covariance plain = Samples.covariance(kernel, 4);
    return new Covariance(kernel, plain.lengthscales(), plain.outputScale(), plain.noise(), BENT);
  }

  @ParameterizedTest
  @EnumSource
  void aWarpedProcessIsAProcessOfWarpedPoints(Kernel kernel) {
    List<Point> x = Samples.points(30, 4, 1);
    List<Point> asked = Samples.points(10, 4, 2);
    double[] y = Samples.targets(x);
    Posterior warped = GaussianProcess.condition(bent(kernel), x, y);
    Posterior plain = GaussianProcess.condition(Samples.covariance(kernel, 4), x.stream().map(p -> at(BENT, p)).toList(), y);
    for (int i = 0; i < asked.size(); i++) {
      assertClose(warped.at(asked).get(i), plain.at(at(BENT, asked.get(i))));
      assertClose(warped.leaveOneOut().get(i), plain.leaveOneOut().get(i));
    }
    Prior prior = Prior.of(kernel, 4);
    double likelihood = Samples.logLikelihood(prior, Samples.covariance(kernel, 4), x.stream().map(p -> at(BENT, p)).toList(), Targets.of(y));
    assertThat(Samples.logLikelihood(prior.withInputWarp(), bent(kernel), x, Targets.of(y))).isCloseTo(likelihood, within(1e-8));
    assertThat(prior.withInputWarp().decode(prior.withInputWarp().encode(bent(kernel))).warp().a()).usingComparatorForType(
        (p, q) -> Math.abs(p - q) < 1e-12 ? 0 : 1, Double.class).isEqualTo(BENT.a());
  }

  private static void assertClose(Normal actual, Normal expected) {
    assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-8));
    assertThat(actual.sd()).isCloseTo(expected.sd(), within(1e-8));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void gradientOfTheEvidenceIsACentralDifference(Kernel kernel) {
    int d = 4;
    List<Point> x = Samples.points(30, d, 1);
    for (Prior plain : List.of(Prior.narrow(kernel, d), Prior.of(kernel, d))) {
      Prior prior = plain.withInputWarp();
      Evidence evidence = Evidence.of(prior, x, Samples.targets(x));
      Random random = new Random(2);
      double[] gradient = new double[prior.parameters()];
      for (int trial = 0; trial < 100; trial++) {
        double[] theta = prior.encode(prior.draw(random));
        for (int j = 0; j < prior.firstExponent(); j++) {
          theta[j] = Math.clamp(theta[j], -3.0, 2.0);
        }
        evidence.at(theta, gradient);
        double[] difference = CentralDifference.of(at -> evidence.at(at, new double[at.length]), theta, 1e-3);
        for (int j = 0; j < theta.length; j++) {
          assertThat(gradient[j]).as("parameter %d, trial %d", j, trial).isCloseTo(difference[j], within(1e-6 * Math.max(1, Math.abs(difference[j]))));
        }
      }
    }
  }

  @Test
  void gradientsOfPredictionsAreCentralDifferences() {
    Posterior posterior = GaussianProcess.condition(bent(Kernel.RBF), Samples.points(30, 4, 1), Samples.targets(Samples.points(30, 4, 1)));
    for (Point p : Samples.inner(20, 4, 3)) {
      Gradient gradient = posterior.gradient(p);
      assertThat(gradient.mean()).usingComparatorWithPrecision(1e-6).containsExactly(CentralDifference.of(at -> posterior.at(Point.of(at)).mean(), p.toArray(), 3e-4));
      assertThat(gradient.sd()).usingComparatorWithPrecision(1e-6).containsExactly(CentralDifference.of(at -> posterior.at(Point.of(at)).sd(), p.toArray(), 3e-4));
    }
  }

  @ParameterizedTest(name = "a = {0}")
  @ValueSource(doubles = {0.3, 3})
  void theWarpThatMadeTheDataIsFound(double a) {
    InputWarp made = new InputWarp(List.of(a, 1.0), List.of(1.0, 1.0));
    List<Point> x = Samples.points(80, 2, 5);
    double[] y = x.stream().mapToDouble(p -> Math.sin(6 * Math.PI * at(made, p).get(0)) + p.get(1)).toArray();
    Prior prior = Prior.of(Kernel.MATERN52, 2);
    Posterior plain = GaussianProcess.fit(prior, x, y, Optional.empty(), 1);
    Posterior warped = GaussianProcess.fit(prior.withInputWarp(), x, y, Optional.empty(), 1);
    // Half a nat a target: ten times what chance gains on a function that needs no warp.
    assertThat(density(warped, y)).isGreaterThan(density(plain, y) + 0.5);
    for (double u = 0.1; u < 1; u += 0.1) {
      Point p = Point.of(u, 0.5);
      assertThat(at(warped.covariance().warp(), p).get(0)).isCloseTo(at(made, p).get(0), within(0.1));
    }
    assertThat(error(warped, made)).isLessThan(error(plain, made));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aFunctionThatVariesEvenlyIsPredictedAsWell(long seed) {
    List<Point> x = Samples.points(60, 2, seed);
    double[] y = x.stream().mapToDouble(p -> Math.sin(6 * Math.PI * p.get(0)) + p.get(1)).toArray();
    Prior prior = Prior.of(Kernel.MATERN52, 2);
    Posterior plain = GaussianProcess.fit(prior, x, y, Optional.empty(), 1);
    Posterior warped = GaussianProcess.fit(prior.withInputWarp(), x, y, Optional.empty(), 1);
    assertThat(error(warped, InputWarp.IDENTITY)).isLessThan(1.2 * error(plain, InputWarp.IDENTITY));
  }

  /// Root mean square of what means of unseen points are off by.
  private static double error(Posterior posterior, InputWarp made) {
    return Math.sqrt(
        Samples.points(500, 2, 99).stream().mapToDouble(p -> Math.pow(posterior.at(p).mean() - Math.sin(6 * Math.PI * at(made, p).get(0)) - p.get(1), 2)).average().orElseThrow());
  }

  /// Of targets, each predicted from the others, in nats each.
  private static double density(Posterior posterior, double[] y) {
    List<Normal> predicted = posterior.leaveOneOut();
    return IntStream.range(0, y.length).mapToDouble(i -> predicted.get(i).logDensity(y[i])).average().orElseThrow();
  }

  @Test
  void aCoordinateOfTwoValuesIsLeftAsItIs() {
    List<Point> x = Samples.points(40, 2, 6).stream().map(p -> Point.of(p.get(0), Math.rint(p.get(1)))).toList();
    double[] y = x.stream().mapToDouble(p -> Math.sin(6 * Math.pow(p.get(0), 3)) + p.get(1)).toArray();
    InputWarp fitted = GaussianProcess.fit(Prior.of(Kernel.MATERN52, 2).withInputWarp(), x, y, Optional.empty(), 1).covariance().warp();
    assertThat(fitted.a().get(0)).isGreaterThan(1.5);
    assertThat(fitted.a().get(1)).isCloseTo(1, within(1e-12));
    assertThat(fitted.b().get(1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void fitsDoNotDependOnTheNumberOfThreads() {
    List<Point> x = Samples.points(150, 3, 7);
    double[] y = Samples.targets(x);
    Prior prior = Prior.narrow(Kernel.RBF, 3).withInputWarp();
    Covariance one = GaussianProcess.fit(prior, x, y, Optional.empty(), 3, Threads.ONE).covariance();
    assertThat(GaussianProcess.fit(prior, x, y, Optional.empty(), 3, new Threads(4)).covariance()).isEqualTo(one);
  }

  @Test
  void exponentsArePositiveAndAsManyAsCoordinates() {
    assertThatThrownBy(() -> warp(0, 1)).hasMessageContaining("coordinate 0 has 0.0");
    assertThatThrownBy(() -> warp(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new InputWarp(List.of(1.0), List.of())).hasMessageContaining("two exponents");
    List<Double> lengthscales = Collections.nCopies(2, 0.5);
    assertThatThrownBy(() -> new Covariance(Kernel.RBF, lengthscales, 1, 0.1, warp(1, 1))).hasMessageContaining("2 coordinates");
  }
}
