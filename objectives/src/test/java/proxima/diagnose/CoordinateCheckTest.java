package proxima.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.train.Coordinate;
import proxima.train.CoordinateStep;

class CoordinateCheckTest {

  private static final List<Long> VALUES = List.of(2L, 4L, 8L);

  /// What a training at a scale shows: `stream` and `mlp.hidden` in two blocks, then the output.
  private interface Shown {
    CoordinateStep at(double value, int step);
  }

  private static CoordinateStep shown(double hidden, double stream, double output) {
    Map<String, List<Coordinate>> shown = new LinkedHashMap<>();
    shown.put("mlp.hidden", List.of(new Coordinate(hidden, 0), new Coordinate(3 * hidden, 0)));
    shown.put("stream", List.of(new Coordinate(1, 1), new Coordinate(stream, 1)));
    shown.put("output", List.of(new Coordinate(1, output)));
    return new CoordinateStep(shown);
  }

  private static CoordinateCheck check(ScaleAxis axis, int steps, Shown shown) {
    List<List<List<CoordinateStep>>> seen = new ArrayList<>();
    for (long value : VALUES) {
      seen.add(List.of(IntStream.rangeClosed(1, steps).mapToObj(t -> shown.at((double) value, t)).toList()));
    }
    return CoordinateCheck.of(axis, VALUES, seen);
  }

  private static Quantity quantity(CoordinateCheck check, String name) {
    return check.quantities().stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void constantSizesPass() {
    CoordinateCheck check = check(ScaleAxis.WIDTH, 3, (_, t) -> shown(t, t, t));
    assertThat(check.passed()).isTrue();
    assertThat(check.quantities()).extracting(Quantity::name).containsExactly("mlp.hidden", "stream, half way", "stream, at the end", "stream, its change", "output, its change");
    assertThat(quantity(check, "mlp.hidden").sizes().get(1)).containsExactly(4.0, 4.0, 4.0);
  }

  @Test
  void aSlopeBeyondItsBoundDoesNot() {
    CoordinateCheck check = check(ScaleAxis.WIDTH, 3, (v, t) -> shown(1, t == 3 ? Math.pow(v, 0.2) : 1, Math.pow(v, 0.2)));
    assertThat(check.passed()).isFalse();
    Quantity stream = quantity(check, "stream, at the end");
    assertThat(stream.passed()).isFalse();
    assertThat(stream.steepest()).isEqualTo(3);
    assertThat(stream.slope(3)).isCloseTo(0.2, within(1e-12));
    assertThat(quantity(check, "output, its change").passed()).as("the output's bound is wider").isTrue();
  }

  @Test
  void overWidthsTheFirstStepIsFree() {
    assertThat(check(ScaleAxis.WIDTH, 6, (v, t) -> shown(t < 2 ? v : 1, 1, 1)).passed()).isTrue();
    assertThat(check(ScaleAxis.WIDTH, 6, (v, t) -> shown(t < 3 ? v : 1, 1, 1)).passed()).isFalse();
  }

  @Test
  void overDepthsTheFirstFourStepsAre() {
    assertThat(check(ScaleAxis.DEPTH, 6, (v, t) -> shown(t < 5 ? 1 / v : 1, 1, 1)).passed()).isTrue();
    assertThat(check(ScaleAxis.DEPTH, 6, (v, t) -> shown(t < 6 ? 1 / v : 1, 1, 1)).passed()).isFalse();
  }

  @Test
  void changesCountInTheSecondHalfOfTheSteps() {
    assertThat(check(ScaleAxis.WIDTH, 10, (v, t) -> shown(1, 1, t < 6 ? 1 / v : 1)).passed()).isTrue();
    assertThat(check(ScaleAxis.WIDTH, 10, (v, t) -> shown(1, 1, t < 7 ? 1 / v : 1)).passed()).isFalse();
  }

  /// ADOPT's first step only remembers.
  @Test
  void whatHasMovedNowhereYetPasses() {
    CoordinateCheck check = check(ScaleAxis.WIDTH, 3, (_, t) -> shown(1, 1, t == 2 ? 0 : 1));
    assertThat(quantity(check, "output, its change").slope(2)).isZero();
    assertThat(check.passed()).isTrue();
    assertThat(check(ScaleAxis.WIDTH, 3, (v, t) -> shown(1, 1, t == 2 && v == 2 ? 0 : 1)).passed()).as("at one scale alone").isFalse();
  }

  @Test
  void whatDivergesDoesNotPass() {
    CoordinateCheck check = check(ScaleAxis.WIDTH, 3, (v, t) -> shown(v == 8 && t == 2 ? Double.NaN : 1, 1, 1));
    assertThat(quantity(check, "mlp.hidden").steepest()).isEqualTo(2);
    assertThat(check.passed()).isFalse();
  }
}
