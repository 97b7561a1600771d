package proxima.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FormatTest {

  @Test
  void writesLossesOfAllSizes() {
    assertThat(Stream.of(1.2175, 0.05, 12.0, 3e-7, 1e18, 0.0).map(Format::loss)).containsExactly("1.218", "0.0500", "12.000", "3.00e-07", "1.00e+18", "0.0000");
  }

  @Test
  void writesNumbersWithThreeDigits() {
    assertThat(Stream.of(0.00803, 1e-8, 1024.0, 0.95, 1.0, -2.5e9).map(Format::number)).containsExactly("0.00803", "1e-8", "1024", "0.95", "1", "-2.5e9");
  }

  @Test
  void writesTimesWithTheirUnit() {
    assertThat(Stream.of(0.84, 95.0, 720.0, 12240.0).map(Format::seconds)).containsExactly("0.8 s", "95 s", "12 min", "3.4 h");
  }
}
