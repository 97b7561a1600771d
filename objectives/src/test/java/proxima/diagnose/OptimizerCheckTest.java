package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Optimizer;

class OptimizerCheckTest {

  private static final List<Double> FRACTIONS = List.of(0.4, 0.5, 0.6, 0.8, 1.0);

  // Deviations of four seeds, the same for all optimizers: pairs do not see them.
  private static final double[] SEEDS = {-0.1, 0, 0.02, 0.1};

  private static OptimizerCheck.Entry entry(Optimizer optimizer, DoubleUnaryOperator loss, double noise) {
    List<List<Double>> losses =
        FRACTIONS.stream()
            .map(f -> List.of(loss.applyAsDouble(f) + SEEDS[0] + noise, loss.applyAsDouble(f) + SEEDS[1] - noise, loss.applyAsDouble(f) + SEEDS[2], loss.applyAsDouble(f) + SEEDS[3]))
            .toList();
    return new OptimizerCheck.Entry(Hyperparameters.of(optimizer), true, List.of(), losses, 20);
  }

  private static OptimizerCheck of(OptimizerCheck.Entry... entries) {
    double loss = entries[0].loss();
    return new OptimizerCheck(FRACTIONS, List.of(entries), new OptimizerCheck.MisTuned(List.of(loss, loss, loss, loss + 0.08), List.of(loss, loss, loss, loss + 0.2)));
  }

  /// A loss that is linear in the logarithm of the steps, and one that needs `part` of the steps for the same.
  private static OptimizerCheck check(double part) {
    return of(entry(Optimizer.ADAMW, f -> 1 - 0.5 * Math.log(f), 0), entry(Optimizer.MUON_RMS, f -> 1 - 0.5 * Math.log(f / part), 0.001));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.45, 0.63, 0.9})
  void theRatioOfAShiftedCurveIsItsShift(double part) {
    OptimizerCheck check = check(part);
    OptimizerCheck.Entry muon = check.entries().getLast();
    assertThat(check.ratio(muon).orElseThrow()).isCloseTo(part, within(1e-9));
    double[] interval = check.interval(muon);
    assertThat(interval[0]).isBetween(part - 0.01, part);
    assertThat(interval[1]).isBetween(part, part + 0.01);
    assertThat(check.significance(muon)).isLessThan(1e-4);
    assertThat(check.ratio(check.reference()).orElseThrow()).isEqualTo(1);
  }

  @Test
  void whatIsBetterFromTheFirstFractionOnIsBoundedByIt() {
    OptimizerCheck check = check(0.3);
    assertThat(check.ratio(check.entries().getLast())).hasValue(0.4);
    assertThat(check.isAtMost(check.entries().getLast())).isTrue();
    assertThat(check.isAtMost(check.reference())).isFalse();
    assertThat(OptimizerReport.lines(check).get(2)).contains("muon-rms", "≤ 0.40");
  }

  private static OptimizerCheck.Entry withMillis(OptimizerCheck.Entry e, double millis) {
    return new OptimizerCheck.Entry(e.tuned(), e.found(), e.atEnds(), e.losses(), millis);
  }

  /// Half the steps, of three halves of the time.
  @Test
  void theTimeIsThatOfTheStepsAndOfAStep(@TempDir Path folder) throws IOException {
    OptimizerCheck of = check(0.5);
    OptimizerCheck check = of(of.reference(), withMillis(of.entries().getLast(), 30));
    OptimizerCheck.Entry muon = check.entries().getLast();
    assertThat(check.time(muon).orElseThrow()).isCloseTo(0.75, within(1e-9));
    assertThat(check.time(check.reference())).hasValue(1);
    assertThat(OptimizerReport.lines(check).get(2)).endsWith("       30  0.75");
    assertThat(Files.readString(OptimizerReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), check))).contains("reaches its loss in 0.50 of the steps, 0.75 of the time.");
    assertThat(OptimizerReport.lines(of(of.reference(), withMillis(check(0.3).entries().getLast(), 30))).get(2)).endsWith("≤ 0.60");
    assertThat(OptimizerReport.lines(of(of.reference(), withMillis(check(1.2).entries().getLast(), 30))).get(2)).endsWith("> 1.50");
    OptimizerCheck silent = of(of.reference(), withMillis(muon, Double.NaN));
    assertThat(silent.time(silent.entries().getLast())).isEmpty();
    assertThat(OptimizerReport.lines(silent).get(2)).endsWith("–  –");
  }

  @Test
  void aValueAtTheEndOfItsRangeIsSaid() {
    OptimizerCheck.Entry free = entry(Optimizer.ADAMW, f -> 1 - 0.5 * Math.log(f), 0);
    OptimizerCheck.Entry narrow =
        new OptimizerCheck.Entry(Hyperparameters.of(Optimizer.LION), true, List.of(Hyperparameter.LEARNING_RATE, Hyperparameter.BETA2), free.losses(), 20);
    List<String> lines = OptimizerReport.lines(of(free, narrow));
    assertThat(lines).hasSize(5);
    assertThat(lines.getLast()).isEqualTo("  lion: tuned to the end of what was searched, so that it may do better beyond: learningRate, beta2");
  }

  @Test
  void aRateMisTunedByTwoIsTheMeasureOfWhatIsBehind() {
    OptimizerCheck.Entry reference = entry(Optimizer.ADAMW, f -> 1 - 0.5 * Math.log(f), 0);
    OptimizerCheck.Entry near = entry(Optimizer.LION, f -> 1.04 - 0.5 * Math.log(f), 0);
    OptimizerCheck.Entry far = entry(Optimizer.SGD, f -> 1.06 - 0.5 * Math.log(f), 0);
    OptimizerCheck check = of(reference, near, far);
    assertThat(check.misTuning()).isCloseTo(0.05, within(1e-12));
    assertThat(check.entries()).extracting(check::isWithinMisTuning).containsExactly(true, true, false);
    assertThat(OptimizerReport.lines(check).getLast()).isEqualTo("  a rate mis-tuned by 2 costs adamw +0.0200 (half), +0.0500 (twice); further behind: sgd");
    OptimizerCheck cliff = new OptimizerCheck(FRACTIONS, List.of(reference, far), new OptimizerCheck.MisTuned(List.of(1.1, 1.1, 1.1, 1.1), List.of(1.0, Double.NaN, 1.0, 1.0)));
    assertThat(cliff.isWithinMisTuning(far)).isTrue();
    assertThat(OptimizerReport.lines(cliff).getLast()).contains("a divergence (twice); none is further behind");
  }

  @Test
  void whatNeverComesDownHasNoRatio() {
    OptimizerCheck check = check(1.2);
    OptimizerCheck.Entry slow = check.entries().getLast();
    assertThat(check.ratio(slow)).isEmpty();
    assertThat(check.interval(slow)[1]).isInfinite();
    assertThat(OptimizerReport.lines(check).get(2)).contains("muon-rms", "> 1");
  }

  @Test
  void aDivergenceLeavesNoRatioAndNoSignificance() {
    OptimizerCheck.Entry diverged = entry(Optimizer.LION, f -> f < 1 ? 2 : Double.NaN, 0);
    OptimizerCheck check = of(check(1).reference(), diverged);
    assertThat(check.ratio(diverged)).isEmpty();
    assertThat(check.significance(diverged)).isNaN();
  }

  @Test
  void oneSeedAndADivergenceHaveAReport(@TempDir Path folder) throws IOException {
    OptimizerCheck.Entry one = new OptimizerCheck.Entry(Hyperparameters.of(Optimizer.ADAMW), true, List.of(), List.of(List.of(2.0), List.of(1.0)), 20);
    OptimizerCheck.Entry diverged = new OptimizerCheck.Entry(Hyperparameters.of(Optimizer.SGD), true, List.of(), List.of(List.of(3.0), List.of(Double.NaN)), 20);
    OptimizerCheck check = new OptimizerCheck(List.of(0.5, 1.0), List.of(one, diverged), new OptimizerCheck.MisTuned(List.of(1.1), List.of(1.2)));
    assertThat(OptimizerReport.lines(check).get(1)).contains("1.0000 ± –").doesNotContain("[");
    assertThat(OptimizerReport.lines(check).get(2)).contains("sgd", "diverged ± –");
    assertThat(check.interval(one)).containsExactly(Double.NaN, Double.NaN);
    Path report = OptimizerReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), check);
    assertThat(Files.readString(report)).contains("Optimizers on mine", "sgd", "diverged");
  }

  @Test
  void equalLossesAreNoDifference() {
    OptimizerCheck check = check(1);
    // Noise of two seeds alone, which cancels.
    assertThat(check.significance(check.entries().getLast())).isGreaterThan(0.5);
  }

  private static OptimizerCheck constant(double loss, List<Double> half) {
    List<OptimizerCheck.Entry> entries = List.of(entry(Optimizer.ADAMW, _ -> loss, 0), entry(Optimizer.LION, _ -> loss, 0));
    return new OptimizerCheck(FRACTIONS, entries, new OptimizerCheck.MisTuned(half, half));
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 0, Double.NaN})
  void equalLossesAndDivergencesOfAllHaveAReport(double loss, @TempDir Path folder) throws IOException {
    Path report = OptimizerReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), constant(loss, List.of(loss, loss, loss, loss)));
    assertThat(Files.readString(report)).contains("Optimizers on mine").doesNotContain("NaN");
    assertThat(folder.resolve("optimizers.png")).exists();
  }

  @Test
  void nothingComesDownToAReferenceThatDiverged() {
    OptimizerCheck check = of(entry(Optimizer.ADAMW, _ -> Double.NaN, 0), entry(Optimizer.LION, f -> 2 - f, 0));
    OptimizerCheck.Entry lion = check.entries().getLast();
    assertThat(check.ratio(lion)).isEmpty();
    assertThat(check.interval(lion)).containsExactly(Double.NaN, Double.NaN);
    List<String> lines = OptimizerReport.lines(check);
    assertThat(lines.get(2)).contains("lion", " – ").doesNotContain("> 1");
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("  adamw, which the others are compared with, diverged"));
    assertThat(String.join("\n", lines)).doesNotContain("a divergence", "further behind");
  }

  @Test
  void aSearchInWhichAllDivergedIsSaid() {
    OptimizerCheck.Entry free = entry(Optimizer.ADAMW, f -> 1 - 0.5 * Math.log(f), 0);
    OptimizerCheck.Entry lost = new OptimizerCheck.Entry(Hyperparameters.of(Optimizer.LION), false, List.of(), free.losses(), 20);
    assertThat(OptimizerReport.lines(of(free, lost)).getLast()).startsWith("  lion: all trials of its search diverged, so that it is here with values that none of them chose");
    assertThat(OptimizerReport.lines(of(free, free))).noneSatisfy(line -> assertThat(line).contains("all trials"));
  }

  /// Deviations of seeds move both, so that pairs differ by 0.02 with a standard error of 0.005.
  @Test
  void aReferenceThatIsBetterWithAnotherRateIsSaidAndItsMisTuningCostsNothing() {
    List<Double> better = List.of(0.87, 0.98, 1.0, 1.09);
    OptimizerCheck check = constant(1, better);
    assertThat(check.costOf(better)).isCloseTo(-0.02, within(1e-12));
    assertThat(check.misTuning()).isZero();
    assertThat(OptimizerReport.lines(check)).anySatisfy(line -> assertThat(line).startsWith("  adamw: is better with half its tuned rate (−0.0200)"));
    List<Double> noisy = List.of(0.7, 1.2, 0.8, 1.24);
    assertThat(constant(1, noisy).costOf(noisy)).isCloseTo(-0.02, within(1e-12));
    assertThat(OptimizerReport.lines(constant(1, noisy))).noneSatisfy(line -> assertThat(line).contains("is better with"));
  }

  /// 0.33 and 0.34 of the steps would lie over each other; each axis has a name.
  @Test
  void thePictureHasNoNumberOverAnotherAndNamesItsAxes(@TempDir Path folder) throws IOException {
    List<List<Double>> losses = List.of(List.of(4.0), List.of(3.0), List.of(2.0), List.of(1.0));
    OptimizerCheck.Entry e = new OptimizerCheck.Entry(Hyperparameters.of(Optimizer.ADAMW), true, List.of(), losses, 20);
    OptimizerCheck check = new OptimizerCheck(List.of(0.2, 0.33, 0.34, 1.0), List.of(e, e), new OptimizerCheck.MisTuned(List.of(1.1), List.of(1.2)));
    String picture = Files.readString(OptimizerReport.write(folder, new CheckOrigin("mine", "mup", List.of(), "", List.of()), check)).split("<svg", -1)[1].split("</svg>", -1)[0];
    assertThat(picture).contains(">0.2<", ">0.34<", ">1<", ">steps, as a part of all<", ">final loss<").doesNotContain(">0.33<");
  }
}
