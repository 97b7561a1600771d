package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.bench.result.Group;
import proxima.bench.result.Run;
import proxima.chart.Block;
import proxima.chart.Picture;
import proxima.chart.Shape;

class ScoreTest {

  /// One initial trial and more.
  static Run run(String task, String contender, long seed, double... regrets) {
    List<Run.Step> steps = Arrays.stream(regrets).mapToObj(r -> new Run.Step(r, r, 0.5)).toList();
    return new Run(task, Group.SMOOTH, contender, "1", seed, 1, steps.size(), steps, Optional.empty());
  }

  private static Run failed(String task, String contender, int trials, double... regrets) {
    Run run = run(task, contender, 0, regrets);
    return new Run(task, run.group(), contender, "1", 0, 1, trials, run.steps(), Optional.of("crashed"));
  }

  private static Field field(List<Run> runs) {
    return Field.of(runs, Set.of());
  }

  @Test
  void ranksCountEachTaskAlikeAndShareTies() {
    List<Run> runs = List.of(
        run("t", "a", 0, 1, 0.1), run("t", "b", 0, 1, 0.2), run("t", "c", 0, 1, 0.2),
        run("t", "a", 1, 1, 0.3), run("t", "b", 1, 1, 0.2), run("t", "c", 1, 1, 0.1),
        run("u", "a", 0, 1, 0.3), run("u", "b", 0, 1, 0.1), run("u", "c", 0, 1, 0.2),
        run("v", "a", 0, 1, 0.0));
    List<Score> scores = Score.of(field(runs));
    assertThat(scores).extracting(Score::contender).containsExactly("b", "c", "a");
    // a: t has ranks 1 and 3, u has 3; v, which the others lack, has none.
    assertThat(scores.getLast().meanRank()).isEqualTo((2 + 3) / 2.0);
    assertThat(scores.getFirst().meanRank()).isEqualTo(((2.5 + 2) / 2 + 1) / 2);
    // The mean of b's in t, 0.2, and in u, 0.1, up to rounding.
    assertThat(scores.getFirst().last().interval().mean()).isCloseTo(0.15, within(1e-15));
    assertThat(scores.getFirst().last()).extracting(Mark::tasks, Mark::runs).containsExactly(2, 3);
    assertThat(scores.getFirst().secondsPerSuggestion()).isEqualTo(0.5);
  }

  @Test
  void thePictureOfATaskNamesTheLowestOrHowManyAre() {
    List<Run> runs = List.of(run("t", "a", 0, 1, 0.1), run("t", "b", 0, 1, 0), run("t", "c", 0, 0.5, 0), run("t", "d", 0, 0.5, 0.2), failed("u", "a", 2, 0.1), failed("u", "b", 2, 0.2));
    assertThat(lowest(runs, "a", "d")).isEqualTo("lowest: a 0.1");
    assertThat(lowest(runs, "d", "c", "b")).isEqualTo("lowest: 2 contenders 0");
    List<Run> lost = List.of(failed("t", "a", 2, 0.1), failed("t", "b", 2, 0.2), run("t", "c", 0, 1, 1));
    assertThat(lowest(lost, "a", "b")).isEqualTo("no run has a result");
    assertThat(lowest(lost, "c")).isEqualTo("lowest: c 1");
    assertThat(lowest(lost, "a", "b", "c")).as("failed runs count as the highest").isEqualTo("lowest: 3 contenders 0.1*");
  }

  private static String lowest(List<Run> runs, String... contenders) {
    List<String> some = List.of(contenders);
    return Multiples.lowest(field(runs.stream().filter(r -> r.task().equals("t") && some.contains(r.contender())).toList()).contests().getFirst(), some);
  }

  @Test
  void whatARivalHasInTheEndIsReachedAfterTheMedianOfTheSeeds() {
    Field field = field(List.of(
        run("t", "proxima", 0, 1, 0.5, 0.1, 0), run("t", "a", 0, 1, 1, 0.6, 0.5), run("t", "b", 0, 1, 0, 0, 0),
        run("t", "proxima", 1, 1, 0.9, 0.8, 0.7), run("t", "a", 1, 1, 1, 1, 0.7), run("t", "b", 1, 1, 0, 0, 0),
        run("u", "proxima", 0, 1, 0.2), run("u", "a", 0, 1, 0.3), run("u", "b", 0, 1, 1)));
    Reached reached = Reached.of(Verdict.of(field));
    assertThat(reached.contender()).isEqualTo("proxima");
    // After 2 and 4; after 4 and never.
    assertThat(reached.trials()).isEqualTo(Map.of("t", Map.of("a", 3.0, "b", Double.POSITIVE_INFINITY), "u", Map.of("a", 2.0, "b", 1.0)));
    Block.Table table = (Block.Table) reached.table(field);
    List<String> t = table.rows().getFirst();
    assertThat(t).containsExactlyInAnyOrder("t", "3", "> 4");
    assertThat(t.get(table.header().indexOf("a"))).isEqualTo("3");
  }

  @Test
  void nothingIsTheMediansRegret() {
    double none = Double.POSITIVE_INFINITY;
    Score score = Score.of(field(List.of(run("t", "a", 0, none, none, none)))).getFirst();
    assertThat(score.last().interval().mean()).isEqualTo(1);
  }

  @Test
  void whereNothingIsFiniteAnyLossIsBetter() {
    double none = Double.POSITIVE_INFINITY;
    List<Score> scores = Score.of(field(List.of(run("t", "a", 0, none, none, none), run("t", "b", 0, none, none, 1.4))));
    assertThat(scores).extracting(Score::contender, Score::meanRank).containsExactly(tuple("b", 1.0), tuple("a", 2.0));
    assertThat(run("t", "b", 0, none, none, 1.4).regretAfter(1)).as("to find a loss is no step back").isEqualTo(1.4);
    assertThat(run("t", "b", 0, none, none, 0.4).regretAfter(2)).isEqualTo(1);
  }

  @Test
  void equalRanksAreOrderedByRegretAndCalledLevel() {
    Field field = field(List.of(run("t", "a", 0, 1, 0.5), run("t", "b", 0, 1, 0.1), run("u", "a", 0, 1, 0.2), run("u", "b", 0, 1, 0.3)));
    assertThat(Score.of(field)).extracting(Score::contender, Score::meanRank).containsExactly(tuple("b", 1.5), tuple("a", 1.5));
    assertThat(Verdict.of(field).line()).contains("b and a are level in rank (1.50); the latter is behind in 1 of 2 pairs");
    assertThat(Verdict.of(field).text()).contains("over 2 tasks × 1 seed, level with a, whose final regret is in the mean higher by 0.150");
    List<Run> three = List.of(
        run("t", "a", 0, 1, 0.5), run("t", "b", 0, 1, 0.1), run("t", "c", 0, 1, 0.6),
        run("u", "a", 0, 1, 0.2), run("u", "b", 0, 1, 0.3), run("u", "c", 0, 1, 0.1));
    assertThat(Verdict.of(field(three)).text()).startsWith("b leads with a mean rank of 2.00 among 3 contenders, over 2 tasks × 1 seed, level with a and c; the final regret of a is in the mean higher by 0.150");
  }

  /// One of 10 suggestions on one task and none of 30 on the other: 5 % where the tasks count alike, 1 of 40 where suggestions do.
  @Test
  void besideAShareThatCountsTasksAlikeStandsHowManySuggestionsItIsOf() {
    double[] over = new double[30];
    over[29] = Double.POSITIVE_INFINITY;
    Field field = field(List.of(run("t", "a", 0, over), run("u", "a", 0, new double[50])));
    assertThat(labels(Divergence.picture("d", field, new Styles(field.contenders())))).extracting(Shape.Label::text).contains("5 %", "n = 40 suggestions").noneMatch(t -> t.contains(" of 40"));
  }

  @Test
  void aContenderWithoutSuggestionsHasNoSeconds() {
    Played played = new Played("s", List.of(failed("t", "a", 3, 0.5)), 1, List.of(), "", List.of(), Played.ByRows.NONE, List.of());
    assertThat(Summary.lines(Judgement.of(played))).noneMatch(l -> l.contains("NaN")).anyMatch(l -> l.endsWith("–  1 failed"));
  }

  @Test
  void aMarkIsOfTheTasksThatHaveSoManyTrialsAndFewerInitialOnes() {
    double[] ten = new double[10];
    double[] thirty = new double[30];
    Arrays.fill(ten, 0.5);
    Arrays.fill(thirty, 0.1);
    Run late = new Run("late", Group.SMOOTH, "a", "1", 0, 10, 30, run("late", "a", 0, thirty).steps(), Optional.empty());
    Score score = Score.of(field(List.of(run("t", "a", 0, ten), run("u", "a", 0, thirty), late))).getFirst();
    assertThat(score.regret()).hasSize(2);
    assertThat(score.regret().get(10)).extracting(m -> m.interval().mean(), Mark::tasks).containsExactly(0.3, 2);
    assertThat(score.regret().get(25)).extracting(m -> m.interval().mean(), Mark::tasks).containsExactly(0.1, 2);
  }

  @Test
  void divergedSuggestionsCountAfterTrial20AndAfterTheInitialOnes() {
    double[] losses = new double[30];
    Arrays.fill(losses, 1);
    Arrays.fill(losses, 5, 22, Double.POSITIVE_INFINITY);
    Run run = run("t", "a", 0, losses);
    assertThat(Share.of(List.of(run))).isEqualTo(new Share(2, 10));
    Run initial = new Run("t", Group.SMOOTH, "a", "1", 0, 21, 30, run.steps(), Optional.empty());
    assertThat(Share.of(List.of(run, initial))).isEqualTo(new Share(3, 19));
    assertThat(Share.of(List.of(run("t", "a", 0, 1, 1))).value()).isNaN();
  }

  @Test
  void aFailedRunRanksLastAndKeepsTheRegretItHad() {
    List<Score> scores = Score.of(field(List.of(failed("t", "a", 3, 0.1, 0), failed("t", "b", 3), run("t", "c", 0, 1, 1, 0.9))));
    assertThat(scores).extracting(Score::contender).containsExactly("c", "a", "b");
    assertThat(scores).extracting(Score::meanRank).containsExactly(1.0, 2.5, 2.5);
    assertThat(scores).extracting(s -> s.failed().size()).containsExactly(0, 1, 1);
    assertThat(scores).extracting(s -> s.last().interval().mean()).containsExactly(0.9, 0.0, 1.0);
  }

  @Test
  void inTestsAFailedRunHasTheHighestRegretOfItsMatch() {
    Field field = field(List.of(failed("t", "a", 2, 0.1), run("t", "b", 0, 3, 2), run("t", "c", 0, 1, 0.9)));
    assertThat(field.contests().getFirst().standings("a")).containsExactly(2);
    assertThat(Unit.MATCHES.differences(field, "a", "c")).containsExactly(2 - 0.9);
  }

  /// It was the lowest when it failed, and ranks last.
  @Test
  void aFailedRunIsMarkedAndIsNotTheLowestOfItsTask() {
    Field field = field(List.of(failed("t", "a", 3, 0.1, 0.05), run("t", "b", 0, 1, 1, 0.9)));
    List<Shape.Label> labels = labels(HeatMap.picture("tasks", field, List.of("b", "a")));
    assertThat(labels).filteredOn(Shape.Label::bold).extracting(Shape.Label::text).containsExactly("0.90");
    assertThat(labels).extracting(Shape.Label::text).contains("0.050*");
    Styles styles = new Styles(field.contenders());
    assertThat(labels(Multiples.picture("m", "", field.contests(), styles))).extracting(Shape.Label::text).contains("lowest: b 0.9");
    assertThat(labels(Curves.picture("c", "", field, styles))).extracting(Shape.Label::text).contains("0.05*", "0.9");
    Verdict verdict = Verdict.of(field);
    assertThat(((Block.Table) ScoreTable.standings(verdict)).rows()).extracting(row -> row.get(2)).containsExactly("0.900", "0.050*");
    assertThat(((Block.Table) Reached.of(verdict).table(field)).header()).containsExactly("Task", "a*");
  }

  private static List<Shape.Label> labels(Picture picture) {
    return picture.shapes().stream().flatMap(s -> s instanceof Shape.Label l ? Stream.of(l) : Stream.of()).toList();
  }

  /// The failed run had a lower regret before it failed than the leader at the end.
  @Test
  void theIntervalOfADifferenceIsOfTheRegretsThatAreTested() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      runs.add(run("t", "a", seed, 1, 0.1));
      runs.add(new Run("t", Group.SMOOTH, "b", "1", seed, 1, 2, run("t", "b", seed, 0.01).steps(), Optional.of("broke")));
    }
    Duel duel = Duel.of(field(runs), "a").getFirst();
    assertThat(duel.lost()).isEqualTo(6);
    assertThat(duel.difference().mean()).isCloseTo(1 - 0.1, within(1e-12));
    assertThat(duel.difference().low()).isPositive();
  }

  @Test
  void aMatchThatSomeContenderLacksCountsForNone() {
    List<Run> runs = List.of(run("t", "a", 0, 1, 0.1), run("t", "b", 0, 1, 0.2), run("t", "a", 1, 1, 0.3), run("u", "b", 0, 1, 0.1));
    assertThat(field(runs).matches()).isEqualTo(1);
    assertThat(Field.of(runs, Set.of("b")).matches()).isEqualTo(2);
  }

  @Test
  void aTaskWithTwoBudgetsIsTwoContests() {
    Field field = field(List.of(run("t", "a", 0, 1, 0.1), run("t", "a", 0, 1, 0.1, 0.1)));
    assertThat(field.contests()).extracting(Contest::name).containsExactly("t, 2", "t, 3");
    Run other = new Run("t", Group.SMOOTH, "a", "1", 0, 2, 3, run("t", "a", 0, 1, 0.1, 0.1).steps(), Optional.empty());
    Field three = field(List.of(run("t", "a", 0, 1, 0.1), run("t", "a", 0, 1, 0.1, 0.1), other, run("u", "a", 0, 1)));
    assertThat(three.contests()).extracting(Contest::name).containsExactly("t, 2", "t, 3 with 1 initial", "t, 3 with 2 initial", "u");
    assertThat(Reached.of(Verdict.of(three)).trials()).hasSize(4);
  }

  @Test
  void tablesAndTheirModelsAreOfDifferentFolders() {
    Field field = field(List.of(run("data/lcbench/a", "x", 0, 1, 1), run("data/lcbench/a (surrogate)", "x", 0, 1, 1), run("branin", "x", 0, 1, 1)));
    assertThat(field.folders()).containsExactly("data/lcbench", "data/lcbench (surrogate)");
    Field longer = field(List.of(run("lcbench/a (surrogate)", "x", 0, 1, 1), run("lcbench/a (surrogate)", "x", 0, 1, 1, 1)));
    assertThat(longer.folders()).as("two budgets").containsExactly("lcbench (surrogate)");
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
    Field field = field(runs);
    assertThat(Unit.of(field)).isEqualTo(Unit.TASKS);
    List<Duel> duels = Duel.of(field, "a");
    assertThat(duels).extracting(Duel::rival).containsExactly("b", "c");
    assertThat(duels).extracting(Duel::lost).containsExactly(8, 0);
    assertThat(duels.getFirst().p()).isCloseTo(2 * 2 / 256.0, within(1e-12));
    assertThat(duels.getFirst().difference().mean()).isCloseTo(0.1 + 0.02 * 3.5, within(1e-12));
    assertThat(duels.getLast().p()).as("no differences").isEqualTo(1);
  }

  @Test
  void fewTasksAreTestedOverTheirSeeds() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      runs.add(run("t", "a", seed, 1, 0.1));
      runs.add(run("t", "b", seed, 1, 0.2 + 0.01 * seed));
    }
    Field field = field(runs);
    assertThat(Unit.of(field)).isEqualTo(Unit.MATCHES);
    assertThat(Duel.of(field, "a").getFirst().p()).isCloseTo(2 / 64.0, within(1e-12));
  }
}
