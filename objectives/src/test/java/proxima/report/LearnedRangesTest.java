package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.chart.Block;
import proxima.chart.Picture;
import proxima.chart.Shape;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

final class LearnedRangesTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.log("rate", 1e-3, 10), Parameter.real("dropout", 0, 0.5));

  /// Of many runs; all have their best in nearly one place.
  private static Block.Figure figure(int runs) {
    List<PriorTask> tasks =
        IntStream.range(0, runs)
            .mapToObj(i -> new PriorTask("runs/with-a-name-of-some-length-" + i, List.of(Point.of(0.5 + 0.001 * i, 0.02 * i), Point.of(0.1, 0.9)), List.of(1.0, 2.0)))
            .toList();
    return (Block.Figure) LearnedRanges.figures(new Lesson("search", new PriorTasks(SPACE, tasks, List.of()), Map.of(), true), Optional.empty()).getFirst();
  }

  private static <T> List<T> shapes(Block.Figure figure, Class<T> kind) {
    return figure.picture().shapes().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> texts(Block.Figure figure) {
    return shapes(figure, Shape.Label.class).stream().map(Shape.Label::text).toList();
  }

  @Test
  void allRunsAreNamedInsideThePictureAndNumberedWhereColoursAreTooFew() {
    Block.Figure figure = figure(9);
    assertThat(texts(figure)).containsAll(IntStream.range(0, 9).mapToObj(i -> "runs/with-a-name-of-some-length-" + i).toList());
    // In the legend, and in each of two ranges.
    for (int i = 1; i <= 9; i++) {
      assertThat(texts(figure)).filteredOn(String.valueOf(i)::equals).hasSize(3);
    }
    assertThat(shapes(figure, Shape.Label.class)).filteredOn(l -> l.text().startsWith("runs/")).allMatch(l -> l.x() + Picture.widthOf(l.text(), l.size()) <= figure.picture().width());
    assertThat(figure.caption()).contains("Numbers are those of the names");
    assertThat(texts(figure(6))).doesNotContain("1", "2");
  }

  @Test
  void noNumberedDotCoversAnother() {
    List<Shape.Dot> dots = shapes(figure(9), Shape.Dot.class).stream().filter(d -> d.hint().contains(": ")).toList();
    assertThat(dots).hasSize(2 * 9);
    for (Shape.Dot a : dots) {
      assertThat(dots).filteredOn(b -> !b.equals(a)).allMatch(b -> Math.hypot(a.x() - b.x(), a.y() - b.y()) >= 14);
      assertThat(a.y()).isPositive();
    }
  }

  @Test
  void theBandIsOfWhatCanBeTried() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", "a", "b", "c"), Parameter.integer("layers", 1, 5), Parameter.real("slope", 0, 1).when("kind", "a"));
    // Losses are low with b and few layers.
    List<Point> points = IntStream.range(0, 60).mapToObj(i -> space.snap(Point.of(i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0, i % 5 / 5.0 + 0.1, i / 60.0))).toList();
    List<Double> losses = points.stream().map(x -> (x.get(1) == 1 ? 0 : 5) + x.get(3)).toList();
    PriorTasks tasks = new PriorTasks(space, List.of(new PriorTask("a", points, losses)), List.of());
    Block.Figure figure = (Block.Figure) LearnedRanges.figures(new Lesson("search", tasks, Map.of(), true), Optional.empty()).getFirst();
    assertThat(texts(figure)).contains("b was best in 1", "1 to 2");
    assertThat(shapes(figure, Shape.Box.class)).hasSize(1);
    assertThat(figure.caption()).contains("there is none where the parameter is active nowhere in that tenth");
    assertThat(figure(2).caption()).doesNotContain("there is none");
  }

  @Test
  void runsBeyondTheNamesAreCountedAndDrawnAllTheSame() {
    Block.Figure figure = figure(25);
    assertThat(texts(figure)).contains("and 7 more", "18").doesNotContain("19");
    assertThat(figure.caption()).contains("The small grey dots are those of the 7 other earlier runs.");
    assertThat(shapes(figure, Shape.Dot.class).stream().flatMap(d -> d.hint().contains("length-24: ") ? Stream.of(d) : Stream.of())).hasSize(2);
  }

  @Test
  void theBandReachesAnEndWhereDrawsPile() {
    double[] falling = IntStream.range(0, 1000).mapToDouble(i -> 1 - Math.sqrt(1 - (i + 0.5) / 1000)).toArray();
    // The shortest one goes to 1 - sqrt(0.1), which is 0.684.
    assertThat(LearnedRanges.band(falling)[0]).isZero();
    assertThat(LearnedRanges.band(falling)[1]).isBetween(0.68, 0.73);
    double[] rising = IntStream.range(0, 1000).mapToDouble(i -> 1 - falling[999 - i]).toArray();
    assertThat(LearnedRanges.band(rising)[1]).isEqualTo(1);
    // Of evenly spread ones it is the middle.
    double[] even = IntStream.range(0, 1000).mapToDouble(i -> (i + 0.5) / 1000).toArray();
    assertThat(LearnedRanges.band(even)).satisfies(b -> assertThat(b[0]).isBetween(0.04, 0.06), b -> assertThat(b[1]).isBetween(0.94, 0.96));
    assertThat(LearnedRanges.band(new double[] {0.3})).containsExactly(0.3, 0.3);
  }
}
