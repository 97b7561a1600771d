package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AccordTest {

  @Test
  void kendallCountsPairsInOrderLessThoseInReverse() {
    assertThat(Accord.kendall(new double[] {1, 2, 3}, new double[] {10, 20, 15})).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(Accord.kendall(new double[] {1, 2, 3}, new double[] {30, 20, 10})).isEqualTo(-1);
    assertThat(Accord.kendall(new double[] {1, 2, 3}, new double[] {4, 4, 4})).isNaN();
    assertThat(Accord.kendall(new double[] {1, 2}, new double[] {4, Double.POSITIVE_INFINITY})).isEqualTo(1);
  }

  @Test
  void repeatsOfAConfigurationCount0InWhateverOrderTheyAreTold() {
    assertThat(Accord.kendall(new double[] {1, 1}, new double[] {3, 4})).isZero();
    assertThat(Accord.kendall(new double[] {1, 1}, new double[] {4, 3})).isZero();
    assertThat(Accord.kendall(new double[] {1, 1, 2}, new double[] {3, 4, 5})).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void gammaCountsPairsThatDifferInBoth() {
    assertThat(Accord.gamma(new double[] {1, 1, 2}, new double[] {3, 4, 5})).isEqualTo(1);
    assertThat(Accord.gamma(new double[] {1, 2, 3}, new double[] {10, 20, 15})).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(Accord.gamma(new double[] {1, 2, 3}, new double[] {4, 4, 3})).isEqualTo(-1);
    assertThat(Accord.gamma(new double[] {1, 1}, new double[] {3, 4})).isNaN();
  }
}
