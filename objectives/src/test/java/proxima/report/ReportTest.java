package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.report.ReportData.Estimate;
import proxima.report.ReportData.Phase;
import proxima.report.ReportData.Timing;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

final class ReportTest {

  @TempDir private Path folder;

  @TempDir private static Path sample;
  private static String page = "";

  @BeforeAll
  static void writeTheSampleRun() throws IOException {
    page = Files.readString(Report.write(sample, SampleRun.run()));
  }

  private String html(ReportData data) throws IOException {
    return Files.readString(Report.write(folder, data));
  }

  @Test
  void loadsNothing() {
    assertThat(page).doesNotContain("http", "src=", "<script", "@import", "url(", "<link");
  }

  @Test
  void holdsTheNumbers() {
    // Means, intervals, and the paired gains: 0.34 over the global setting, 1.2425 over the default.
    assertThat(page).contains("1.218 nats", "1.558 nats", "2.460 nats", "1.206 to 1.229", "+0.340", "+1.243", "more than chance explains");
    assertThat(page).contains("width 64, depth 2", "DJL 0.32.0", "fresh 8 to 11", "higher a loss is than the recommended setting&#39;s", "2 fits of the model fell back", "workers: 2");
  }

  @Test
  void escapesTextFromOutside() {
    assertThat(page).contains("&lt;script&gt;alert(1)", "the machine &lt;gpu-3&gt; was lost &amp; is back", "a &lt; b");
  }

  @Test
  void sameDataSamePage() throws IOException {
    assertThat(html(SampleRun.run())).isEqualTo(page);
  }

  @Test
  void writesPicturesBesideThePage() {
    for (String name : List.of("result", "modules", "values-global", "history-global", "history-module", "sensitivity", "slices", "time")) {
      assertThat(sample.resolve(name + ".png")).isNotEmptyFile();
    }
  }

  @Test
  void showsARunThatHasNotBegun() throws IOException {
    assertThat(html(SampleRun.of(List.of()))).contains("no trial has begun", "no losses over fresh seeds yet");
  }

  @Test
  void showsARunThatWasStoppedInItsFirstPhase() throws IOException {
    var data = SampleRun.of(List.of(new Phase("global", SampleRun.study("global", SampleRun.GLOBAL, 9, 1))));
    assertThat(html(data)).contains("the per-module phase has not begun", "Best loss so far");
  }

  @Test
  void showsAPhaseWithoutTrials() throws IOException {
    var data =
        SampleRun.of(
            List.of(
                new Phase("global", SampleRun.study("global", SampleRun.GLOBAL, 9, 1)),
                new Phase("module", new StoredStudy("module", SampleRun.MODULE, 1, "gp", List.of()))));
    assertThat(html(data)).contains("No trial of phase &#39;module&#39; has finished");
  }

  @Test
  void showsASearchWithoutModules() throws IOException {
    var space =
        SearchSpace.of(
            Parameter.log("rate", 1e-5, 1e-1), Parameter.integer("layers", 1, 8), Parameter.categorical("activation", "gelu", "relu"),
            Parameter.real("dropout", 0, 0.5).when("activation", "relu"));
    var search = SampleRun.study("search", space, 30, 4);
    var best = Trials.best(search).orElseThrow().configuration();
    var data =
        new ReportData(
            "plain", "", "", List.of(new Phase("search", search)), Map.of("best", SampleRun.estimate(1.25, 1.2, 1.3, 1.24, 1.26)), Optional.of(best), List.of(), Optional.empty(), List.of(), "", "",
            List.of(), List.of(), List.of());
    assertThat(html(data)).contains("The settings found", "activation = gelu", "Best found").doesNotContain("Missing from this report");
  }

  @Test
  void recommendsNothingBeforeFreshSeedsHaveSpoken() throws IOException {
    ReportData all = SampleRun.run();
    var data =
        new ReportData(
            all.title(), all.unit(), all.above(), all.phases().subList(0, 2), Map.of(), all.recommended(), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
    assertThat(html(data)).contains("There is no recommendation yet; these are the factors of the best so far");
    assertThat(page).doesNotContain("There is no recommendation yet");
  }

  private static ReportData with(Map<String, Estimate> estimates) {
    ReportData all = SampleRun.run();
    return new ReportData(
        all.title(), all.unit(), all.above(), all.phases(), estimates, all.recommended(), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
  }

  @Test
  void aRecommendationThatFreshSeedsLoseIsStillTheRecommendation() throws IOException {
    Map<String, Estimate> estimates = new LinkedHashMap<>(SampleRun.run().estimates());
    estimates.put("perModule", Estimate.none(4));
    assertThat(html(with(estimates)))
        .contains("The recommended setting has no loss over fresh seeds: none of 4 fresh seeds finished.", "Best per module: loss", "0 of 4")
        .doesNotContain("There is no recommendation yet", "Missing from this report", "NaN");
    assertThat(html(with(Map.of("perModule", Estimate.none(4))))).contains("none of 4 fresh seeds finished").doesNotContain("NaN");
  }

  @Test
  void aSeedKeepsItsNumberWhereAnotherIsLost() throws IOException {
    Map<String, Estimate> estimates = new LinkedHashMap<>(SampleRun.run().estimates());
    estimates.put("perModule", new Estimate(1.22, 1.1, 1.3, new TreeMap<>(Map.of(0, 1.21, 1, 1.23, 3, 1.22)), 1));
    // Over the global setting 0.34 with each of the three.
    assertThat(html(with(estimates)))
        .contains("1.210, 1.230, –, 1.220", "seed 4: 1.220 nats", "only 3 of 4 fresh seeds finished", "+0.340", "3 same seeds", "the gain is over the 3 seeds that both have")
        .doesNotContain("seed 3: 1.220", "Welch");
  }

  @Test
  void showsASingleTrial() throws IOException {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "search", SampleRun.GLOBAL, _ -> Point.centre(5), "centre", 1)) {
      study.tell(study.ask().number(), Outcome.of(2));
    }
    var data = SampleRun.of(List.of(new Phase("search", Study.stored(journal, "search").orElseThrow())));
    assertThat(html(data)).contains("one seed, trial 0", "5 with differing losses are needed");
  }

  @Test
  void showsARunInWhichAllDiverged() throws IOException {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "module", SampleRun.MODULE, _ -> Point.centre(SampleRun.MODULE.dimension()), "centre", 1)) {
      for (int i = 0; i < 8; i++) {
        study.tell(study.ask().number(), new Outcome.Diverged(3));
      }
    }
    StoredStudy stored = Study.stored(journal, "module").orElseThrow();
    var data = new ReportData("run", "nats", "", List.of(new Phase("module", stored)), Map.of(), Optional.empty(), List.of(), Optional.empty(), List.of(new Timing("module", 0, "diverged", 0)), "", "", List.of(), List.of(), List.of());
    assertThat(html(data)).contains("8 diverged, 0 failed", "diverged at step 3", "No trial of this phase has finished");
  }

  @Test
  void countsPendingTrials() throws IOException {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "search", SampleRun.GLOBAL, _ -> Point.centre(5), "centre", 1)) {
      study.ask();
      study.ask();
    }
    assertThat(html(SampleRun.of(List.of(new Phase("search", Study.stored(journal, "search").orElseThrow()))))).contains("2 trials asked and not told yet");
  }

  @Test
  void namesAreTextWhateverTheyHold() throws IOException {
    String tag = "<img src=x onerror=alert(1)>";
    String quote = "\"onload=\"alert(2)";
    var space = SearchSpace.of(Parameter.log("rate" + tag, 1e-5, 1e-1), Parameter.categorical("kind" + quote, "a" + tag, "b" + quote, "</svg><script>alert(3)</script>"), Parameter.integer("../up" + tag, 1, 4));
    StoredStudy search = SampleRun.study("search", space, 30, 4);
    var best = Trials.best(search).orElseThrow().configuration();
    var data =
        new ReportData(
            tag, tag, "", List.of(new Phase("search", search)), Map.of("best", SampleRun.estimate(1.25, 1.2, 1.3, 1.24, 1.26)), Optional.of(best), List.of(), Optional.empty(),
            SampleRun.timings(List.of(search)), tag, tag, List.of(tag), List.of(tag), List.of(tag));
    String html = html(data);
    assertThat(html).contains("rate&lt;img", "&lt;img src=x onerror=alert(1)&gt;", "&lt;/script&gt;").doesNotContain("<img", "<script", "\"onload=");
  }

  @Test
  void showsMoreTrialsThanThereArePixels() throws IOException {
    StoredStudy search = SampleRun.study("search", SampleRun.GLOBAL, 1200, 1);
    List<Timing> timings = search.trials().stream().map(t -> new Timing("search", t.number(), t.loss().isPresent() ? "finished" : "diverged", 2)).toList();
    var data =
        new ReportData("many", "", "", List.of(new Phase("search", search)), Map.of(), Optional.empty(), List.of(), Optional.empty(), timings, "", "", List.of(), List.of(), List.of());
    assertThat(html(data))
        .contains("The bars above stand for the shares of trainings that diverged", "1 of the trials 0 to 11 failed")
        .contains("400 trials of 1199, half of them the best")
        .contains("Each bar is the mean wall time of 3 trainings", "3 of 3 finished: 6.0 s")
        .contains("the 1000 trials of the lowest losses, of 1200")
        .hasSizeLessThan(1_000_000);
  }
}
