package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Point;

final class LocalArmTest {

  private static int failures(int initial, double... losses) {
    List<Evaluation> known =
        DoubleStream.of(losses).mapToObj(loss -> new Evaluation(Point.of(0.5), Optional.of(Outcome.of(loss)), true)).toList();
    return LocalArm.failures(new Knowledge(StrategyContract.cube(1), 1, known), initial);
  }

  @Test
  void trialsSinceTheLowestLossAreFailures() {
    assertThat(failures(0, 3, 2, 4, 2, Double.NaN)).isEqualTo(3);
    assertThat(failures(0, 3, 2, 4, 1)).isZero();
  }

  /// Improvements among the initial trials are initial trials too.
  @Test
  void thoseOfTheInitialDesignAreNot() {
    assertThat(failures(4, 4, 3, 2, 5, 6, 7)).isEqualTo(2);
    assertThat(failures(4, 4, 3, 2, 5)).isZero();
  }

  @Test
  void failedAndPendingTrialsSayNothing() {
    List<Evaluation> known = List.of(
        new Evaluation(Point.of(0.1), Optional.of(Outcome.of(1)), true),
        new Evaluation(Point.of(0.2), Optional.of(new Outcome.Failed("no disk")), true),
        new Evaluation(Point.of(0.3), Optional.empty(), true));
    assertThat(LocalArm.failures(new Knowledge(StrategyContract.cube(1), 1, known), 0)).isZero();
  }
}
