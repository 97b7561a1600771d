package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.chart.Ink;
import proxima.chart.Shape;
import proxima.report.ReportData.Phase;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.SobolStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

final class SlicesTest {

  private static final double EDGE = 26; // the upper end of the first row of panels

  /// Losses rise without end to the right, and trainings diverge from there on.
  private static StoredStudy study(double end) {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "search", SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("z", 0, 1)), new SobolStrategy(), "sobol", 1)) {
      for (int i = 0; i < 40; i++) {
        var trial = study.ask();
        double x = trial.configuration().real("x");
        double z = trial.configuration().real("z");
        study.tell(trial.number(), x > end ? new Outcome.Diverged(3) : Outcome.of(1 + Math.pow(x - 0.4, 2) + Math.exp(15 * (x - 0.7)) + 0.1 * z));
      }
    }
    return Study.stored(journal, "search").orElseThrow();
  }

  private static Block.Figure figure(StoredStudy study) {
    var data =
        new ReportData(
            "run", "", "", List.of(new Phase("search", study)), Map.of(), Optional.empty(), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
    return (Block.Figure) Slices.section(data, Surrogate.of(study)).blocks().getFirst();
  }

  @Test
  void aCurveEndsAtTheUpperEdge() {
    List<Double> ends = new ArrayList<>();
    for (Shape shape : figure(study(0.9)).picture().shapes()) {
      if (shape instanceof Shape.Line(List<Shape.Vertex> curve, Shape.Paint paint, _, _) && paint.ink() == Ink.BLUE) {
        assertThat(curve).allMatch(v -> v.y() >= EDGE - 1e-9);
        // Nor does it go along the edge.
        assertThat(IntStream.range(1, curve.size())).noneMatch(i -> curve.get(i).y() < EDGE + 1e-9 && curve.get(i - 1).y() < EDGE + 1e-9);
        ends.add(curve.getLast().y());
      }
    }
    assertThat(ends).anyMatch(y -> Math.abs(y - EDGE) < 1e-9);
  }

  @Test
  void trialsAboveThePanelAndDivergedOnesAreMarkedAtItsEdge() {
    StoredStudy study = study(0.9);
    Block.Figure figure = figure(study);
    List<Integer> red =
        figure.picture().shapes().stream().flatMap(s -> s instanceof Shape.Dot d && d.paint().ink() == Ink.RED && d.y() == EDGE ? Stream.of(number(d.hint())) : Stream.of()).distinct().toList();
    List<Integer> diverged = study.trials().stream().filter(t -> t.loss().isEmpty()).map(t -> t.number()).toList();
    assertThat(red).isNotEmpty().isSubsetOf(diverged);
    assertThat(figure.caption()).contains("red dots there those that diverged, which count as the highest loss or more");
    // Of all finished trials those with losses above the axis too can be pointed at.
    List<Integer> shown = figure.picture().shapes().stream().flatMap(s -> s instanceof Shape.Dot d && d.hint().startsWith("trial ") ? Stream.of(number(d.hint())) : Stream.of()).toList();
    assertThat(shown).containsAll(study.trials().stream().filter(t -> t.loss().orElse(0) > 2).map(t -> t.number()).toList());
  }

  private static int number(String hint) {
    return Integer.parseInt(hint.replaceAll("trial (\\d+).*", "$1"));
  }

  @Test
  void divergedTrialsAreNotSpokenOfWhereThereAreNone() {
    assertThat(figure(study(1)).caption()).doesNotContain("diverged");
  }
}
