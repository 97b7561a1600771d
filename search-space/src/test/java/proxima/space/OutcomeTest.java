package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

  private static Outcome.Finished replicates(double... losses) {
    return (Outcome.Finished) Outcome.ofReplicates(losses);
  }

  @Test
  void replicatesAreTheirMeanAndItsStandardError() {
    // statistics.mean and statistics.stdev / sqrt(5) of Python.
    Outcome.Finished of = replicates(1.5, 2.25, 1.75, 3, 0.5);
    assertThat(of.loss()).isCloseTo(1.8, within(1e-15));
    assertThat(of.standardError()).isCloseTo(0.4138236339311712, within(1e-15));
    assertThat(of.curve()).isEmpty();
    assertThat(replicates(4, 1).standardError()).isCloseTo(1.5, within(1e-15));
  }

  @Test
  void oneReplicateOrEqualOnesTellNoStandardError() {
    assertThat(replicates(0.1)).isEqualTo(Outcome.of(0.1));
    assertThat(replicates(0.1, 0.1, 0.1)).isEqualTo(Outcome.of(0.1));
  }

  @Test
  void aReplicateThatDivergedIsDivergenceAndNoneAreRefused() {
    assertThat(Outcome.ofReplicates(1, Double.NaN)).isEqualTo(new Outcome.Diverged(0));
    assertThat(Outcome.ofReplicates(Double.POSITIVE_INFINITY)).isEqualTo(new Outcome.Diverged(0));
    assertThat(Outcome.ofReplicates(1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isEqualTo(new Outcome.Diverged(0));
    assertThatThrownBy(Outcome::ofReplicates).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 loss or more, got none");
  }

  @Test
  void theLargestReplicatesDoNotOverflow() {
    double huge = Double.MAX_VALUE;
    assertThat(replicates(huge, huge).loss()).isEqualTo(huge);
    assertThat(replicates(huge, -huge).standardError()).isFinite();
    assertThat(replicates(huge, -huge, huge, -huge, huge).standardError()).isFinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aStandardErrorIsFiniteAndNotNegative(double standardError) {
    assertThatThrownBy(() -> new Outcome.Finished(1, standardError, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a standard error is finite and 0 or more, got " + standardError + "; leave it out where it is not known");
  }

  @Test
  void aCurveIsAddedToWhatIsKnown() {
    List<Outcome.CurvePoint> curve = List.of(new Outcome.CurvePoint(1, 2));
    assertThat(new Outcome.Finished(1, 0.5, List.of()).withCurve(curve)).isEqualTo(new Outcome.Finished(1, 0.5, curve));
    assertThat(new Outcome.Finished(1, -0.0, curve)).isEqualTo(new Outcome.Finished(1, curve));
  }
}
