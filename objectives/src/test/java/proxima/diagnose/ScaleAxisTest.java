package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.proxy.Activation;
import proxima.proxy.Experts;
import proxima.proxy.Transformer;
import proxima.scaling.Scale;

class ScaleAxisTest {

  private static final Scale SCALE = new Scale(32, 2, 128, 1280);
  private static final Size SIZE = new Size(SCALE, Optional.of(new Experts(8, 4, 2, 2, 0.01, 1e-3)));

  @ParameterizedTest
  @EnumSource
  void whatIsMovedIsReadAndGoesBack(ScaleAxis axis) {
    long value = axis.of(SIZE);
    assertThat(axis.of(axis.with(SIZE, 2 * value))).isEqualTo(2 * value);
    assertThat(axis.with(axis.with(SIZE, 2 * value), value)).isEqualTo(axis.with(SIZE, value)).isEqualTo(SIZE);
    assertThat(ScaleAxis.of(axis.id())).isEqualTo(axis);
  }

  @Test
  void moreExpertsHaveAsManyActive() {
    assertThat(ScaleAxis.EXPERTS.with(SIZE, 32).experts()).contains(new Experts(32, 4, 2, 2, 0.01, 1e-3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void finerExpertsHaveAsManyWeights(int granularity) {
    Experts finer = ScaleAxis.GRANULARITY.with(SIZE, granularity).experts().orElseThrow();
    assertThat(finer).isEqualTo(new Experts(4 * granularity, 2 * granularity, granularity, granularity, 0.01, 1e-3));
    assertThat(weights(finer)).isEqualTo(weights(SIZE.experts().orElseThrow()));
  }

  /// Without the router, whose rows are as many as experts.
  private static long weights(Experts experts) {
    return Transformer.of(40, 32, 4, Activation.SWIGLU, false).with(experts).at(SCALE).modules().stream().filter(m -> !m.type().equals("moe.router")).mapToLong(m -> m.fanIn() * m.fanOut()).sum();
  }

  @Test
  void whatIsNoSizeIsSaid() {
    assertThatThrownBy(() -> ScaleAxis.EXPERTS.with(SIZE, 3)).hasMessage("of 3 experts 1 to 3 can be active, got 4");
    assertThatThrownBy(() -> ScaleAxis.GRANULARITY.with(SIZE, 0)).hasMessage("granularity must be from 1 to 4096, got 0");
    assertThatThrownBy(() -> ScaleAxis.GRANULARITY.with(new Size(SCALE, Optional.of(new Experts(6, 2, 4, 0, 0, 0))), 3))
        .hasMessage("of 6 experts of granularity 4, 2 of them active and 0 more shared, there are whole numbers only at multiples of 2, got 3");
    assertThatThrownBy(() -> ScaleAxis.GRANULARITY.with(SIZE, 2048)).hasMessage("there can be at most 4096 experts, and as many that are shared, got 8192 and 2048");
    assertThatThrownBy(() -> ScaleAxis.WIDTH.with(SIZE, -1_000_000_000_000L)).hasMessage("width must be positive, got -2147483648");
    assertThatThrownBy(() -> ScaleAxis.EXPERTS.of(Size.of(SCALE))).hasMessage("the model has no experts");
  }

  @Test
  void aSizeSaysWhatItsExpertsAre() {
    assertThat(SIZE).hasToString(SCALE + ",experts=8,granularity=2");
    assertThat(Size.of(SCALE)).hasToString(SCALE.toString());
  }
}
