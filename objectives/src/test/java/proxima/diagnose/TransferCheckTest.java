package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.scaling.Scale;

class TransferCheckTest {

  private static final Size PROXY = Size.of(new Scale(32, 2, 128, 1280));
  private static final Size LARGE = Size.of(new Scale(64, 2, 128, 1280));

  // Deviations of three seeds, which move the whole curve: an optimum does not see them.
  private static final double[] SEEDS = {-0.1, 0, 0.1};

  private static Sweep sweep(Size size, double vertex, double bend) {
    return sweep(size, vertex, bend, SEEDS);
  }

  private static Sweep sweep(Size size, double vertex, double bend, double... seeds) {
    List<Sweep.Rate> rates = new ArrayList<>();
    for (int x = -10; x <= -1; x++) {
      List<Double> losses = new ArrayList<>();
      for (double d : seeds) {
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
    assertThat(TransferReport.lines(check).getFirst()).isEqualTo("width: NOT PASSED; largest drift at least +0.50 octaves at width 64; the best rate may lie beyond those tried at width 64");
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
    assertThat(TransferJson.of(check).at("/scales/0/passed").booleanValue()).isTrue();
    assertThat(TransferJson.of(check).at("/scales/1/passed").isBoolean()).isTrue();
    assertThat(TransferJson.of(check).at("/scales/1/passed").booleanValue()).isFalse();
  }

  /// Losses of a program that takes no notice of seeds: rates an octave apart know an optimum to a quarter of one.
  @Test
  void withoutNoiseAQuarterOfAnOctaveMayCostWhatItDoes() {
    for (double shift : new double[] {-0.24, 0.24, -0.26, 0.26}) {
      TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -6.2, 0.5, 0, 0), sweep(LARGE, -6.2 + shift, 0.5, 0, 0)), PROXY, OptionalDouble.empty());
      assertThat(check.passed()).as("%s octaves", shift).isEqualTo(Math.abs(shift) < 0.25);
    }
  }

  /// It knows nothing of chance.
  @Test
  void withOneSeedAQuarterOfAnOctaveMayCostWhatItDoes() {
    for (double shift : new double[] {-0.24, 0.24, -0.26, 0.26}) {
      TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -6.2, 0.5, 0), sweep(LARGE, -6.2 + shift, 0.5, 0)), PROXY, OptionalDouble.empty());
      assertThat(check.passed()).as("%s octaves", shift).isEqualTo(Math.abs(shift) < 0.25);
      assertThat(TransferReport.lines(check).getFirst()).contains("; one seed knows nothing of chance: the proxy's best rate may cost what a quarter of an octave does");
    }
    assertThat(TransferReport.lines(check(0.3, 0.01)).getFirst()).as("three seeds").doesNotContain("one seed");
    List<Sweep.Rate> rates = new ArrayList<>(sweep(LARGE, -5.9, 0.5, 0).rates());
    rates.set(5, new Sweep.Rate(rates.get(5).rate(), List.of(Double.NaN)));
    TransferCheck beside = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -6.2, 0.5, 0), new Sweep(LARGE, rates)), PROXY, OptionalDouble.empty());
    assertThat(TransferReport.lines(beside).getFirst()).startsWith("width: PASSED; ").endsWith("; what it costs is not judged at width 64");
  }

  /// Whole octaves between rates whose logarithms are rounded.
  @ParameterizedTest
  @ValueSource(doubles = {0.0025, 0.0039, 0.01, 0.03, 0.075, 0.3, 0.7})
  void anOctaveIsWithinAnOctave(double rate) {
    for (double other : new double[] {rate / 2, rate * 2}) {
      TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(valley(PROXY, rate), valley(LARGE, other)), PROXY, OptionalDouble.empty());
      assertThat(check.passed()).as("from %s to %s", rate, other).isTrue();
    }
  }

  /// Lowest at a rate, by 0.1 of an octave, with as much noise between seeds.
  private static Sweep valley(Size size, double rate) {
    List<Sweep.Rate> rates = new ArrayList<>();
    for (int k = -2; k <= 2; k++) {
      rates.add(new Sweep.Rate(rate * Math.pow(2, k), List.of(0.1 * k * k - 0.1, 0.1 * k * k + 0.1)));
    }
    return new Sweep(size, rates);
  }

  /// Falls over the rates to an octave, beyond which trainings diverge.
  private static Sweep cliff(Size size, double octave) {
    Sweep whole = sweep(size, octave, 0.001);
    return new Sweep(size, whole.rates().stream().map(r -> r.octave() > octave + 0.5 ? new Sweep.Rate(r.rate(), List.of(Double.NaN, Double.NaN, Double.NaN)) : r).toList());
  }

  @Test
  void anOptimumBesideADivergenceIsNotSaidToBeWithinTheAimAndSaysNothingOfThePower() {
    Size four = Size.of(new Scale(32, 2, 128, 4 * 1280));
    Size eight = Size.of(new Scale(32, 2, 128, 8 * 1280));
    TransferCheck check = new TransferCheck(ScaleAxis.TOKENS, List.of(sweep(PROXY, -6.2, 0.001), cliff(four, -6), sweep(eight, -5.9, 0.001)), PROXY, OptionalDouble.of(-0.5));
    assertThat(check.passed()).isTrue();
    assertThat(TransferReport.lines(check).getFirst()).isEqualTo("tokens: PASSED; largest drift +0.30 octaves at tokens 10240; beside rates that diverge the drift is known to within the distance of the rates alone at tokens 5120");
    assertThat(check.measuredPower().orElseThrow()).isCloseTo(-0.4, within(1e-9));
    TransferCheck inside = new TransferCheck(ScaleAxis.TOKENS, List.of(sweep(PROXY, -6.2, 0.001), sweep(eight, -5.9, 0.001)), PROXY, OptionalDouble.of(-0.5));
    assertThat(TransferReport.lines(inside).getFirst()).endsWith("at tokens 10240, within the aim");
    TransferCheck alone = new TransferCheck(ScaleAxis.TOKENS, List.of(sweep(PROXY, -6.2, 0.001), cliff(four, -6)), PROXY, OptionalDouble.of(-0.5));
    assertThat(alone.measuredPower()).isEmpty();
    TransferCheck proxys = new TransferCheck(ScaleAxis.TOKENS, List.of(cliff(PROXY, -6), sweep(eight, -5.9, 0.001)), PROXY, OptionalDouble.of(-0.5));
    assertThat(proxys.measuredPower()).isEmpty();
  }

  /// Losses fall to a rate of 2^-5, and the next one, so many octaves above, diverges.
  private static Sweep edge(Size size, double spacing) {
    List<Sweep.Rate> rates = new ArrayList<>();
    for (double x = -5 - 3 * spacing; x <= -5 + spacing; x += spacing) {
      rates.add(new Sweep.Rate(Math.pow(2, x), x > -5 ? List.of(Double.NaN, 1.0, 1.0) : List.of(-0.01 * x, 0.01 - 0.01 * x, 0.02 - 0.01 * x)));
    }
    return new Sweep(size, rates);
  }

  /// Both optima are the same rate, which says no more than the distance of the rates.
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void aDriftBesideADivergenceIsKnownToTheDistanceOfTheRates(double spacing) {
    TransferCheck check = new TransferCheck(ScaleAxis.WIDTH, List.of(edge(PROXY, spacing), edge(LARGE, spacing)), PROXY, OptionalDouble.empty());
    Drift drift = check.largest().orElseThrow();
    assertThat(drift.octaves()).isZero();
    assertThat(drift.known()).isCloseTo(spacing, within(1e-9));
    assertThat(check.passed()).isEqualTo(spacing <= 1);
    List<String> lines = TransferReport.lines(check);
    assertThat(lines.getFirst()).contains(spacing <= 1 ? "known to within the distance of the rates alone at width 32 (the proxy's), 64" : "NOT PASSED").contains("beside rates that diverge");
    assertThat(lines.getLast()).contains(", beside rates that diverge, known to within " + spacing);
    assertThat(check(0.3, 0.01).largest().orElseThrow().known()).as("by parabolas").isZero();
  }

  @Test
  void theVerdictSaysWhyItIsNotPassed() {
    TransferCheck atEnd = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -0.5, 0.01), sweep(LARGE, -1.5, 0.01)), PROXY, OptionalDouble.empty());
    assertThat(TransferReport.lines(atEnd).getFirst()).isEqualTo("width: NOT PASSED; largest drift -0.50 octaves at width 64; the best rate may lie beyond those tried at width 32 (the proxy's)");
    TransferCheck unknown = new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(PROXY, -5.2, 0.001), cliff(LARGE, -6)), PROXY, OptionalDouble.empty());
    assertThat(TransferReport.lines(unknown).getFirst()).isEqualTo("width: NOT PASSED; largest drift -0.80 octaves at width 64; beside rates that diverge the drift is known to within the distance of the rates alone at width 64; what the proxy's best rate costs is not known at width 64");
    assertThat(TransferReport.lines(check(0.5, 0.7)).getFirst()).isEqualTo("width: NOT PASSED; largest drift +0.50 octaves at width 64; the proxy's best rate costs more than is allowed at width 64");
  }

  @Test
  void aReportLeavesNoPictureOfAnAxisOfAnEarlierOne(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("transfer-depth.png"), "earlier");
    Files.writeString(folder.resolve("mine.png"), "the user's");
    TransferReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), "nats", List.of(check(0.3, 0.01)));
    assertThat(folder.resolve("transfer-depth.png")).doesNotExist();
    assertThat(folder.resolve("transfer-width.png")).exists();
    assertThat(folder.resolve("mine.png")).exists();
  }

  @Test
  void theProxyIsAmongTheScales() {
    assertThatThrownBy(() -> new TransferCheck(ScaleAxis.WIDTH, List.of(sweep(LARGE, -6, 1)), PROXY, OptionalDouble.empty()))
        .hasMessage("the proxy width=32,depth=2,batch=128,tokens=1280 is not among the sweeps");
  }
}
