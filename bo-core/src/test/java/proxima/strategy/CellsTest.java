package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Box;
import proxima.space.KernelSum;
import proxima.space.LevelSet;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

class CellsTest {

  private static final SearchSpace KINDS = SearchSpace.of(Parameter.categorical("kind", "a", "b", "c"), Parameter.real("x", 0, 1));

  private static SearchSpace without(int choice) {
    double[] high = {1, 1, 1, 1};
    high[choice] = 0;
    return KINDS.within(new Box(Point.of(0, 0, 0, 0), Point.of(high)));
  }

  @ParameterizedTest(name = "without choice {0}")
  @ValueSource(ints = {0, 1, 2})
  void aChoiceThatIsLeftOutBecomesOneThatIsNot(int choice) {
    SearchSpace space = without(choice);
    double[] x = {0, 0, 0, 0.4};
    x[choice] = 1;
    Point inside = new Cells(space).inside(x);
    assertThat(space.contains(inside)).isTrue();
    assertThat(space.snap(inside)).isEqualTo(inside);
  }

  @ParameterizedTest(name = "without choice {0}")
  @ValueSource(ints = {0, 1, 2})
  void choicesThatAreLeftAreDrawnAlike(int choice) {
    var cells = new Cells(without(choice));
    RandomGenerator random = Seeds.random(choice, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      Point x = cells.inside(cells.perturb(Point.of(1, 0, 0, 0.5), 0.1, 1, random).toArray());
      counts.merge(KINDS.decode(x).category("kind"), 1, Integer::sum);
    }
    assertThat(counts).hasSize(2);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(500 - 64, 500 + 64)); // 4 standard errors
  }

  @Test
  void whatIsBroughtIntoALevelSetStaysInItWhereItIsSnapped() {
    var random = new SplittableRandom(3);
    for (int kind = 0; kind < 3; kind++) {
      // Low near one choice and x = 0.8, and no higher than the level half-way to the other choices and beyond.
      double[] low = {0, 0, 0, 0.8};
      low[kind] = 1;
      var function = new KernelSum(List.of(Point.of(low)), List.of(-1.0), 0.5, Collections.nCopies(4, 1.0), 0);
      SearchSpace space = KINDS.within(new LevelSet(function, -0.15, Point.of(low), Box.cube(4)));
      for (int i = 0; i < 100; i++) {
        Point inside = new Cells(space).inside(random.doubles(4).toArray());
        assertThat(space.contains(inside)).isTrue();
        assertThat(space.snap(inside)).isEqualTo(inside);
        assertThat(new Cells(space).inside(inside.toArray())).isEqualTo(inside);
      }
    }
  }

  @Test
  void theLargestCoordinateOfTheChoicesThatAreLeftWins() {
    assertThat(new Cells(without(0)).inside(new double[] {0.9, 0.2, 0.3, 0.5})).isEqualTo(Point.of(0, 0, 1, 0.5));
    assertThat(new Cells(without(0)).inside(new double[] {0.9, 0, 0, 0.5})).as("the first of equals").isEqualTo(Point.of(0, 1, 0, 0.5));
  }
}
