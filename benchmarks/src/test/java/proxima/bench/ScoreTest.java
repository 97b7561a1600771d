package proxima.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static Run run(String task, String contender, long seed, double... regrets) {
    List<Run.Step> steps = Arrays.stream(regrets).mapToObj(r -> new Run.Step(r, r, 0.5)).toList();
    return new Run(task, Group.SMOOTH, contender, "1", seed, 1, steps.size(), steps, Optional.empty());
  }

  @Test
  void ranksCountEachTaskAlikeAndShareTies() {
    List<Run> runs = List.of(
        run("t", "a", 0, 1, 0.1), run("t", "b", 0, 1, 0.2), run("t", "c", 0, 1, 0.2),
        run("t", "a", 1, 1, 0.3), run("t", "b", 1, 1, 0.2), run("t", "c", 1, 1, 0.1),
        run("u", "a", 0, 1, 0.3), run("u", "b", 0, 1, 0.1), run("u", "c", 0, 1, 0.2),
        run("v", "a", 0, 1, 0.0));
    List<Score> scores = Score.of(runs, List.of(1, 2));
    assertThat(scores).extracting(Score::contender).containsExactly("b", "c", "a");
    // a: t has ranks 1 and 3, u has 3; v, which the others lack, has none.
    assertThat(scores.getLast().meanRank()).isEqualTo((2 + 3) / 2.0);
    assertThat(scores.getFirst().meanRank()).isEqualTo(((2.5 + 2) / 2 + 1) / 2);
    // The mean of b's in t, 0.2, and in u, 0.1, up to rounding.
    assertThat(scores.getFirst().regret()).hasEntrySatisfying(2, i -> assertThat(i.mean()).isCloseTo(0.15, within(1e-15)));
    assertThat(scores.getFirst().secondsPerSuggestion()).isEqualTo(0.5);
  }

  @Test
  void aRunWithoutALossHasTheMediansRegretAndItsShareOfDivergedTrials() {
    Score score = Score.of(List.of(run("t", "a", 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.5)), List.of(1, 3)).getFirst();
    assertThat(score.regret()).hasEntrySatisfying(1, i -> assertThat(i.mean()).isEqualTo(1));
    assertThat(score.diverged()).isEqualTo(0.5);
  }

  @Test
  void aFailedRunRanksLastAndKeepsTheRegretItHad() {
    Run early = new Run("t", Group.SMOOTH, "a", "1", 0, 1, 3, List.of(new Run.Step(0.1, 0.1, 0), new Run.Step(0, 0, 0.5)), Optional.of("crashed"));
    Run none = new Run("t", Group.SMOOTH, "b", "", 0, 1, 3, List.of(), Optional.of("does not start"));
    List<Score> scores = Score.of(List.of(early, none, run("t", "c", 0, 1, 1, 0.9)), List.of(1, 3));
    assertThat(scores).extracting(Score::contender).containsExactly("c", "a", "b");
    assertThat(scores).extracting(Score::meanRank).containsExactly(1.0, 2.5, 2.5);
    assertThat(scores).extracting(s -> s.failed().size()).containsExactly(0, 1, 1);
    assertThat(scores.get(1).regret()).hasEntrySatisfying(3, i -> assertThat(i.mean()).isZero());
    assertThat(scores.get(2).regret()).hasEntrySatisfying(3, i -> assertThat(i.mean()).isEqualTo(1));
  }

  @Test
  void intervalsHoldTheMeanAndShrinkWithMoreSeeds() {
    Interval few = Interval.of(List.of(new double[] {1, 2, 3}));
    double[] many = new double[300];
    Arrays.setAll(many, i -> 1 + i % 3);
    Interval more = Interval.of(List.of(many));
    assertThat(few.mean()).isEqualTo(2).isBetween(few.low(), few.high());
    assertThat(more.high() - more.low()).isLessThan((few.high() - few.low()) / 5);
  }

  /// Eight tasks, all won: the exact two-sided p is 2 / 2^8.
  @Test
  void winningEveryTaskIsSignificantAfterHolmsCorrection() {
    List<Run> runs = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      runs.add(run("t" + t, "a", 0, 1, 0.1 + 0.01 * t));
      runs.add(run("t" + t, "b", 0, 1, 0.2 + 0.03 * t));
      runs.add(run("t" + t, "c", 0, 1, 0.1 + 0.01 * t));
    }
    List<Significance> significance = Significance.of(runs, "a");
    assertThat(significance).extracting(Significance::rival).containsExactly("b", "c");
    assertThat(significance.getFirst().p()).isCloseTo(2 * 2 / 256.0, within(1e-12));
    assertThat(significance.getLast().p()).as("no differences").isEqualTo(1);
  }

  @Test
  void holmNeverOrdersPsAnew() {
    List<Significance> corrected = Significance.holm(List.of(new Significance("a", 0.01), new Significance("b", 0.011), new Significance("c", 0.9)));
    assertThat(corrected).extracting(Significance::p).containsExactly(0.03, 0.03, 0.9);
  }
}
