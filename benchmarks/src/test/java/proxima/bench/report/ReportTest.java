package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.bench.result.Run;

class ReportTest {

  private static final Played SAMPLE = SampleComparison.of(8, 10, 4, 30);

  /// Of 60 runs.
  private static final Played SMALL = SampleComparison.of(4, 5, 3, 25);

  @TempDir private static Path sample;
  @TempDir private Path folder;
  private static String page = "";

  @BeforeAll
  static void writeTheSample() throws IOException {
    Report.write(sample, Judgement.of(SAMPLE));
    page = Files.readString(sample.resolve("report.html"));
  }

  private String html(Played played) throws IOException {
    Report.write(folder, Judgement.of(played));
    return Files.readString(folder.resolve("report.html"));
  }

  private static Played with(List<Run> runs) {
    return new Played("small", runs, SMALL.planned(), List.of(), "", List.of(), Played.ByRows.NONE, List.of());
  }

  @Test
  void loadsNothingAndEscapesWhatIsFromOutside() {
    assertThat(page).doesNotContain("http", "src=", "<script", "@import", "url(", "<link");
    assertThat(page).contains("tpe&lt;script&gt;", "no Python &amp; no luck", "# &lt;sample&gt;", "&lt;exit 1&gt; &amp; no reason");
  }

  @Test
  void sameRunsSamePage() throws IOException {
    assertThat(html(SAMPLE)).isEqualTo(page);
  }

  @Test
  void saysWhoLeadsAndOverHowMuch() {
    assertThat(page).contains("proxima leads with a mean rank of", "10 tasks × 4 seeds", "Wilcoxon over 40 pairs of task and seed, Holm", "n = 40 pairs");
    assertThat(page).contains("After how many trials proxima has for the first time the regret that another has at its end");
    assertThat(page).contains("a made-up machine", "c0ffee", "rows of a table (2,000)", "turbo 1.0");
  }

  @Test
  void saysWhoChoosesAmongTheRowsOfTables() throws IOException {
    assertThat(page).contains("Of 10 tasks 2 are tables that are played by their rows. proxima, random, forest choose among these; of sobol, trust-region-random, cma-es, botorch, turbo the row nearest");
    assertThat(html(with(SMALL.runs()))).doesNotContain("played by");
  }

  @Test
  void writesPicturesBesideThePage() throws IOException {
    try (Stream<Path> files = Files.list(sample)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).filter(f -> f.endsWith(".png")).map(f -> f.replace(".png", ""))).contains(
          "critical-difference", "curves", "critical-difference-cliff", "curves-cliff", "tasks", "curves-by-task", "seconds", "diverged");
    }
  }

  @Test
  void failedRunsAreMarkedAndTheRuleIsSaid() throws IOException {
    assertThat(page).contains("* Some runs failed: they rank last", "an asterisk marks those with such runs");
    assertThat(html(SMALL)).doesNotContain("* Some runs failed");
  }

  @Test
  void saysHowFarOursIsBehind() throws IOException {
    List<Run> renamed = SMALL.runs().stream()
        .filter(r -> List.of("random", "sobol").contains(r.contender()))
        .map(r -> r.contender().equals("sobol") ? new Run(r.task(), r.group(), "proxima", "1", r.seed(), r.initial(), r.trials(), r.steps().subList(0, r.initial() + 1), r.failure()) : r)
        .toList();
    assertThat(html(with(renamed))).contains("random leads with a mean rank of", "proxima comes second", "more than chance explains");
  }

  @Test
  void whereNoSuggestionIsLateNoneIsSaidNotToHaveDiverged() throws IOException {
    List<Run> brief = Stream.of("a", "b").map(c -> ScoreTest.run("t", c, 0, 1, 0.5, 0.2)).toList();
    assertThat(html(with(brief))).contains("There are no suggestions after trial 20.").doesNotContain("No suggestion after trial 20 diverged.");
  }

  @Test
  void aComparisonThatGoesOnIsOverWhatAllHavePlayed() throws IOException {
    assertThat(html(with(SMALL.runs().subList(0, 26)))).contains("26 of 60 runs have been played", "5 tasks × 1 to 2 seeds");
    assertThat(html(with(SMALL.runs().subList(0, 3)))).contains("1 task × 1 seed");
    assertThat(html(with(List.of()))).contains("No task has been played by all contenders yet");
  }

  @Test
  void aContenderAloneIsNotCompared() throws IOException {
    assertThat(html(with(SMALL.runs().stream().filter(r -> r.contender().equals("random")).toList()))).contains("random alone has played").doesNotContain("Mean ranks by final regret");
  }

  @Test
  void aComparisonInWhichAllAreLevel() throws IOException {
    List<Run> level = SMALL.runs().stream()
        .map(r -> new Run(r.task(), r.group(), r.contender(), "1", r.seed(), r.initial(), r.trials(), r.steps().stream().map(_ -> new Run.Step(0, 0, 0)).toList(), r.failure()))
        .toList();
    assertThat(html(with(level))).contains("level with", "Chance may explain");
  }

  private static List<Run> failed(List<Run> runs) {
    return runs.stream().map(r -> new Run(r.task(), r.group(), r.contender(), "1", r.seed(), r.initial(), r.trials(), r.steps().subList(0, r.initial()), Optional.of("crashed"))).toList();
  }

  @Test
  void whereEveryRunFailedNobodyLeads() throws IOException {
    Played failed = with(failed(SMALL.runs()));
    String text = "Every run failed; there is nothing to compare.";
    assertThat(html(failed)).contains(text, "crashed").doesNotContain("leads with", ">leads<");
    assertThat(Summary.lines(Judgement.of(failed))).last().isEqualTo(text);
    assertThat(Summary.json(Judgement.of(failed)).toString()).contains("\"significance\":{}", "\"failed\":[{").doesNotContain("\"reached\"");

    List<Run> oneIsWhole = Stream.concat(failed(SMALL.runs()).stream().skip(1), SMALL.runs().stream().limit(1)).toList();
    String page = html(with(oneIsWhole));
    assertThat(page).contains("proxima leads with", "every run failed");
    assertThat(page.split(">leads<", -1)).as("of all tasks, and of the group of the one").hasSize(3);
    assertThat(html(with(failed(SMALL.runs().stream().filter(r -> r.contender().equals("random")).toList())))).contains(text).doesNotContain("alone has played");
  }

  @Test
  void theTerminalShowsTheEndWhereItIsNoMark() {
    List<String> lines = Summary.lines(Judgement.of(with(runs(12))));
    assertThat(lines.get(2)).contains("  @10                    @end                   div.");
    assertThat(lines.get(3)).contains("  a ", "0.020");
    assertThat(lines.get(3).indexOf("0.020")).isEqualTo(lines.get(2).indexOf("@10"));
    assertThat(lines.get(3).indexOf("0.010")).isEqualTo(lines.get(2).indexOf("@end"));
    assertThat(Summary.lines(Judgement.of(with(runs(10)))).get(2)).contains("@10").doesNotContain("@end");
    assertThat(Summary.lines(Judgement.of(with(runs(9)))).get(2)).contains("@end").doesNotContain("@10");
  }

  /// Of `a` and `b`, whose regrets fall to 0.01 in the twelfth trial.
  private static List<Run> runs(int trials) {
    double[] regrets = IntStream.rangeClosed(1, trials).mapToDouble(n -> n < 12 ? 0.02 : 0.01).toArray();
    return Stream.of("a", "b").map(c -> ScoreTest.run("t", c, 0, regrets)).toList();
  }

  @Test
  void theSummaryHasANumberOrNullForEach() {
    String json = Summary.json(Judgement.of(SAMPLE)).toString();
    assertThat(json).doesNotContain("NaN").contains("\"diverged\":", "\"folders\":{\"smooth\":[{\"name\":");
    assertThat(String.join("\n", Summary.lines(Judgement.of(SAMPLE)))).contains("all tasks, 10 tasks × 4 seeds", "cliff, 2 tasks × 4 seeds", "proxima leads");
  }

  @Test
  void theSummaryShowsSmallRegretsToo() {
    List<Run> small = SMALL.runs().stream()
        .map(r -> new Run(r.task(), r.group(), r.contender(), "1", r.seed(), r.initial(), r.trials(), r.steps().stream().map(_ -> new Run.Step(2e-5, 2e-5, 0)).toList(), r.failure()))
        .toList();
    assertThat(String.join("\n", Summary.lines(Judgement.of(with(small))))).contains(" 2e-5 [2e-5, 2e-5]").doesNotContain("0.000 [");
    assertThat(List.of(ScoreTable.regret(-0.2), ScoreTable.regret(-2e-5))).containsExactly("-0.200", "-2e-5");
  }
}
