package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import proxima.report.ReportData.Estimate;

final class ComparisonTest {

  private static Estimate of(Double... values) {
    double mean = List.of(values).stream().mapToDouble(v -> v).average().orElseThrow();
    return SampleRun.estimate(mean, mean, mean, List.of(values).stream().mapToDouble(v -> v).toArray());
  }

  @Test
  void pairsTheSameSeeds() {
    // Differences 1, 2, 3: mean 2, standard error 1 / sqrt 3, t(2) = 4.302652729749464.
    Comparison c = Comparison.of(of(1.0, 1.0, 1.0), of(2.0, 3.0, 4.0));
    assertThat(c.paired()).isTrue();
    assertThat(c.gain()).isCloseTo(2, within(1e-12));
    assertThat(c.low()).isCloseTo(2 - 4.302652729749464 / Math.sqrt(3), within(1e-9));
  }

  private static Estimate of(Map<Integer, Double> bySeed) {
    double mean = bySeed.values().stream().mapToDouble(v -> v).average().orElseThrow();
    return new Estimate(mean, mean, mean, new TreeMap<>(bySeed), 0);
  }

  @Test
  void comparesOtherSeedsByWelch() {
    // scipy.stats.ttest_ind([2, 3, 4], [1, 1.5], equal_var=False).confidence_interval()
    Comparison c = Comparison.of(of(Map.of(0, 1.0, 3, 1.5)), of(2.0, 3.0, 4.0));
    assertThat(c.paired()).isFalse();
    assertThat(c.gain()).isCloseTo(1.75, within(1e-12));
    assertThat(c.low()).isCloseTo(-0.41865104023665056, within(1e-8));
    assertThat(c.high()).isCloseTo(3.9186510402366506, within(1e-8));
  }

  /// Of four seeds one has lost the second and the other the third: with the first and the fourth both have a loss, and the gains are 1 and 3.
  @Test
  void pairsTheSeedsThatBothHave() {
    Comparison c = Comparison.of(of(Map.of(0, 1.0, 2, 9.0, 3, 2.0)), of(Map.of(0, 2.0, 1, 7.0, 3, 5.0)));
    assertThat(c.paired()).isTrue();
    assertThat(c.seeds()).isEqualTo(2);
    assertThat(c.gain()).isEqualTo(2);
    // t(1) = 12.706204736432095, and the standard error is 1.
    assertThat(c.high()).isCloseTo(2 + 12.706204736432095, within(1e-9));
  }

  @Test
  void hasNoIntervalForOneSeed() {
    assertThat(Comparison.of(of(1.0), of(2.0)).hasInterval()).isFalse();
    assertThat(Comparison.of(of(1.0), of(2.0, 3.0)).hasInterval()).isFalse();
  }

  @Test
  void gainsNothingAgainstItself() {
    Comparison c = Comparison.of(of(1.0, 2.0), of(1.0, 2.0));
    assertThat(List.of(c.gain(), c.low(), c.high())).containsOnly(0.0);
  }
}
