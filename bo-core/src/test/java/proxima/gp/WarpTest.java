package proxima.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.space.Point;

final class WarpTest {

  private static final double NAN = Double.NaN;

  @ParameterizedTest
  @EnumSource
  void orderIsKept(Warp.Kind kind) {
    for (long seed = 1; seed <= 5; seed++) {
      double[] losses = losses(40, seed);
      losses[7] = 1e18;
      losses[9] = 1e6;
      double[] targets = Warp.of(kind, losses).targets();
      for (int i = 0; i < 40; i++) {
        for (int j = 0; j < 40; j++) {
          if (losses[i] < losses[j]) {
            assertThat(targets[i]).as("%s seed %d: %s against %s", kind, seed, losses[i], losses[j]).isLessThan(targets[j]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void divergedTrialsAreWorst(Warp.Kind kind) {
    double[] losses = losses(20, 1);
    losses[3] = NAN;
    losses[11] = Double.POSITIVE_INFINITY;
    double[] targets = Warp.of(kind, losses).targets();
    assertThat(targets[3]).isEqualTo(targets[11]).isEqualTo(Arrays.stream(targets).max().orElseThrow());
    assertThat(targets).doesNotContain(NAN);
    // Also where the finite ones do not tell what bad is.
    double[] equal = Warp.of(kind, new double[] {2, NAN, 2}).targets();
    assertThat(equal[1]).isGreaterThan(equal[0]);
  }

  @ParameterizedTest
  @EnumSource
  void nothingToLearnGivesEqualTargets(Warp.Kind kind) {
    assertThat(Warp.of(kind, new double[0]).targets()).isEmpty();
    for (double[] losses : List.of(new double[] {3, 3, 3, 3}, new double[] {NAN, NAN, NAN, NAN}, new double[] {5})) {
      assertThat(Warp.of(kind, losses).targets()).usingComparatorWithPrecision(1e-12).containsOnly(0.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void extremeLossesGiveFiniteTargetsInOrder(Warp.Kind kind) {
    double huge = Double.MAX_VALUE;
    for (double[] losses :
        List.of(
            new double[] {huge, 0.5 * huge, 0.25 * huge, 0}, new double[] {-huge, huge, -0.5 * huge, 0.5 * huge, NAN}, new double[] {huge, Math.nextDown(huge)},
            new double[] {0, Double.MIN_VALUE, 2 * Double.MIN_VALUE, 4e-320}, new double[] {1, Math.nextUp(1), 1, 1}, new double[] {1e300, 1, 2, 3, 4, 5, 6, 7},
            new double[] {1e-300, 1e-200, 1e-100, 1, 1e100, 1e200, 1e300}, new double[] {-1e300, 1e-300, 5, 5, 5, 5, 1e300},
            new double[] {-1.7e308, 1, 2, 3, 4, 5, 6, 1.7e308}, new double[] {-1e300, -1e300, 1e-300, 1e-300, 5, 5, 1e300, 1e300})) {
      Warp warp = Warp.of(kind, losses);
      for (int i = 0; i < losses.length; i++) {
        assertThat(warp.targets()[i]).as("%s of %s", kind, Arrays.toString(losses)).isFinite();
        for (int j = 0; j < losses.length; j++) {
          if (losses[i] < losses[j]) {
            assertThat(warp.targets()[i]).as("%s of %s", kind, Arrays.toString(losses)).isLessThanOrEqualTo(warp.targets()[j]);
          }
        }
      }
      assertThat(warp.logJacobian()).isNotNaN();
    }
  }

  @ParameterizedTest
  @EnumSource
  void targetsHaveAboutMeanZeroAndVarianceOne(Warp.Kind kind) {
    double[] losses = losses(200, 2);
    losses[0] = NAN;
    double[] targets = Warp.of(kind, losses).targets();
    assertThat(Arrays.stream(targets).average().orElseThrow()).isCloseTo(0, within(0.02));
    assertThat(Arrays.stream(targets).map(t -> t * t).average().orElseThrow()).isCloseTo(1, within(0.05));
  }

  @Test
  void ranksAreNormalScoresWithTiesAveraged() {
    double[] targets = Warp.of(Warp.Kind.RANK, new double[] {0.3, NAN, 0.1, 0.3, NAN}).targets();
    // Ranks 2.5, 4.5, 1, 2.5, 4.5 of 5; quantiles from scipy.stats.norm.ppf.
    assertThat(targets).usingComparatorWithPrecision(1e-9)
        .containsExactly(-0.2533471031357997, 0.8416212335729143, -1.2815515655446004, -0.2533471031357997, 0.8416212335729143);
  }

  @Test
  void halfRanksAreLossesUpToTheMedianAndNormalScoresAboveIt() {
    // Median 3, sqrt 2.5 the root mean square of 2 and 1, ranks 0.7 and 0.9; the logarithm of 1 to 1.5, standardised (statistics.NormalDist of Python).
    assertThat(Warp.of(Warp.Kind.HALF_RANK, new double[] {100, 2, 1, 4, 3}).targets()).usingComparatorWithPrecision(1e-9)
        .containsExactly(1.392917508369564, -0.6528034965733495, -1.483102856188557, 0.6525799218744233, 0.09040892251791949);
  }

  @Test
  void halfRanksHaveTheirSlopeBelowTheMedian() {
    double[] sorted = Arrays.stream(losses(31, 4)).sorted().toArray();
    Bend bend = Bends.halfRank(sorted);
    for (int i = 0; i < 15; i++) {
      assertThat(bend.logSlope(sorted[i])).isCloseTo(Math.log((bend.apply(sorted[i] + 1e-6) - bend.apply(sorted[i] - 1e-6)) / 2e-6), within(1e-6));
    }
  }

  @Test
  void halfRanksAboveTheMedianAreAsSteepAsRanksTimesTheirSpread() {
    double[] sorted = Arrays.stream(losses(31, 4)).sorted().toArray();
    Bend half = Bends.halfRank(sorted);
    Bend rank = Bends.rank(sorted, sorted.length);
    double median = sorted[15];
    double spread = Math.sqrt(Arrays.stream(sorted).limit(15).map(l -> (l - median) * (l - median)).average().orElseThrow());
    double range = median + spread * rank.apply(sorted[30]) - sorted[0];
    for (int i = 16; i < 31; i++) {
      double share = (median + spread * rank.apply(sorted[i]) - sorted[0]) / range;
      assertThat(half.logSlope(sorted[i])).isCloseTo(rank.logSlope(sorted[i]) + Math.log(spread * 0.5 / range / (1 + 0.5 * share)), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void invertUndoesApply(Warp.Kind kind) {
    double[] losses = losses(30, 3);
    losses[4] = 1e5;
    Warp warp = Warp.of(kind, losses);
    for (int i = 0; i < losses.length; i++) {
      assertThat(warp.apply(losses[i])).isCloseTo(warp.targets()[i], within(1e-12));
      assertThat(warp.invert(warp.targets()[i])).isCloseTo(losses[i], within(1e-6 * losses[i]));
    }
    assertThat(warp.invert(99)).isEqualTo(1e5);
    assertThatThrownBy(() -> Warp.of(kind, new double[] {NAN}).invert(0)).hasMessageContaining("diverged");
  }

  @ParameterizedTest
  @EnumSource(value = Warp.Kind.class, names = {"STANDARD", "POWER"})
  void jacobianIsTheSlope(Warp.Kind kind) {
    double[] losses = losses(30, 4);
    losses[5] = 40;
    losses[6] = NAN;
    Warp warp = Warp.of(kind, losses);
    double expected =
        Arrays.stream(losses).filter(Double::isFinite).map(y -> Math.log((warp.apply(y + 1e-6) - warp.apply(y - 1e-6)) / 2e-6)).sum();
    assertThat(warp.logJacobian()).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void aSmallStandardErrorIsMultipliedByTheSlope(Warp.Kind kind) {
    double[] losses = losses(30, 4);
    losses[5] = 40;
    losses[6] = NAN;
    Warp warp = Warp.of(kind, losses);
    double[] standardErrors = new double[30];
    Arrays.fill(standardErrors, 1e-6);
    standardErrors[3] = 0;
    double[] variances = warp.variances(standardErrors);
    for (int i = 0; i < 30; i++) {
      if (i == 3 || i == 6) {
        assertThat(variances[i]).isNaN();
      } else {
        double spread = (warp.apply(losses[i] + 1e-6) - warp.apply(losses[i] - 1e-6)) / 2;
        assertThat(Math.sqrt(variances[i])).isCloseTo(spread, within(1e-4 * spread));
      }
    }
    assertThatThrownBy(() -> warp.variances(new double[2])).hasMessageContaining("got 30 losses and 2");
  }

  @Test
  void varianceDoesNotDependOnTheUnitOfTheLoss() {
    double[] losses = losses(12, 5);
    for (Warp.Kind kind : Warp.Kind.values()) {
      double[] variances = Warp.of(kind, losses).variances(times(losses, 0.05));
      for (double unit : new double[] {1e3, 1e-290, 1e290}) {
        double[] other = Warp.of(kind, times(losses, unit)).variances(times(losses, 0.05 * unit));
        for (int i = 0; i < 12; i++) {
          // 1e-5: powers are found to 1e-6.
          assertThat(other[i]).as("%s, unit %s", kind, unit).isCloseTo(variances[i], within(1e-5 * variances[i]));
        }
      }
    }
  }

  private static double[] times(double[] losses, double factor) {
    return Arrays.stream(losses).map(v -> v * factor).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void anyStandardErrorGivesAFiniteVariance(Warp.Kind kind) {
    double huge = Double.MAX_VALUE;
    for (double[] losses :
        List.of(new double[] {3}, new double[] {3, 3, 3}, losses(20, 6), new double[] {huge, -huge, 0, NAN}, new double[] {4e-320, 1, 1e300}, new double[] {-1, 0, 1, 2})) {
      for (double standardError : new double[] {Double.MIN_VALUE, 1e-300, 1, 1e10, huge}) {
        double[] standardErrors = new double[losses.length];
        Arrays.fill(standardErrors, standardError);
        double[] variances = Warp.of(kind, losses).variances(standardErrors);
        for (int i = 0; i < losses.length; i++) {
          assertThat(variances[i]).as("%s of %s", kind, Arrays.toString(losses)).satisfies(v -> assertThat(Double.isNaN(v) || v <= 1e6).isTrue());
        }
        assertThat(Targets.of(Warp.of(kind, losses).targets(), variances).size()).isEqualTo(losses.length);
      }
    }
    assertThat(Warp.of(kind, losses(20, 6)).variances(new double[20])).containsOnly(NAN);
  }

  @Test
  void densityOfRanksIsThatOfTheLossesWhenNothingIsPredicted() {
    // Targets then have density phi, and what is left is the entropy of the losses: of LogNormal(0, 1) it is 1/2 ln(2 pi e) = 1.4189.
    // The estimate's standard error is sqrt(var(ln f) / n) = 0.03 and more for ties of neighbourhoods.
    int n = 2000;
    double[] losses = new Random(5).doubles(n).map(u -> Math.exp(new org.apache.commons.math3.distribution.NormalDistribution().inverseCumulativeProbability(u))).toArray();
    Warp warp = Warp.of(Warp.Kind.RANK, losses);
    double perLoss = (warp.logJacobian() + Arrays.stream(warp.targets()).map(t -> new Normal(0, 1).logDensity(t)).sum()) / n;
    assertThat(perLoss).isCloseTo(-1.4189, within(0.1));
  }

  @Test
  void choiceIsTheWarpThatMadeTheData() {
    int n = 60;
    List<Point> x = Samples.points(n, 2, 6);
    Random random = new Random(7);
    double[] bowl = x.stream().mapToDouble(p -> 2 * p.get(0) + Math.pow(2 * p.get(1) - 1, 2) + 0.02 * random.nextGaussian()).toArray();
    double[] exponential = Arrays.stream(bowl).map(b -> Math.exp(2 * b)).toArray();
    double[] wild = IntStream.range(0, n).mapToDouble(i -> 1 / (1 + Math.exp(-20 * (bowl[i] - 1.3))) + (bowl[i] > 2 ? Math.exp(20 * bowl[i]) : 0)).toArray();
    Prior prior = Prior.of(Kernel.MATERN52, 2);
    assertThat(WarpedProcess.choose(prior, x, exponential, new double[n], Optional.empty(), 1).warp().kind()).isEqualTo(Warp.Kind.POWER);
    assertThat(WarpedProcess.choose(prior, x, wild, new double[n], Optional.empty(), 1).warp().kind()).isEqualTo(Warp.Kind.RANK);
    assertThat(WarpedProcess.choose(prior, x.subList(0, 5), Arrays.copyOf(wild, 5), new double[5], Optional.empty(), 1).warp().kind()).isEqualTo(Warp.Kind.POWER);
  }

  @ParameterizedTest
  @EnumSource
  void densitiesDoNotDependOnTheUnitOfTheLoss(Warp.Kind kind) {
    int n = 40;
    List<Point> x = Samples.points(n, 2, 8);
    double[] losses = Arrays.stream(Samples.targets(x)).map(Math::exp).toArray();
    double[] larger = Arrays.stream(losses).map(v -> 1000 * v).toArray();
    double one = logDensity(Warp.of(kind, losses), x);
    double other = logDensity(Warp.of(kind, larger), x);
    assertThat(other).isCloseTo(one - Math.log(1000), within(1e-3));
  }

  private static double logDensity(Warp warp, List<Point> x) {
    return warp.logDensity(GaussianProcess.fit(Prior.of(Kernel.RBF, 2), x, warp.targets(), Optional.empty(), 1));
  }

  /// Log-normal.
  private static double[] losses(int n, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, n).mapToDouble(i -> Math.exp(0.5 * random.nextGaussian())).toArray();
  }
}
