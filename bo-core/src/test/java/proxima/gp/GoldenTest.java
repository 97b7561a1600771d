package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proxima.space.Point;

final class GoldenTest {

  @Test
  void regressionsAgreeWithNumpy() {
    for (JsonNode golden : Golden.read("regression")) {
      List<Point> x = Golden.points(golden.get("x"));
      double[] y = Golden.numbers(golden.get("y"));
      Kernel kernel = Kernel.valueOf(golden.get("kernel").asText());
      Covariance covariance =
          new Covariance(kernel, Golden.list(golden.get("lengthscales")), golden.get("scale").asDouble(), golden.get("noise").asDouble());
      Posterior posterior = GaussianProcess.condition(covariance, x, y);
      List<Normal> at = posterior.at(Golden.points(golden.get("at")));
      assertClose(at.stream().mapToDouble(Normal::mean).toArray(), golden.get("mean"));
      assertClose(at.stream().mapToDouble(Normal::sd).toArray(), golden.get("sd"));
      assertClose(posterior.leaveOneOut().stream().mapToDouble(Normal::mean).toArray(), golden.get("leaveOneOutMean"));
      assertClose(posterior.leaveOneOut().stream().mapToDouble(Normal::sd).toArray(), golden.get("leaveOneOutSd"));

      Prior prior = Prior.of(kernel, covariance.dimension());
      Evidence evidence = Evidence.of(prior, x, y);
      double[] gradient = new double[prior.parameters()];
      assertThat(evidence.at(prior.encode(covariance), gradient)).isCloseTo(golden.get("minusLogPosterior").asDouble(), within(1e-8));
      Covariance fitted = GaussianProcess.fit(prior, x, y, Optional.empty(), 1).covariance();
      // scipy's best of 8 starts. 0.01 nats: the fit's tolerance.
      assertThat(evidence.at(prior.encode(fitted), gradient)).isLessThan(golden.get("fitted").asDouble() + 0.01);
    }
  }

  static Stream<Arguments> posteriors() {
    return StreamSupport.stream(Golden.file("posterior.json").spliterator(), false)
        .map(golden -> Arguments.of(golden.get("kernel").asText() + ", " + golden.get("label").asText(), golden));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("posteriors")
  void meansAndVariancesAreThoseOfFiftyDigits(String label, JsonNode golden) {
    Covariance covariance =
        new Covariance(
            Kernel.valueOf(golden.get("kernel").asText()), Golden.list(golden.get("lengthscales")), golden.get("scale").asDouble(), golden.get("noise").asDouble());
    List<Point> x = Golden.points(golden.get("x"));
    double[] y = Golden.numbers(golden.get("y"));
    List<Point> pending = Golden.points(golden.get("pending"));
    List<Point> at = Golden.points(golden.get("at"));
    Posterior whole = GaussianProcess.condition(covariance, x, y);
    int half = x.size() / 2;
    Posterior appended = GaussianProcess.condition(covariance, x.subList(0, half), new double[half]).retold(x.subList(half, x.size()), y);
    for (Posterior posterior : List.of(whole, appended)) {
      assertClose(posterior.at(at).stream().mapToDouble(Normal::mean).toArray(), golden.get("mean"));
      // A variance does not depend on targets: that of pending points is that of points told.
      Posterior told = posterior.retold(pending, Arrays.copyOf(y, y.length + pending.size()));
      assertClose(told.at(at).stream().mapToDouble(n -> n.sd() * n.sd()).toArray(), golden.get("variance"));
    }
  }

  @Test
  void classificationAgreesWithNewtonInNumpy() {
    JsonNode golden = Golden.read("classification");
    List<Boolean> viable = StreamSupport.stream(golden.get("viable").spliterator(), false).map(JsonNode::asBoolean).toList();
    Covariance covariance = new Covariance(Kernel.MATERN52, Golden.list(golden.get("lengthscales")), golden.get("scale").asDouble(), 0);
    double share = (viable.stream().filter(v -> v).count() + 1.0) / (viable.size() + 2.0);
    double[] signs = viable.stream().mapToDouble(v -> v ? 1 : -1).toArray();
    Viability viability = Viability.laplace(Inputs.of(Golden.points(golden.get("x")), 2), signs, covariance, share);
    assertClose(
        viability.logProbability(Golden.points(golden.get("at"))).stream().mapToDouble(v -> v).toArray(), golden.get("logProbability"));
    assertThat(viability.evidence()).isCloseTo(golden.get("evidence").asDouble(), within(1e-6));
  }

  @Test
  void boundedRosenbrockReachesScipysMinimum() {
    for (JsonNode golden : Golden.read("rosenbrock")) {
      int d = golden.get("d").asInt();
      double[] start = new double[d];
      double[] lower = new double[d];
      double[] upper = new double[d];
      Arrays.fill(start, -1.2);
      Arrays.fill(lower, -2);
      Arrays.fill(upper, golden.get("high").asDouble());
      var evaluations = new AtomicInteger();
      Smooth counted = (x, gradient) -> {
        evaluations.incrementAndGet();
        return BoxMinimizerTest.rosenbrock(x, gradient);
      };
      Minimum minimum = new BoxMinimizer(1e-10, 0, 5000).minimize(counted, start, lower, upper);
      assertThat(minimum.value()).isCloseTo(golden.get("value").asDouble(), within(1e-9));
      assertThat(minimum.x()).usingComparatorWithPrecision(1e-5).containsExactly(Golden.numbers(golden.get("x")));
      assertThat(evaluations).hasValueLessThan(5 * golden.get("evaluations").asInt() + 25);
    }
  }

  @Test
  void powersAgreeWithScipy() {
    JsonNode golden = Golden.read("powers");
    double[] positive = Golden.numbers(golden.get("positive"));
    double[] centred = Golden.numbers(golden.get("centred"));
    assertClose(standardised(Bends.boxCox(positive), positive), golden.get("boxCoxTargets"), 1e-5);
    assertClose(standardised(Bends.yeoJohnson(centred), centred), golden.get("yeoJohnsonTargets"), 1e-5);
    assertClose(Warp.of(Warp.Kind.POWER, centred).targets(), golden.get("yeoJohnsonTargets"), 1e-5);
  }

  private static double[] standardised(Bend bend, double[] losses) {
    double[] bent = Arrays.stream(losses).map(bend::apply).toArray();
    double mean = Arrays.stream(bent).average().orElseThrow();
    double sd = Math.sqrt(Arrays.stream(bent).map(b -> (b - mean) * (b - mean)).average().orElseThrow());
    return Arrays.stream(bent).map(b -> (b - mean) / sd).toArray();
  }

  @Test
  void logarithmsOfTheNormalDistributionAgreeWithScipy() {
    for (JsonNode pair : Golden.read("logCdf")) {
      double u = pair.get(0).asDouble();
      double expected = pair.get(1).asDouble();
      assertThat(NormalTail.logCdf(u)).isCloseTo(expected, within(1e-13 * Math.max(1e-6, Math.abs(expected))));
    }
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double u = random.nextDouble(-40, 10);
      double difference = CentralDifference.of(at -> NormalTail.logCdf(at[0]), new double[] {u}, 1e-3)[0];
      assertThat(NormalTail.hazard(u)).isCloseTo(difference, within(1e-6));
    }
  }

  private static void assertClose(double[] actual, JsonNode expected) {
    assertClose(actual, expected, 1e-8);
  }

  private static void assertClose(double[] actual, JsonNode expected, double tolerance) {
    assertThat(actual).usingComparatorWithPrecision(tolerance).containsExactly(Golden.numbers(expected));
  }
}
