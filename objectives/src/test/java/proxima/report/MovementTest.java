package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.chart.Shape;
import proxima.report.ReportData.Phase;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Recommendation;
import proxima.strategy.SobolStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

final class MovementTest {

  /// A bowl with its lowest point at 0.3, and one lucky trial among bad ones.
  private static StoredStudy global() {
    var journal = new MemoryJournal();
    var space = SearchSpace.of(Parameter.real("learningRate", 0, 1));
    try (Study study = Study.open(journal, "global", space, known -> Point.of((known.evaluations().size() + 0.5) / 20), "grid", 1)) {
      for (int i = 0; i < 20; i++) {
        var trial = study.ask();
        double noise = i == 10 ? -0.35 : i % 2 == 0 ? 0.1 : -0.1;
        study.tell(trial.number(), Outcome.of(1 + 4 * Math.pow(trial.point().get(0) - 0.3, 2) + noise));
      }
    }
    return Study.stored(journal, "global").orElseThrow();
  }

  /// The loss is of the blocks' ratio alone.
  private static StoredStudy blocks() {
    var journal = new MemoryJournal();
    var space = SearchSpace.of(Parameter.log("block.0/learningRate", 0.25, 4), Parameter.log("block.1/learningRate", 0.5, 2));
    try (Study study = Study.open(journal, "module", space, new SobolStrategy(), "sobol", 1)) {
      study.add(Point.of(0.625, 0.75), Outcome.of(1));
      for (int i = 0; i < 20; i++) {
        var trial = study.ask();
        study.tell(trial.number(), Outcome.of(1.001 + Math.pow(2 * trial.point().get(0) - trial.point().get(1) - 0.5, 2)));
      }
    }
    return Study.stored(journal, "module").orElseThrow();
  }

  private static Stream<Block.Figure> figures(List<Phase> phases) {
    return Movement.section(SampleRun.of(phases), Optional.empty()).blocks().stream().flatMap(b -> b instanceof Block.Figure f ? Stream.of(f) : Stream.of());
  }

  private static Block.Figure values(List<Phase> phases) {
    return figures(phases).filter(f -> f.picture().name().equals("values-global")).findFirst().orElseThrow();
  }

  @Test
  void globalValuesAreThoseThatTheRunAdopts() {
    StoredStudy global = global();
    int adopted = Recommendation.best(global.knowledge(), 1).getFirst();
    assertThat(adopted).isNotEqualTo(Trials.best(global).orElseThrow().number());
    Block.Figure figure = values(List.of(new Phase("global", global), new Phase("module", SampleRun.study("module", SampleRun.MODULE, 6, 2))));
    List<String> large = new ArrayList<>();
    for (Shape shape : figure.picture().shapes()) {
      if (shape instanceof Shape.Dot(_, _, double radius, _, String hint) && radius == 7) {
        large.add(hint);
      }
    }
    assertThat(large).containsExactly("learningRate = " + Names.value(global.trials().get(adopted).configuration().get("learningRate").orElseThrow()));
    assertThat(figure.caption()).contains("adopted, by posterior mean");
  }

  @Test
  void aBlockIsSetBackToWhatTheOthersHave() {
    StoredStudy study = blocks();
    Block.Folded all = (Block.Folded) Movement.section(SampleRun.of(List.of(new Phase("module", study))), Surrogate.of(study)).blocks().get(2);
    // All blocks are alike, whatever their common factor.
    assertThat(((Block.Table) all.blocks().getFirst()).rows()).extracting(row -> row.get(1), row -> row.get(3), row -> row.get(4)).containsOnly(tuple("×1", "+0.0000", "open"));
  }

  @Test
  void nothingIsAdoptedBeforeTheGlobalPhaseHasEnded() {
    assertThat(values(List.of(new Phase("global", global()))).caption()).contains("the best so far, by posterior mean").doesNotContain("adopted");
  }
}
