package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

class SeenTest {

  private static final SearchSpace REAL = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("y", 0, 1));
  private static final SearchSpace WHOLE = SearchSpace.of(Parameter.integer("x", 0, 9), Parameter.integer("y", 0, 9));

  private static Knowledge told(SearchSpace space, Point... points) {
    return new Knowledge(space, 1, List.of(points).stream().map(x -> new Evaluation(x, Optional.empty(), true)).toList());
  }

  private static Point firstNew(SearchSpace space, List<Point> candidates, Point... told) {
    Cells cells = new Cells(space);
    return Seen.firstNew(told(space, told), cells, candidates.size(), k -> cells.snap(candidates.get(k).toArray()));
  }

  @ParameterizedTest(name = "off by {0}")
  @ValueSource(doubles = {0, 0x1p-40, -0x1p-40})
  void whatWasAskedForIsPassedOver(double rounding) {
    Point next = Point.of(0.75, 0.25);
    assertThat(firstNew(REAL, List.of(Point.of(0.5 + rounding, 0.25), next), Point.of(0.1, 0.1), Point.of(0.5, 0.25))).isEqualTo(next);
  }

  @Test
  void oneCoordinateInCommonIsAnotherPoint() {
    assertThat(firstNew(REAL, List.of(Point.of(0.5, 0.5), Point.of(0.75, 0.25)), Point.of(0.5, 0.25))).isEqualTo(Point.of(0.5, 0.5));
  }

  @Test
  void pointsOfOneCellAreTheSame() {
    Point first = firstNew(WHOLE, List.of(Point.of(0.52, 0.52), Point.of(0.9, 0.9)), Point.of(0.58, 0.58));
    assertThat(WHOLE.decode(first)).isEqualTo(WHOLE.decode(Point.of(0.9, 0.9)));
  }
}
