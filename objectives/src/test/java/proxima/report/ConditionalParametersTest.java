package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.chart.Picture;
import proxima.chart.Shape;
import proxima.report.ReportData.Phase;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.SobolStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.TrialResult;

/// Where a parameter is not active it has no value, though its coordinate is 1/2.
final class ConditionalParametersTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(Parameter.log("rate", 1e-3, 10), Parameter.categorical("optimizer", "sgd", "momentum"), Parameter.real("momentum", 0.5, 0.99).when("optimizer", "momentum"));

  /// Momentum is tried high up, and trainings with it diverge at high rates; the loss is of the rate alone.
  private static StoredStudy study() {
    var journal = new MemoryJournal();
    var sobol = new SobolStrategy();
    try (Study study = Study.open(journal, "search", SPACE, known -> raised(sobol.suggest(known)), "sobol", 1)) {
      for (int i = 0; i < 40; i++) {
        var trial = study.ask();
        double rate = trial.configuration().real("rate");
        boolean diverges = trial.configuration().get("momentum").isPresent() && rate > 1;
        study.tell(trial.number(), diverges ? new Outcome.Diverged(3) : Outcome.of(1 + Math.pow(Math.log(rate), 2) / 10));
      }
    }
    return Study.stored(journal, "search").orElseThrow();
  }

  private static Point raised(Point x) {
    return SPACE.snap(Surrogate.with(x, 3, 0.7 + 0.3 * x.get(3)));
  }

  private static ReportData data(StoredStudy study, Configuration recommended) {
    return new ReportData(
        "run", "", "", List.of(new Phase("search", study)), Map.of(), Optional.of(recommended), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
  }

  private static Configuration sgd() {
    return new Configuration(Map.of("rate", new Value.Real(1), "optimizer", new Value.Category("sgd")));
  }

  private static Configuration momentum() {
    return new Configuration(Map.of("rate", new Value.Real(1), "optimizer", new Value.Category("momentum"), "momentum", new Value.Real(0.9)));
  }

  private static Stream<Shape> shapes(Block.Section section) {
    return section.blocks().stream().flatMap(b -> b instanceof Block.Figure(Picture picture, _) ? picture.shapes().stream() : Stream.of());
  }

  private static List<String> headings(Block.Section section) {
    return shapes(section).flatMap(s -> s instanceof Shape.Label l && l.bold() ? Stream.of(l.text()) : Stream.of()).toList();
  }

  /// The trials that have a dot.
  private static Stream<Integer> dots(Stream<Shape> shapes) {
    return shapes.flatMap(s -> s instanceof Shape.Dot d && d.hint().startsWith("trial ") ? Stream.of(Integer.valueOf(d.hint().replaceAll("trial (\\d+).*", "$1"))) : Stream.of());
  }

  @Test
  void slicesAreAlongActiveParametersAlone() {
    StoredStudy study = study();
    Optional<Surrogate> model = Surrogate.of(study);
    assertThat(headings(Slices.section(data(study, sgd()), model))).containsExactly("rate");
    assertThat(headings(Slices.section(data(study, momentum()), model))).containsExactlyInAnyOrder("rate", "momentum");
  }

  @Test
  void trialsWithoutAValueHaveNoDot() {
    StoredStudy study = study();
    List<Integer> without = study.trials().stream().filter(t -> t.configuration().get("momentum").isEmpty()).map(TrialResult::number).toList();
    // Once at their rate, and never at a momentum.
    assertThat(dots(shapes(Slices.section(data(study, momentum()), Surrogate.of(study)))).filter(without::contains)).isNotEmpty().doesNotHaveDuplicates();
    ReportData data = data(study, sgd());
    Block.Figure ranges = Ranges.figure(data.phases().getFirst(), Chosen.of(data, study).orElseThrow());
    assertThat(ranges.caption()).contains("10 best trials, where they have one.");
    assertThat(dots(ranges.picture().shapes().stream()).filter(without::contains)).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void divergedTrialsAreComparedWhereTheParameterIsActive() {
    String text = Trouble.section(data(study(), sgd())).blocks().stream().flatMap(b -> b instanceof Block.Text t ? Stream.of(t.text()) : Stream.of()).findFirst().orElseThrow();
    assertThat(text).contains("rate (higher)");
    // Momentum is as high where they finish with it.
    assertThat(text).doesNotContain("momentum");
  }

  @Test
  void learnedRangesShowAParameterWhereItIsActive() {
    var task = new PriorTask("earlier", List.of(SPACE.encode(sgd()), SPACE.encode(momentum())), List.of(1.0, 2.0));
    var other = new PriorTask("another", List.of(SPACE.encode(sgd()), SPACE.encode(momentum())), List.of(2.0, 1.0));
    var lesson = new Lesson("search", new PriorTasks(SPACE, List.of(task, other), List.of()), Map.of(), false);
    var chosen = new Chosen(SPACE.encode(sgd()), sgd(), "recommended");
    List<String> hints =
        LearnedRanges.figures(lesson, Optional.of(chosen)).stream()
            .flatMap(b -> ((Block.Figure) b).picture().shapes().stream())
            .flatMap(s -> s instanceof Shape.Dot d ? Stream.of(d.hint()) : s instanceof Shape.Ring r ? Stream.of(r.hint()) : Stream.of())
            .filter(h -> h.contains(": "))
            .toList();
    assertThat(hints).containsExactly("this run: 1", "earlier: 1", "another: 1", "another: 0.9");
  }
}
