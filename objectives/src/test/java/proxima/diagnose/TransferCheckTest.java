package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.scaling.Scale;

class TransferCheckTest {

  private static final Size PROXY = Size.of(new Scale(32, 2, 128, 1280));
  private static final Size LARGE = Size.of(new Scale(64, 2, 128, 1280));

  // Deviations of three seeds, which move the whole curve: an optimum does not see them.
  private static final double[] SEEDS = {-0.1, 0, 0.1};

  private static Sweep sweep(Size size, double vertex, double bend) {
    List<Sweep.Rate> rates = new ArrayList<>();
    for (int x = -10; x <= -1; x++) {
      List<Double> losses = new ArrayList<>();
      for (double d : SEEDS) {
        losses.add(bend * (x - vertex) * (x - vertex) + d);
      }
      rates.add(new Sweep.Rate(Math.pow(2, x), losses));
    }
    return new Sweep(size, rates);
  }

  private static TransferCheck check(double shift, double bend) {
    return new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -6.2, bend), sweep(LARGE, -6.2 + shift, bend)), PROXY, OptionalDouble.empty());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2, -0.9, 0, 0.3, 1.5})
  void theDriftOfAShiftedCurveIsItsShift(double shift) {
    TransferCheck check = check(shift, 0.01);
    Drift drift = check.drift(check.sweeps().get(1)).orElseThrow();
    assertThat(drift.octaves()).isCloseTo(shift, within(1e-9));
    assertThat(drift.low()).isCloseTo(shift, within(1e-9));
    assertThat(drift.high()).isCloseTo(shift, within(1e-9));
    assertThat(drift.lost().orElseThrow()).isBetween(0.01 * shift * shift - 1e-9, 0.01 * shift * shift + 0.01);
    assertThat(drift.standardError()).isCloseTo(0, within(1e-9));
    assertThat(drift.seedNoise()).isCloseTo(0.1, within(1e-9));
    assertThat(check.passed()).isEqualTo(Math.abs(shift) <= 1);
    assertThat(check.largest().orElseThrow().octaves()).isCloseTo(shift, within(1e-9));
  }

  @Test
  void aSmallDriftThatCostsMoreThanChanceDoesNotPass() {
    // Two standard errors of a difference are 2 * 0.1 * sqrt(2 / 3) = 0.163; half an octave costs a quarter of the bend.
    assertThat(check(0.5, 0.6).passed()).isTrue();
    assertThat(check(0.5, 0.7).passed()).isFalse();
    assertThat(check(0.5, 0.7).drift(sweep(LARGE, -5.7, 0.7)).orElseThrow().allowed()).isCloseTo(0.2 * Math.sqrt(2.0 / 3), within(1e-9));
  }

  @Test
  void anOptimumAtTheEndOfTheRatesDoesNotPass() {
    TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -1.5, 0.01), sweep(LARGE, -0.9, 0.01)), PROXY, OptionalDouble.empty());
    Drift drift = check.largest().orElseThrow();
    assertThat(drift.octaves()).isCloseTo(0.5, within(1e-9));
    assertThat(check.passed()).isFalse();
    assertThat(TransferReport.lines(check).getFirst()).isEqualTo("width: NOT PASSED; largest drift at least +0.50 octaves at width 64");
  }

  /// Over eight times the tokens the best rate rises by 1.5 octaves where the map lets it fall by half an octave an octave: it stays.
  @Test
  void thePowerThatBestRatesFollowIsTheMapsAndTheSlopeOfDrifts() {
    Size four = Size.of(new Scale(32, 2, 128, 4 * 1280));
    Size eight = Size.of(new Scale(32, 2, 128, 8 * 1280));
    List<Sweep> sweeps = List.of(sweep(PROXY, -6.2, 0.01), sweep(four, -5.2, 0.01), sweep(eight, -4.7, 0.01));
    TransferCheck check = new TransferCheck(ScaleAxis.TOKENS, sweeps, PROXY, OptionalDouble.of(-0.5));
    assertThat(check.measuredPower().orElseThrow()).isCloseTo(0, within(1e-9));
    assertThat(TransferReport.lines(check).getLast()).matches("  learning rates follow tokens\\^-0.50 in the map; the best ones follow tokens\\^[+-]0.00");
    assertThat(TransferJson.of(check).get("measuredPower").doubleValue()).isCloseTo(0, within(1e-9));
    assertThat(new TransferCheck(ScaleAxis.TOKENS, sweeps, PROXY, OptionalDouble.empty()).measuredPower()).isEmpty();
    List<Sweep> atEdge = List.of(sweep(PROXY, -6.2, 0.01), sweep(eight, -0.9, 0.01));
    assertThat(new TransferCheck(ScaleAxis.TOKENS, atEdge, PROXY, OptionalDouble.of(-0.5)).measuredPower()).isEmpty();
  }

  @Test
  void aScaleWhereAllDivergesDoesNotPass() {
    Sweep diverged = new Sweep(LARGE, List.of(new Sweep.Rate(1, List.of(Double.NaN))));
    TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -6, 0.01), diverged), PROXY, OptionalDouble.empty());
    assertThat(check.passed()).isFalse();
    assertThat(check.largest()).isEmpty();
    TransferCheck none = new TransferCheck(ScaleAxis.WIDTH, List.of(new Sweep(PROXY, diverged.rates()), sweep(LARGE, -6, 0.01)), PROXY, OptionalDouble.empty());
    assertThat(none.passed()).isFalse();
    assertThat(TransferReport.lines(none)).contains("  32        all rates diverged, here or at the proxy");
  }

  @Test
  void theProxyIsAmongTheScales() {
    assertThatThrownBy(() -> new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(LARGE, -6, 1)), PROXY, OptionalDouble.empty()))
        .hasMessage("the proxy width=32,depth=2,batch=128,tokens=1280 is not among the sweeps");
  }
}
