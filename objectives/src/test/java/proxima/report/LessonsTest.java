package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.report.ReportData.Phase;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.RandomStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

final class LessonsTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1));

  private static double loss(double x) {
    return Math.pow(x - 0.3, 2);
  }

  private static StoredStudy study() {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "search", SPACE, new RandomStrategy(), "random", 1)) {
      for (int i = 0; i < 12; i++) {
        var trial = study.ask();
        study.tell(trial.number(), Outcome.of(loss(trial.configuration().real("x"))));
      }
    }
    return Study.stored(journal, "search").orElseThrow();
  }

  /// @param sign of the earlier run's losses, against this one's
  private static ReportData data(double sign, boolean weighed) {
    List<Point> points = IntStream.range(0, 20).mapToObj(i -> Point.of((i + 0.5) / 20)).toList();
    var task = new PriorTask("earlier", points, points.stream().map(x -> sign * loss(x.get(0))).toList());
    var lesson = new Lesson("search", new PriorTasks(SPACE, List.of(task), List.of()), Map.of(), weighed);
    return new ReportData(
        "run", "", "", List.of(new Phase("search", study())), Map.of(), Optional.empty(), List.of(lesson), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
  }

  private static Block.Table table(ReportData data) {
    return Lessons.section(data, Lessons.agreements(data)).orElseThrow().blocks().stream().flatMap(b -> b instanceof Block.Table t ? Stream.of(t) : Stream.of()).findFirst().orElseThrow();
  }

  private static List<String> notes(ReportData data) {
    return Lessons.notes(data, Lessons.agreements(data));
  }

  @Test
  void anEarlierRunThatForetellsTheOppositeCountsNothing() {
    ReportData data = data(-1, true);
    assertThat(table(data).rows().getFirst().getLast()).isEqualTo("0 %, contradicted");
    assertThat(notes(data)).containsExactly("Search: losses contradict what the earlier runs foretell, so that the search went on without these");
  }

  @Test
  void oneThatIsRightCountsAll() {
    ReportData data = data(1, true);
    assertThat(table(data).rows().getFirst().getLast()).isEqualTo("100 %");
    assertThat(notes(data)).isEmpty();
  }

  @Test
  void aStrategyThatDoesNotWeighEarlierRunsHasNoCounts() {
    ReportData data = data(-1, false);
    assertThat(table(data).header()).endsWith("Lowest loss", "Agreement");
    assertThat(table(data).rows().getFirst().getLast()).startsWith("-");
    assertThat(notes(data)).isEmpty();
  }

  @Test
  void whereSomeTrialsAreUsedAloneItIsSaidHowMany() {
    assertThat(table(data(1, true)).header()).doesNotContain("Used");
    List<Point> points = IntStream.range(0, 700).mapToObj(i -> Point.of((i + 0.5) / 700)).toList();
    var task = new PriorTask("long", points, points.stream().map(x -> loss(x.get(0))).toList());
    var other = new PriorTask("short", points.subList(0, 20), task.losses().subList(0, 20));
    var prior = new PriorTasks(SPACE, List.of(task, other), List.of());
    Block.Table table = (Block.Table) Lessons.section(new Lesson("search", prior, Map.of(), true)).blocks().getFirst();
    assertThat(table.header()).containsSubsequence("Trials", "Used", "Diverged");
    assertThat(table.rows()).extracting(r -> r.get(3)).containsExactly("600", "20");
  }
}
