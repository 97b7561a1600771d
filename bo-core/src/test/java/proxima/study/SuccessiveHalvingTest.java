package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;

class SuccessiveHalvingTest {

  private static final EarlyStopping THIRDS = new SuccessiveHalving(2, 3);

  private static Decision decide(EarlyStopping rule, TrialResult trial, TrialResult... others) {
    return rule.decide(trial, trial.reports().getLast().step(), List.of(others));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void goesOnUpToTheQuantileOfTheRung(long seed) {
    Random random = new Random(seed);
    List<TrialResult> others = new ArrayList<>();
    for (int n = 1; n <= 40; n++) {
      TrialResult trial = Courses.trial(n, 0, random.nextDouble());
      List<TrialResult> all = new ArrayList<>(others);
      all.add(trial);
      double[] losses = all.stream().mapToDouble(t -> t.reports().get(1).loss()).toArray();
      // numpy's default, with linear interpolation, is R's type 7.
      double quantile = new Percentile().withEstimationType(EstimationType.R_7).evaluate(losses, 100.0 / 3);
      Decision expected = n < 3 || losses[n - 1] <= quantile ? Decision.CONTINUE : Decision.STOP;
      assertThat(decide(THIRDS, trial, others.toArray(TrialResult[]::new))).as("n = %d of %s", n, Arrays.toString(losses)).isEqualTo(expected);
      others.add(trial);
    }
  }

  @Test
  void aThirdGoesOnFromEachRung() {
    // All are in order: better ones come later, and reach every rung; then in reverse, where only the first ones do.
    assertThat(reached(IntStream.range(0, 27).map(i -> 27 - i).toArray())).containsExactly(27, 27, 27);
    assertThat(reached(IntStream.range(0, 27).toArray())).containsExactly(27, 2, 2);
    int[] shuffled = {4, 17, 9, 25, 1, 12, 20, 6, 14, 3, 22, 11, 26, 8, 0, 19, 15, 5, 23, 10, 2, 18, 13, 7, 24, 16, 21};
    // About 27 / 3 and 27 / 9, and the first ones, which go on whatever they are.
    assertThat(reached(shuffled)[1]).isBetween(8, 13);
    assertThat(reached(shuffled)[2]).isBetween(2, 6);
  }

  /// How many trials report at steps 2, 6 and 18, with these losses at every step.
  private static int[] reached(int[] losses) {
    int[] reached = new int[3];
    List<TrialResult> others = new ArrayList<>();
    for (int n = 0; n < losses.length; n++) {
      int loss = losses[n];
      Decision decision = Decision.CONTINUE;
      TrialResult trial = Courses.trial(n);
      for (int step = 1; step <= 18 && decision == Decision.CONTINUE; step++) {
        trial = trial.withReport(step, loss, Decision.CONTINUE);
        decision = THIRDS.decide(trial, step, others);
        reached[0] += step == 2 ? 1 : 0;
        reached[1] += step == 6 ? 1 : 0;
        reached[2] += step == 18 ? 1 : 0;
      }
      others.add(trial);
    }
    return reached;
  }

  @Test
  void stopsOnlyAtRungs() {
    TrialResult[] good = {Courses.trial(0, 1, 1, 1, 1, 1, 1), Courses.trial(1, 1, 1, 1, 1, 1, 1), Courses.trial(2, 1, 1, 1, 1, 1, 1)};
    assertThat(decide(THIRDS, Courses.trial(3, 9), good)).isEqualTo(Decision.CONTINUE);
    assertThat(decide(THIRDS, Courses.trial(3, 9, 9), good)).isEqualTo(Decision.STOP);
    assertThat(decide(THIRDS, Courses.trial(3, 9, 1, 9, 9, 9), good)).isEqualTo(Decision.CONTINUE);
    assertThat(decide(THIRDS, Courses.trial(3, 9, 1, 9, 9, 9, 9), good)).isEqualTo(Decision.STOP);
  }

  @Test
  void aRungIsTheFirstReportFromThereOn() {
    TrialResult[] good = IntStream.range(0, 3).mapToObj(i -> Courses.trial(i).withReport(3, 1, Decision.CONTINUE)).toArray(TrialResult[]::new);
    TrialResult sparse = Courses.trial(3).withReport(4, 9, Decision.CONTINUE);
    assertThat(decide(THIRDS, sparse, good)).isEqualTo(Decision.STOP);
    assertThat(decide(THIRDS, sparse.withReport(5, 9, Decision.CONTINUE), good)).as("judged before").isEqualTo(Decision.CONTINUE);
  }

  @Test
  void equalLossesAllGoOnAndThoseThatAreNotFiniteAreWorse() {
    TrialResult[] equal = {Courses.trial(0, 0, 1), Courses.trial(1, 0, 1), Courses.trial(2, 0, 1)};
    assertThat(decide(THIRDS, Courses.trial(3, 0, 1), equal)).isEqualTo(Decision.CONTINUE);
    TrialResult[] wild = {Courses.trial(0, 0, Double.NaN), Courses.trial(1, 0, Double.POSITIVE_INFINITY), Courses.trial(2, 0, Double.NaN)};
    assertThat(decide(THIRDS, Courses.trial(3, 0, 1), wild)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void aWarmStartCountsByTheCurveItWasToldWith() {
    TrialResult warm = Courses.trial(0).withOutcome(new Outcome.Finished(0.5, Courses.trial(0, 1, 1).reports()));
    assertThat(decide(THIRDS, Courses.trial(3, 9, 9), warm, Courses.trial(1, 1, 1))).isEqualTo(Decision.STOP);
    TrialResult without = Courses.trial(0).withOutcome(Outcome.of(0.5));
    assertThat(decide(THIRDS, Courses.trial(3, 9, 9), without, Courses.trial(1, 1, 1))).as("two at the rung").isEqualTo(Decision.CONTINUE);
  }

  @Test
  void rungsFarOutDoNotOverflow() {
    TrialResult late = Courses.trial(0).withReport(Long.MAX_VALUE, 9, Decision.CONTINUE);
    TrialResult better = Courses.trial(1).withReport(Long.MAX_VALUE, 1, Decision.CONTINUE);
    assertThat(decide(THIRDS, late, better, better)).isEqualTo(Decision.STOP);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new SuccessiveHalving(0, 3)).hasMessage("the first rung is at a step of 1 or later, got 0");
    assertThatThrownBy(() -> new SuccessiveHalving(1, 1)).hasMessage("eta, of which one goes on, is 2 or more, got 1");
  }
}
