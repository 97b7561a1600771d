package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.train.Sharpness;

class SharpnessCheckTest {

  private static final List<Long> WIDTHS = List.of(64L, 128L, 256L);
  private static final List<Long> STEPS = Sharpness.steps(450, 50);

  /// Sharpness that grows to half way and then stays, as width to the power `exponent`; two seeds, as far above as below.
  private static SharpnessCheck check(double exponent, int readings) {
    List<List<List<Sharpness>>> all = new ArrayList<>();
    for (long width : WIDTHS) {
      List<List<Sharpness>> seeds = new ArrayList<>();
      for (double deviation : new double[] {0.9, 1.1}) {
        List<Sharpness> along = new ArrayList<>();
        for (int i = 0; i < readings; i++) {
          double level = i < 4 ? 0.2 * i * width : Math.pow(width / 64.0, exponent);
          along.add(new Sharpness(50L * (i + 1), 1, 2, 0.01, level * deviation, 0.01, 0.5));
        }
        seeds.add(along);
      }
      all.add(seeds);
    }
    return new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, all);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, -0.05, 0, 0.05, 0.3})
  void theSlopeOfAPowerIsItsExponent(double exponent) {
    SharpnessCheck check = check(exponent, 8);
    assertThat(check.from()).isEqualTo(250);
    assertThat(check.slope()).isCloseTo(exponent, within(1e-12));
    assertThat(check.spread()).isCloseTo(Math.abs(Math.pow(4, -exponent) - 1), within(1e-12));
    assertThat(check.passed()).isEqualTo(Math.abs(exponent) <= 0.08);
  }

  /// As sharp everywhere, but at what part of the edge of stability?
  private static SharpnessCheck at(double part) {
    List<List<List<Sharpness>>> readings =
        check(0, 8).readings().stream()
            .map(scale -> scale.stream().map(seed -> seed.stream().map(r -> new Sharpness(r.step(), 1, 2, 0.01, part * r.effective(), 0.01, 0.5)).toList()).toList())
            .toList();
    return new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
  }

  @Test
  void farFromTheEdgeOfStabilityTheVerdictSaysSo(@TempDir Path folder) throws IOException {
    String notice = "no training has come near the edge of stability (largest 0.09): the criterion is for trainings that have sharpened; take more steps or a larger rate";
    assertThat(at(0.09).passed()).isTrue();
    assertThat(SharpnessReport.notice(at(0.09))).contains(notice);
    assertThat(SharpnessReport.lines(at(0.09)).getFirst()).contains("PASSED, super-consistent: ").endsWith("; " + notice);
    assertThat(Files.readString(SharpnessReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), List.of(at(0.09))))).contains(notice);
    assertThat(SharpnessReport.notice(at(0.51))).isEmpty();
    List<List<List<Sharpness>>> readings = new ArrayList<>(at(0.09).readings());
    readings.set(1, at(0.6).readings().get(1));
    assertThat(SharpnessReport.notice(new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings))).as("one scale has come near").isEmpty();
    readings.set(1, List.of(List.of(), List.of()));
    assertThat(SharpnessReport.notice(new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings))).as("one has diverged").isEmpty();
  }

  /// A spread without a slope: the middle width alone is off.
  @Test
  void aScaleThatStandsOutDoesNotPass() {
    List<List<List<Sharpness>>> readings = new ArrayList<>(check(0, 8).readings());
    readings.set(1, readings.get(1).stream().map(seed -> seed.stream().map(r -> new Sharpness(r.step(), 1, 2, 0.01, 1.2 * r.effective(), 0.01, 0.5)).toList()).toList());
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
    assertThat(check.slope()).isCloseTo(0, within(1e-12));
    assertThat(check.spread()).isCloseTo(0.2, within(1e-12));
    assertThat(check.passed()).isFalse();
  }

  @Test
  void aDivergenceDoesNotPass() {
    List<List<List<Sharpness>>> readings = new ArrayList<>(check(0, 8).readings());
    readings.set(2, List.of(readings.get(2).getFirst(), readings.get(2).getLast().subList(0, 5)));
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
    assertThat(check.diverged()).isTrue();
    assertThat(check.passed()).isFalse();
    assertThat(SharpnessReport.lines(check).getFirst()).endsWith("NOT PASSED: a training diverged at 256");
    assertThat(SharpnessReport.lines(check).get(4)).endsWith("diverged  after step 250");
    // The others are what they are.
    assertThat(check.settled().subList(0, 2)).isEqualTo(check(0, 8).settled().subList(0, 2));
    assertThat(check.settled().getLast()).isNaN();
    assertThat(check.means(0)).hasSize(8);
    assertThat(check.means(2)).hasSize(5);
  }

  /// All end after the same reading, so that none is behind the others.
  @Test
  void aDivergenceOfAllAtTheSameStepDoesNotPass() {
    List<List<List<Sharpness>>> readings = check(0, 8).readings().stream().map(scale -> scale.stream().map(seed -> seed.subList(0, 3)).toList()).toList();
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
    assertThat(check.diverged()).isTrue();
    assertThat(check.passed()).isFalse();
    assertThat(check.from()).isEqualTo(250);
    assertThat(SharpnessReport.lines(check).getFirst()).endsWith("NOT PASSED: a training diverged at 64, 128, 256");
  }

  private static SharpnessCheck withResidual(int reading, double residual) {
    List<List<List<Sharpness>>> readings = new ArrayList<>(check(0, 8).readings());
    List<Sharpness> seed = new ArrayList<>(readings.get(1).getFirst());
    Sharpness r = seed.get(reading);
    seed.set(reading, new Sharpness(r.step(), r.loss(), r.hessian(), r.hessianResidual(), r.effective(), residual, r.critical()));
    readings.set(1, List.of(seed, readings.get(1).getLast()));
    return new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
  }

  /// One seed's eigenvalue at one reading is what counts, not the mean of residuals.
  @Test
  void anEigenvalueThatIsNotFoundDoesNotPass() {
    assertThat(withResidual(6, 0.09).passed()).isTrue();
    assertThat(withResidual(6, 0.11).passed()).isFalse();
    assertThat(withResidual(6, Double.NaN).passed()).isFalse();
    assertThat(withResidual(3, 0.11).passed()).as("before readings count").isTrue();
    assertThat(SharpnessReport.lines(withResidual(6, 0.11)).getFirst()).contains("NOT PASSED: ").endsWith("residuals up to 11.0 % (bound 10 %)");
  }

  /// The column of the Hessian's own eigenvalue says where it is not known.
  @Test
  void aHessianThatIsNotWellKnownIsSaidWithoutAVerdict() {
    List<List<List<Sharpness>>> readings = new ArrayList<>(check(0, 8).readings());
    List<Sharpness> seed = new ArrayList<>(readings.get(1).getFirst());
    Sharpness r = seed.getLast();
    seed.set(7, new Sharpness(r.step(), r.loss(), r.hessian(), 0.25, r.effective(), r.residual(), r.critical()));
    readings.set(1, List.of(seed, readings.get(1).getLast()));
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
    assertThat(check.passed()).isTrue();
    assertThat(SharpnessReport.lines(check)).contains("  hessian, not part of the verdict, is not well known at 128 (residual 25 %)");
    assertThat(SharpnessReport.lines(check(0, 8))).noneSatisfy(line -> assertThat(line).contains("not well known"));
  }

  @Test
  void readingsComeBeforeTheLastStep() {
    assertThat(STEPS).containsExactly(50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L);
    assertThat(Sharpness.steps(400, 50)).endsWith(300L, 350L);
    assertThat(Sharpness.steps(400, 399)).containsExactly(399L);
    assertThat(Sharpness.steps(400, 400)).isEmpty();
  }

  private static Sharpness withCritical(Sharpness r, double critical) {
    return new Sharpness(r.step(), r.loss(), r.hessian(), r.hessianResidual(), r.effective(), r.residual(), critical);
  }

  /// One seed at each width, of which each reading that counts has the critical number listed.
  private static SharpnessCheck ofCriticals(double[]... widths) {
    List<List<List<Sharpness>>> readings = new ArrayList<>();
    for (double[] criticals : widths) {
      List<Sharpness> seed = new ArrayList<>(check(0, 8).readings().getFirst().getFirst());
      for (int i = 4; i < seed.size(); i++) {
        seed.set(i, withCritical(seed.get(i), criticals[i - 4]));
      }
      readings.add(List.of(seed));
    }
    return new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
  }

  private static final double ABOVE = Double.POSITIVE_INFINITY;

  /// An octave a doubling, whatever few readings are beyond what is tried.
  @Test
  void theCriticalNumberIsTheMedianAndFollowsTheScaleWithoutAVerdict() {
    SharpnessCheck check = ofCriticals(new double[] {0.1, 0.2, 0.2, ABOVE}, new double[] {0.4, 0.4, 0.4, 0.4}, new double[] {0, 0.8, 0.8, 3});
    assertThat(check.critical(0)).isCloseTo(0.2, within(1e-12));
    assertThat(check.beyond(0)).isEqualTo(1);
    assertThat(check.criticalSlope()).isCloseTo(1, within(1e-12));
    assertThat(check.criticalSpread()).isCloseTo(2, within(1e-12));
    assertThat(check.passed()).isTrue();
    assertThat(SharpnessReport.lines(check).getLast())
        .isEqualTo("  critical, not part of the verdict: the slope is +1.000 and the spread 2.0 octaves; 2 readings from step 250 on beyond what is tried, steps of 1/4096 to 4096 times the actual one");
  }

  /// Of an even number of readings the median is halfway between two, by their logarithms.
  @Test
  void whereTheMedianIsBeyondWhatIsTriedThereIsNoNumber() {
    SharpnessCheck check = ofCriticals(new double[] {0.5, 0.5, ABOVE, ABOVE}, new double[] {0.1, 0.1, 0.4, 0.4}, new double[] {0, 0, 0, 0.5});
    assertThat(check.critical(0)).isEqualTo(ABOVE);
    assertThat(check.critical(1)).isCloseTo(0.2, within(1e-12));
    assertThat(check.critical(2)).isZero();
    assertThat(check.criticalSlope()).isNaN();
    assertThat(check.criticalSpread()).isNaN();
    List<String> lines = SharpnessReport.lines(check);
    assertThat(lines.get(2)).endsWith("> 4096");
    assertThat(lines.get(3)).endsWith(" 0.2");
    assertThat(lines.get(4)).endsWith("< 1/4096");
    assertThat(lines.getLast()).contains("no slope, since it is not known at each width; 5 readings");
    assertThat(ofCriticals(new double[] {0, 0, ABOVE, ABOVE}, new double[4], new double[4]).critical(0)).isNaN();
  }

  /// Two of three seeds at one reading.
  @Test
  void seedsBeyondWhatIsTriedAreNoMeasurementAndNotInTheRangeOfThePicture(@TempDir Path folder) throws IOException {
    List<List<List<Sharpness>>> readings = new ArrayList<>();
    for (List<List<Sharpness>> scale : check(0, 8).readings()) {
      readings.add(List.of(scale.getFirst(), scale.getLast(), scale.getLast()));
    }
    List<Sharpness> beyond = new ArrayList<>(readings.get(1).getFirst());
    beyond.set(2, withCritical(beyond.get(2), ABOVE));
    readings.set(1, List.of(beyond, beyond, readings.get(1).getLast()));
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings);
    assertThat(check.means(1)).extracting(Sharpness::critical).containsExactly(0.5, 0.5, ABOVE, 0.5, 0.5, 0.5, 0.5, 0.5);
    Path report = SharpnessReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), List.of(check));
    String critical = Files.readString(report).split("<svg", -1)[2].split("</svg>", -1)[0];
    // Three curves, one of them in two pieces, three lines of the legend, the edge and the frame; one triangle.
    assertThat(critical.split("<polygon", -1)).hasSize(2);
    assertThat(critical).contains(">0.5<", ">1<", ">steps taken<", ">critical number, 1 over the multiple of the step<").doesNotContain("Infinity", "4096");
    assertThat(Files.readString(report)).contains("<td>&gt; 4096</td>");
  }

  /// As where the loss rises along a step almost as short as the shortest that is tried.
  @Test
  void oneReadingFarAboveTheOthersDoesNotFlattenThePicture(@TempDir Path folder) throws IOException {
    List<List<List<Sharpness>>> readings = new ArrayList<>(check(0, 8).readings());
    List<Sharpness> seed = new ArrayList<>(readings.get(1).getFirst());
    seed.set(2, new Sharpness(150, 1, 2, 0.01, 1, 0.01, 4_000));
    readings.set(1, List.of(seed, readings.get(1).getLast()));
    Path report = SharpnessReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), List.of(new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, readings)));
    String critical = Files.readString(report).split("<svg", -1)[2].split("</svg>", -1)[0];
    assertThat(critical).contains(">0.5<", ">1<").doesNotContain("000<");
  }

  @Test
  void withoutAnyReadingAllDiverged() {
    SharpnessCheck check = new SharpnessCheck(ScaleAxis.WIDTH, WIDTHS, STEPS, List.of(List.of(List.of()), List.of(List.of()), List.of(List.of())));
    assertThat(check.diverged()).isTrue();
    assertThat(check.passed()).isFalse();
    assertThat(SharpnessReport.lines(check)).hasSize(6).allSatisfy(line -> assertThat(line).isNotBlank());
  }
}
