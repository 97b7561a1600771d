package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.chart.Block;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

class BesideTest {

  /// A run of 50 trials that reaches loss 1 with the n-th.
  private static double[] lowest(int n) {
    double[] lowest = new double[50];
    Arrays.fill(lowest, 2);
    Arrays.fill(lowest, n - 1, lowest.length, 1);
    return lowest;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      12 | 40 | after 40 trials of 50; this run was there after 12 trials, 3.3 times fewer.
      12 | 12 | after 12 trials of 50; this run was there after 12 trials, as many.
      40 | 12 | after 12 trials of 50; this run was there after 40 trials, 3.3 times as many.
      """)
  void aRunIsThereWithFewerTrialsOrAsManyOrMore(int here, int there, String end) {
    assertThat(Beside.sentence(lowest(here), lowest(there), "other", "")).isEqualTo("other had its lowest loss, 1.000, " + end);
  }

  private static ReportData data(List<String> differences, SearchSpace there) {
    var other = new ReportData.Other("other", "width 8", differences, List.of(new ReportData.Phase("search", study(there))));
    return new ReportData(
        "run", "", "", List.of(new ReportData.Phase("search", study(SPACE))), Map.of(), Optional.empty(), List.of(), Optional.of(other), List.of(), "width 16", "", List.of(), List.of(), List.of());
  }

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1));

  private static StoredStudy study(SearchSpace space) {
    var journal = new MemoryJournal();
    try (Study study = Study.open(journal, "search", space, new RandomStrategy(), "random", 1)) {
      for (int i = 0; i < 4; i++) {
        study.tell(study.ask().number(), Outcome.of(i));
      }
    }
    return Study.stored(journal, "search").orElseThrow();
  }

  private static String text(Block.Section section) {
    return String.join("\n", section.blocks().stream().map(b -> b instanceof Block.Text t ? t.text() : "").toList());
  }

  @Test
  void runsThatDifferInMoreThanTheirSearchAreNotComparedByTrials() {
    Block.Section alike = Beside.section(data(List.of(), SPACE)).orElseThrow();
    assertThat(text(alike)).contains("other trained at width 8, this run at width 16. ", "as many");
    assertThat(alike.blocks()).hasAtLeastOneElementOfType(Block.Figure.class);
    Block.Section apart = Beside.section(data(List.of("the scale"), SearchSpace.of(Parameter.real("x", 0, 2)))).orElseThrow();
    assertThat(text(apart)).contains("How many trials each took is not compared, as the runs differ in the scale and the space.").doesNotContain("as many");
    assertThat(apart.blocks()).doesNotHaveAnyElementsOfTypes(Block.Figure.class);
  }
}
