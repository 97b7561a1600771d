package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.report.ReportData.Phase;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

final class OriginsTest {

  /// One trial of it, at the point.
  private static StoredStudy study(String name, SearchSpace space, Point point) {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, name, space, _ -> point, "one", 1)) {
      study.tell(study.ask().number(), Outcome.of(1));
    }
    return Study.stored(journal, name).orElseThrow();
  }

  private static ReportData data() {
    StoredStudy global = study("global", SearchSpace.of(Parameter.log("learningRate", 0.01, 1)), Point.of(0.5));
    StoredStudy module = study("module", SearchSpace.of(Parameter.log("embed/learningRate", 0.25, 4), Parameter.log("all/beta1", 0.25, 4)), Point.of(1, 0.25));
    Map<String, Value> recommended = new LinkedHashMap<>(Map.of("learningRate", new Value.Real(0.1)));
    recommended.putAll(module.trials().getFirst().configuration().values());
    return new ReportData(
        "run", "", "", List.of(new Phase("global", global), new Phase("module", module)), Map.of(), Optional.of(new Configuration(recommended)), List.of(), Optional.empty(), List.of(), "", "", List.of(),
        List.of(), List.of());
  }

  private static List<Block.Table> tables(ReportData data) {
    return Origins.section(data, List.of()).blocks().stream().flatMap(b -> b instanceof Block.Folded f ? f.blocks().stream() : Stream.of()).map(Block.Table.class::cast).toList();
  }

  @Test
  void withoutNotesNoMoreIsClaimedThanThat() {
    assertThat(Origins.section(data(), List.of()).blocks().getFirst()).isEqualTo(new Block.Text("Nothing is noted."));
  }

  /// Four and one: over their geometric mean, two and a half.
  @Test
  void factorsOfBlocksAreOverTheirGeometricMean() {
    StoredStudy module = study("module", SearchSpace.of(Parameter.log("embed/learningRate", 0.25, 4), Parameter.log("block.0/learningRate", 0.25, 4), Parameter.log("block.1/learningRate", 0.25, 4)), Point.of(1, 1, 0.5));
    ReportData data = new ReportData(
        "run", "", "", List.of(new Phase("module", module)), Map.of(), Optional.of(module.trials().getFirst().configuration()), List.of(), Optional.empty(), List.of(), "", "", List.of(), List.of(), List.of());
    List<Block.Table> tables = tables(data);
    assertThat(tables.getFirst().rows()).containsExactly(List.of("embed learning rate", "×4.0"), List.of("block 0 learning rate", "×2.0"), List.of("block 1 learning rate", "÷2.0"));
    assertThat(tables.get(1).rows().getFirst()).endsWith("embed learning rate ×4.0, block 0 learning rate ×2.0, block 1 learning rate ÷2.0");
  }

  @Test
  void factorsAreNotTakenForValues() {
    List<Block.Table> tables = tables(data());
    assertThat(tables.getFirst().rows()).containsExactly(List.of("learningRate", "0.1"), List.of("embed learning rate", "×4.0"), List.of("all modules 1 − β1", "÷2.0"));
    assertThat(tables.get(1).rows().getFirst()).endsWith("learningRate=0.1");
    assertThat(tables.get(2).rows().getFirst()).endsWith("embed learning rate ×4.0, all modules 1 − β1 ÷2.0");
  }
}
