package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proxima.chart.Format;

class EstimateTest {

  @Test
  void anIntervalIsOfTwoValuesOrMore() {
    assertThat(Estimate.of(List.of(1.0, 2.0)).interval(Format::loss)).isEqualTo("  [-4.853, 7.853]");
    assertThat(Estimate.of(List.of(1.0)).interval(Format::loss)).isEmpty();
    assertThat(Estimate.of(List.of(1.0, 1.0)).json("mean").toString()).isEqualTo("{\"mean\":1.0,\"low\":1.0,\"high\":1.0}");
    assertThat(Estimate.of(List.of(1.0)).json("mean").toString()).isEqualTo("{\"mean\":1.0,\"low\":null,\"high\":null}");
  }
}
