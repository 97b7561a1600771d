package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
