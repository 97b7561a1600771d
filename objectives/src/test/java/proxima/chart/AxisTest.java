package proxima.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void isNotMovedByOutliers() {
    double[] losses = IntStream.range(0, 100).mapToDouble(i -> i < 97 ? 1 + i / 100.0 : 1e18).toArray();
    Axis y = Axis.robust(losses, List.of(), 100, 0);
    assertThat(y.high()).isLessThan(2.1);
    assertThat(y.clipped(1e18)).isZero();
  }

  @Test
  void isNotMovedByOneOutlierInTen() {
    double[] losses = IntStream.range(0, 100).mapToDouble(i -> i < 90 ? 1 + i / 100.0 : 40).toArray();
    assertThat(Axis.robust(losses, List.of(), 100, 0).high()).isLessThan(6);
  }

  @Test
  void showsWhatItIsToldTo() {
    assertThat(Axis.robust(new double[] {1, 1.1, 1.2}, List.of(2.5), 0, 1).holds(2.5)).isTrue();
  }

  @Test
  void holdsLossesThatAreAllEqual() {
    for (double loss : new double[] {0, 1.5, -3, 1e-9}) {
      assertThat(Axis.robust(new double[] {loss, loss}, List.of(), 0, 1).holds(loss)).isTrue();
    }
  }

  @Test
  void isLogarithmicOverWideRanges() {
    Axis y = Axis.robust(new double[] {1e-5, 1e-3, 1e-1}, List.of(), 0, 1);
    assertThat(y.log()).isTrue();
    assertThat(y.ticks(5)).contains(1e-3);
  }

  @Test
  void hasRoundTicks() {
    assertThat(Axis.linear(0.9, 2.1, 0, 1).ticks(5).stream().map(Format::tick)).containsExactly("1", "1.25", "1.5", "1.75", "2");
  }

  @Test
  void hasAsManyLogarithmicTicksAsThereIsRoomFor() {
    assertThat(Axis.logarithmic(0.05, 3, 0, 1).ticks(6)).containsExactly(0.05, 0.1, 0.2, 0.5, 1.0, 2.0);
    assertThat(Axis.logarithmic(0.009, 1.1, 0, 1).ticks(2)).containsExactly(0.01, 0.1, 1.0);
    assertThat(Axis.logarithmic(1e-12, 1.1, 0, 1).ticks(3).size()).isBetween(3, 5);
    assertThat(Axis.logarithmic(0.6, 0.9, 0, 1).ticks(4)).hasSizeGreaterThan(1);
    assertThat(Axis.logarithmic(0.26, 0.58, 0, 1).ticks(3)).hasSizeGreaterThan(1);
  }
}
