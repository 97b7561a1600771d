package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.strategy.Seeds;

class StatisticsTest {

  /// The definition: all ways to sign the ranks, as likely each.
  private static double enumerated(double[] differences) {
    int n = differences.length;
    double[] ranks = Arrays.stream(differences).map(d -> {
      double size = Math.abs(d);
      long smaller = Arrays.stream(differences).filter(o -> Math.abs(o) < size).count();
      long equal = Arrays.stream(differences).filter(o -> Math.abs(o) == size).count();
      return d == 0 ? 0 : smaller + 0.5 * (equal + 1);
    }).toArray();
    double middle = Arrays.stream(ranks).sum() / 2;
    double seen = IntStream.range(0, n).filter(i -> differences[i] > 0).mapToDouble(i -> ranks[i]).sum();
    long asFar = IntStream.range(0, 1 << n)
        .filter(signs -> Math.abs(IntStream.range(0, n).filter(i -> (signs >> i & 1) == 1).mapToDouble(i -> ranks[i]).sum() - middle) >= Math.abs(seen - middle) - 1e-9)
        .count();
    return (double) asFar / (1 << n);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void signedRanksAreExactWithTiesAndZeros(int seed) {
    RandomGenerator random = Seeds.random(seed);
    double[] differences = random.ints(3 + seed, -4, 8).mapToDouble(i -> 0.5 * i).toArray();
    assertThat(SignedRank.p(differences)).as(Arrays.toString(differences)).isCloseTo(enumerated(differences), within(1e-12));
  }

  /// SciPy 1.17.1: scipy.stats.wilcoxon(d, zero_method="pratt", correction=True, method="approx") for d = sin(i) + 0.15 rounded to one digit, i < 200.
  @Test
  void manySignedRanksAreThoseOfScipy() {
    double[] differences = IntStream.range(0, 200).mapToDouble(i -> Math.rint(10 * (Math.sin(i) + 0.15)) / 10).toArray();
    assertThat(SignedRank.p(differences)).isCloseTo(0.0009764259691800789, within(1e-12));
  }

  @Test
  void theNormalApproximationMeetsTheExactDistribution() {
    RandomGenerator random = Seeds.random(3);
    double[] fifty = random.doubles(50, -0.7, 1).toArray();
    double[] more = Arrays.copyOf(fifty, 51);
    more[50] = 1e-9;
    // One more difference, of rank 1, changes p itself by a hundredth of it or so.
    assertThat(SignedRank.p(more)).isCloseTo(SignedRank.p(fifty), within(0.04 * SignedRank.p(fifty)));
  }

  @Test
  void withoutDifferencesPIsOne() {
    assertThat(SignedRank.p(new double[0])).isEqualTo(1);
    assertThat(SignedRank.p(new double[] {0, 0, -0.0})).isEqualTo(1);
    assertThat(SignedRank.p(new double[] {3})).isEqualTo(1);
  }

  @Test
  void holmNeverOrdersPsAnew() {
    assertThat(Holm.corrected(new double[] {0.9, 0.01, 0.011})).containsExactly(0.9, 0.03, 0.03);
    assertThat(Holm.corrected(new double[] {0.6, 0.7})).containsExactly(1, 1);
  }

  @Test
  void intervalsHoldTheMeanAndShrinkWithMoreSeeds() {
    Interval few = Interval.within(List.of(new double[] {1, 2, 3}));
    double[] many = new double[300];
    Arrays.setAll(many, i -> 1 + i % 3);
    Interval more = Interval.within(List.of(many));
    assertThat(few.mean()).isEqualTo(2).isBetween(few.low(), few.high());
    assertThat(more.high() - more.low()).isLessThan((few.high() - few.low()) / 5);
  }

  @Test
  void oneSeedHasNoInterval() {
    assertThat(Interval.within(List.of(new double[] {1}, new double[] {2})).isKnown()).isFalse();
    assertThat(Interval.across(List.of(new double[] {1}, new double[] {2})).isKnown()).isTrue();
    assertThat(Interval.across(List.of(new double[] {1, 2, 3})).isKnown()).isFalse();
  }

  /// 20 tasks of 3 seeds: with n draws of n it would be 88 %.
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    RandomGenerator random = Seeds.random(5);
    int held = 0;
    int times = 600;
    for (int i = 0; i < times; i++) {
      List<double[]> strata = new ArrayList<>();
      for (int task = 0; task < 20; task++) {
        double of = task;
        strata.add(random.doubles(3).map(u -> of + u).toArray());
      }
      Interval interval = Interval.within(strata, 400);
      held += interval.low() <= 10 && 10 <= interval.high() ? 1 : 0;
    }
    // The standard error of a share of 0.95 is 0.009.
    assertThat((double) held / times).isBetween(0.92, 0.975);
  }
}
