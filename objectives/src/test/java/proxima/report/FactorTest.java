package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FactorTest {

  @Test
  void writesFactorsAsPeopleDo() {
    assertThat(Stream.of(Math.log(2.8) / Math.log(2), -Math.log(5.6) / Math.log(2), 0.0, 4.0, 0.014, -3.99).map(Factor::text))
        .containsExactly("×2.8", "÷5.6", "×1", "×16", "×1.01", "÷16");
  }
}
