package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.scaling.Scale;
import proxima.strategy.Seeds;

class SweepTest {

  private static final Size SIZE = Size.of(new Scale(32, 2, 128, 1280));

  // Not evenly spaced.
  private static final double[] OCTAVES = {-9, -8, -6.5, -6, -5, -4, -3};

  /// A curve over octaves, the same for so many seeds.
  static Sweep sweep(int seeds, DoubleUnaryOperator curve) {
    return new Sweep(SIZE, DoubleStream.of(OCTAVES).mapToObj(x -> new Sweep.Rate(Math.pow(2, x), Collections.nCopies(seeds, curve.applyAsDouble(x)))).toList());
  }

  private static Sweep noisy(int seeds, double vertex, long seed) {
    var random = Seeds.random(seed);
    List<Sweep.Rate> rates = new ArrayList<>();
    for (double x : OCTAVES) {
      List<Double> losses = new ArrayList<>();
      for (int k = 0; k < seeds; k++) {
        losses.add(0.1 * (x - vertex) * (x - vertex) + 0.02 * random.nextGaussian());
      }
      rates.add(new Sweep.Rate(Math.pow(2, x), losses));
    }
    return new Sweep(SIZE, rates);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-7.9, -7, -6.4, -5.75, -5, -4.1})
  void theOptimumOfAParabolaIsItsVertex(double vertex) {
    Optimum optimum = sweep(1, x -> 1.5 + 0.3 * (x - vertex) * (x - vertex)).optimum().orElseThrow();
    assertThat(optimum.octave()).isCloseTo(vertex, within(1e-9));
    assertThat(optimum.loss()).isCloseTo(1.5, within(1e-9));
    assertThat(optimum.place()).isEqualTo(Optimum.Place.INSIDE);
    assertThat(optimum.rate()).isCloseTo(Math.pow(2, vertex), within(1e-9));
  }

  @Test
  void aMinimumAtAnEndIsSaidToBeThere() {
    assertThat(sweep(1, x -> x).optimum().orElseThrow()).isEqualTo(new Optimum(-9, -9, Optimum.Place.LOWEST_RATE));
    assertThat(sweep(1, x -> -x).optimum().orElseThrow()).isEqualTo(new Optimum(-3, 3, Optimum.Place.HIGHEST_RATE));
  }

  @Test
  void besideADivergenceItIsTheRateItself() {
    Optimum optimum = sweep(2, x -> x > -5 ? Double.NaN : -x).optimum().orElseThrow();
    assertThat(optimum).isEqualTo(new Optimum(-5, 5, Optimum.Place.BESIDE_DIVERGENCE));
    assertThat(optimum.isAtEdge()).isFalse();
    assertThat(sweep(2, x -> x > -9 ? Double.NaN : -x).optimum().orElseThrow()).as("nothing has been tried below").isEqualTo(new Optimum(-9, 9, Optimum.Place.LOWEST_RATE));
    assertThat(sweep(2, _ -> Double.NaN).optimum()).isEmpty();
    assertThat(sweep(2, x -> x == -4 ? Double.NaN : -x).optimum().orElseThrow()).as("nothing has been tried above").isEqualTo(new Optimum(-3, 3, Optimum.Place.HIGHEST_RATE));
  }

  @Test
  void aRateWithOneTrainingThatDivergedCountsAsDiverged() {
    Sweep sweep = new Sweep(SIZE, List.of(new Sweep.Rate(1, List.of(2.0, 2.0)), new Sweep.Rate(2, List.of(0.0, Double.NaN)), new Sweep.Rate(4, List.of(1.0, 1.0))));
    assertThat(sweep.optimum().orElseThrow().octave()).isEqualTo(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsLostIsTheParabolaAboveItsVertexAndNeverNegative(long seed) {
    Sweep sweep = noisy(3, -6.2, seed);
    Optimum optimum = sweep.optimum().orElseThrow();
    for (double at : new double[] {-8, -6.9, -6.2, -5.6, -5, -4.5, -3}) {
      double mean = sweep.lost(at, optimum.octave()).orElseThrow().stream().mapToDouble(v -> v).average().orElseThrow();
      assertThat(mean).as("at %s", at).isGreaterThan(-1e-12);
    }
    assertThat(sweep.lost(optimum.octave(), optimum.octave()).orElseThrow()).containsOnly(0.0);
    Sweep exact = sweep(2, x -> 0.3 * (x + 6.2) * (x + 6.2));
    assertThat(exact.lost(-5.7, -6.2).orElseThrow()).allSatisfy(l -> assertThat(l).isCloseTo(0.075, within(1e-9)));
    assertThat(exact.lost(-4.5, -6.2).orElseThrow()).as("straight between -5 and -4").allSatisfy(l -> assertThat(l).isCloseTo(0.3 * (1.44 + 4.84) / 2, within(1e-9)));
  }

  @Test
  void whatIsLostOutsideTheRatesOrBesideADivergenceIsNotKnown() {
    Sweep sweep = sweep(2, x -> x > -5 ? Double.NaN : -x);
    assertThat(sweep.lost(-4.5, -5)).isEmpty();
    assertThat(sweep.lost(-10, -5)).isEmpty();
    assertThat(sweep.lost(-6, -5).orElseThrow()).allSatisfy(l -> assertThat(l).isCloseTo(1, within(1e-9)));
  }

  @Test
  void octavesFromTheOptimumCostWhatTheParabolaSays() {
    assertThat(sweep(2, x -> 0.3 * (x + 6.2) * (x + 6.2)).cost(0.5)).isCloseTo(0.3 / 4, within(1e-9));
    assertThat(sweep(2, x -> x > -5 ? Double.NaN : -x).cost(0.5)).isZero();
    assertThat(sweep(2, x -> x).cost(0.5)).isZero();
  }

  /// Beside rates that diverge trainings are noisier.
  @Test
  void theNoiseOfSeedsIsThatOfTheBestRateAlone() {
    Sweep sweep = new Sweep(SIZE, List.of(new Sweep.Rate(1, List.of(2.0, 2.0)), new Sweep.Rate(2, List.of(1.0, 1.2)), new Sweep.Rate(4, List.of(1.0, 9.0))));
    assertThat(sweep.seedNoise()).isCloseTo(Math.sqrt(0.02), within(1e-12));
    assertThat(sweep(1, x -> x).seedNoise()).isNaN();
    assertThat(sweep(2, _ -> Double.NaN).seedNoise()).isNaN();
  }

  @Test
  void meanAndStandardErrorAreOfTheSeeds() {
    Sweep.Rate rate = new Sweep.Rate(1, List.of(1.0, 2.0, 6.0));
    assertThat(rate.mean()).isEqualTo(3);
    assertThat(rate.standardError()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-12));
    assertThat(new Sweep.Rate(1, List.of(1.0)).standardError()).isNaN();
  }

  @Test
  void ratesMustAscend() {
    assertThatThrownBy(() -> new Sweep(SIZE, List.of(new Sweep.Rate(2, List.of(1.0)), new Sweep.Rate(1, List.of(1.0))))).hasMessage("the rates of a sweep must ascend, got 2.0 before 1.0");
  }
}
