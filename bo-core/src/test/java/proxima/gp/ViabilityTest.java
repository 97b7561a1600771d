package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.space.Point;

final class ViabilityTest {

  private static final int D = 3;
  private final List<Point> x = Samples.points(80, D, 1);
  private final List<Boolean> viable = x.stream().map(p -> p.get(0) < 0.7).toList();
  private final Viability viability = Viability.fit(x, viable, Prior.of(Kernel.MATERN52, D).mode(), Threads.ONE);

  @Test
  void theEdgeIsFound() {
    assertThat(viability.logProbability(Point.of(0.1, 0.5, 0.5))).isGreaterThan(Math.log(0.95));
    assertThat(viability.logProbability(Point.of(0.95, 0.5, 0.5))).isLessThan(Math.log(0.1));
  }

  @Test
  void aKnownCovarianceGivesTheSameProbabilities() {
    assertThat(Viability.condition(x, viable, viability.covariance()).logProbability(x)).isEqualTo(viability.logProbability(x));
    assertThat(Viability.fit(x, viable, Prior.of(Kernel.MATERN52, D).mode(), new Threads(4)).covariance()).isEqualTo(viability.covariance());
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsACentralDifference(Kernel kernel) {
    Viability either = Viability.fit(x, viable, Prior.of(kernel, D).mode(), Threads.ONE);
    for (Point point : Samples.inner(100, D, 2)) {
      var gradient = either.gradient(point);
      assertThat(gradient.value()).isCloseTo(either.logProbability(point), within(1e-10));
      double[] difference = CentralDifference.of(at -> either.logProbability(Point.of(at)), point.toArray(), 1e-3);
      assertThat(gradient.gradient()).usingComparatorWithPrecision(1e-6).containsExactly(difference);
    }
  }

  @Test
  void farFromDataTheProbabilityIsTheShare() {
    List<Point> corner = Samples.points(10, 2, 3).stream().map(p -> Point.of(p.get(0) * 0.01, p.get(1) * 0.01)).toList();
    List<Boolean> half = List.of(true, false, true, false, true, false, true, false, true, false);
    Viability local = Viability.fit(corner, half, new Covariance(Kernel.RBF, List.of(0.05, 0.05), 1, 0), Threads.ONE);
    assertThat(local.logProbability(Point.of(1, 1))).isCloseTo(Math.log(0.5), within(1e-9));
  }

  @Test
  void withoutFailuresTheProbabilityIsOne() {
    Viability certain = Viability.fit(x, Collections.nCopies(80, true), Prior.of(Kernel.RBF, D).mode(), Threads.ONE);
    assertThat(certain.logProbability(x)).allSatisfy(p -> assertThat(p).isZero());
    assertThat(certain.gradient(x.get(0)).gradient()).usingComparatorWithPrecision(0.0).containsOnly(0.0);
    assertThat(Viability.fit(List.of(), List.of(), Prior.of(Kernel.RBF, D).mode(), Threads.ONE).logProbability(x.get(0))).isZero();
  }

  @Test
  void allFailedIsUnlikelyButPossible() {
    Viability hopeless = Viability.fit(x, Collections.nCopies(80, false), Prior.of(Kernel.RBF, D).mode(), Threads.ONE);
    assertThat(hopeless.logProbability(x)).allSatisfy(p -> assertThat(p).isBetween(-30.0, Math.log(0.2)));
  }
}
