package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import proxima.report.ReportData.Estimate;

final class ComparisonTest {

  private static Estimate of(Double... values) {
    double mean = List.of(values).stream().mapToDouble(v -> v).average().orElseThrow();
    return new Estimate(mean, mean, mean, List.of(values), 0);
  }

  @Test
  void pairsTheSameSeeds() {
    // Differences 1, 2, 3: mean 2, standard error 1 / sqrt 3, t(2) = 4.302652729749464.
    Comparison c = Comparison.of(of(1.0, 1.0, 1.0), of(2.0, 3.0, 4.0));
    assertThat(c.paired()).isTrue();
    assertThat(c.gain()).isCloseTo(2, within(1e-12));
    assertThat(c.low()).isCloseTo(2 - 4.302652729749464 / Math.sqrt(3), within(1e-9));
  }

  @Test
  void comparesUnequalListsByWelch() {
    // scipy.stats.ttest_ind([2, 3, 4], [1, 1.5], equal_var=False).confidence_interval()
    Comparison c = Comparison.of(of(1.0, 1.5), of(2.0, 3.0, 4.0));
    assertThat(c.paired()).isFalse();
    assertThat(c.gain()).isCloseTo(1.75, within(1e-12));
    assertThat(c.low()).isCloseTo(-0.41865104023665056, within(1e-8));
    assertThat(c.high()).isCloseTo(3.9186510402366506, within(1e-8));
  }

  /// Of three seeds one has lost its second training and the other its third: what is left are not pairs.
  @Test
  void doesNotPairWhatIsLeftOfOtherSeeds() {
    Estimate one = new Estimate(1.5, 1, 2, List.of(1.0, 2.0), 1);
    assertThat(Comparison.of(one, new Estimate(2.5, 2, 3, List.of(2.0, 3.0), 1)).paired()).isFalse();
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
