package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import proxima.study.Decision;

class PaceTest {

  /// Reports at these steps and seconds.
  private static double of(List<Integer> steps, List<Double> seconds) {
    Iterator<Double> clock = seconds.iterator();
    Pace pace = new Pace(() -> Math.round(clock.next() * 1e9));
    steps.forEach(step -> assertThat(pace.report(step, Double.NaN)).isEqualTo(Decision.CONTINUE));
    return pace.seconds();
  }

  /// The first report is of a step that took 100 seconds with all that came before it.
  @Test
  void whatComesBeforeTheFirstReportIsNoneOfAStep() {
    assertThat(of(List.of(1, 2, 3), List.of(100.0, 102.0, 105.0))).isCloseTo(2.5, within(1e-12));
    assertThat(of(List.of(10, 20, 25), List.of(100.0, 120.0, 130.0))).isCloseTo(2, within(1e-12));
    assertThat(of(List.of(0, 10), List.of(100.0, 120.0))).as("a report before the first step may come long before it").isNaN();
  }

  @Test
  void aTrainingThatIsBegunAgainIsTimedAnew() {
    assertThat(of(List.of(1, 50, 1, 3), List.of(0.0, 10.0, 500.0, 504.0))).isCloseTo(2, within(1e-12));
  }

  @Test
  void oneReportTellsNothing() {
    assertThat(of(List.of(), List.of())).isNaN();
    assertThat(of(List.of(7), List.of(3.0))).isNaN();
  }
}
