package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.report.ReportData.Phase;

final class HistoryTest {

  private static final Phase GLOBAL = new Phase("global", SampleRun.study("global", SampleRun.GLOBAL, 9, 1));

  private static List<String> captions(Phase... phases) {
    return History.section(SampleRun.of(List.of(phases))).blocks().stream().flatMap(b -> b instanceof Block.Figure f ? Stream.of(f.caption()) : Stream.of()).toList();
  }

  @Test
  void eachMarkIsExplainedWhereItIsFirstSeen() {
    List<String> captions = captions(GLOBAL, new Phase("module", SampleRun.study("module", SampleRun.MODULE, 60, 2)));
    assertThat(captions.getFirst()).startsWith("Each dot is one training").doesNotContain("failed", "amber");
    assertThat(captions.getLast())
        .contains("Rings above the axis are trainings that failed.", "The amber ring is a trial that was given, not asked for: the global values adopted")
        .doesNotContain("Each dot");
  }

  @Test
  void aPhaseOfManyTrialsHasMarksOfItsOwn() {
    List<String> captions = captions(GLOBAL, new Phase("module", SampleRun.study("module", SampleRun.MODULE, 1001, 2)));
    assertThat(captions.getFirst()).doesNotContain("The bars above");
    assertThat(captions.getLast()).contains("The bars above stand for the shares of trainings that diverged (red) and failed (grey).").doesNotContain("Rings above");
  }

  @Test
  void aPhaseWithoutMarksOfItsOwnHasNoCaption() {
    assertThat(captions(GLOBAL, new Phase("search", GLOBAL.study())).getLast()).isEmpty();
  }
}
