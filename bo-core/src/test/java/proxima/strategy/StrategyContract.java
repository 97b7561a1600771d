package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Box;
import proxima.space.Ellipsoid;
import proxima.space.IntegerParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Product;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// What every strategy does. A subclass names one.
abstract class StrategyContract {

  static final SearchSpace MIXED =
      SearchSpace.of(
          Parameter.log("rate", 1e-4, 1),
          Parameter.categorical("kind", "a", "b", "c"),
          Parameter.integer("layers", 1, 6),
          Parameter.logInteger("width", 4, 4096),
          Parameter.real("slope", -1, 1).when("kind", "b", "c"));

  /// A strategy that has left its initial design after 4 suggestions, in a space of this dimension.
  abstract Strategy strategy(int d);

  /// The same for a space, where the strategy has to know it.
  Strategy strategy(SearchSpace space) {
    return strategy(space.dimension());
  }

  /// How many suggestions the walks of this contract are long.
  int length() {
    return 30;
  }

  static SearchSpace cube(int d) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      parameters.add(Parameter.real("x" + i, 0, 1));
    }
    return new SearchSpace(parameters);
  }

  static Evaluation finished(Point x, double loss) {
    return new Evaluation(x, Optional.of(Outcome.of(loss)), true);
  }

  static Evaluation finished(Point x, double loss, double standardError) {
    return new Evaluation(x, Optional.of(new Outcome.Finished(loss, standardError, List.of())), true);
  }

  static Evaluation stopped(Point x, double loss) {
    return new Evaluation(x, Optional.of(new Outcome.Stopped(10, loss, List.of(new Outcome.CurvePoint(10, loss)))), true);
  }

  static double bowl(Point x) {
    double sum = 0;
    for (int i = 0; i < x.dimension(); i++) {
      sum += Math.pow(x.get(i) - 0.3, 2);
    }
    return sum;
  }

  /// The evaluations of a run of `n` suggestions.
  final List<Evaluation> run(SearchSpace space, long seed, int n, ToDoubleFunction<Point> loss) {
    Strategy strategy = strategy(space);
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Point x = strategy.suggest(new Knowledge(space, seed, known));
      known.add(finished(x, loss.applyAsDouble(x)));
    }
    return known;
  }

  private void acceptsAndRepeats(SearchSpace space, List<Evaluation> evaluations) {
    Strategy strategy = strategy(space);
    var knowledge = new Knowledge(space, 7, evaluations);
    Point x = strategy.suggest(knowledge);
    assertThat(x.dimension()).isEqualTo(space.dimension());
    assertThat(strategy.suggest(knowledge)).isEqualTo(x);
    assertThat(strategy(space).suggest(new Knowledge(space, 7, List.copyOf(evaluations)))).isEqualTo(x);
    Point snapped = space.snap(x);
    for (int i = 0; i < space.dimension(); i++) {
      assertThat(snapped.get(i)).isCloseTo(x.get(i), org.assertj.core.data.Offset.offset(1e-9));
    }
  }

  @ParameterizedTest(name = "d = {0}")
  @ValueSource(ints = {1, 2, 7, 22, 60})
  void suggestsAValidPointAndTheSameAgain(int d) {
    SearchSpace space = cube(d);
    List<Evaluation> run = run(space, 3, 10, StrategyContract::bowl);
    for (int n : new int[] {0, 1, 4, 5, 10}) {
      acceptsAndRepeats(space, run.subList(0, n));
    }
  }

  @Test
  void copesWithEveryKindOfOutcome() {
    for (SearchSpace space : List.of(cube(1), cube(5), MIXED)) {
      List<Point> points = run(space, 3, 8, StrategyContract::bowl).stream().map(Evaluation::point).toList();
      acceptsAndRepeats(space, points.stream().map(x -> new Evaluation(x, Optional.of(new Outcome.Diverged(3)), true)).toList());
      acceptsAndRepeats(space, points.stream().map(x -> new Evaluation(x, Optional.of(new Outcome.Failed("lost")), true)).toList());
      acceptsAndRepeats(space, points.stream().map(x -> new Evaluation(x, Optional.empty(), true)).toList());
      acceptsAndRepeats(space, points.stream().map(x -> finished(x, 1.5)).toList());
      acceptsAndRepeats(space, points.stream().map(x -> finished(x, 1e300 * bowl(x))).toList());
      acceptsAndRepeats(space, Collections.nCopies(8, finished(points.getFirst(), 1)));
      acceptsAndRepeats(space, points.stream().map(x -> finished(x, bowl(x), 1e300 * bowl(x))).toList());
      acceptsAndRepeats(space, points.stream().map(x -> finished(x, 1.5, 1e-9)).toList());
      acceptsAndRepeats(space, List.of(new Evaluation(points.getFirst(), Optional.of(Outcome.of(1)), false)));
      List<Evaluation> all = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        Optional<Outcome> outcome = switch (i % 4) {
          case 0 -> Optional.of(new Outcome.Finished(i, i < 4 ? 0 : 0.1, List.of()));
          case 1 -> Optional.of(new Outcome.Diverged(i));
          case 2 -> Optional.of(new Outcome.Failed("lost"));
          default -> Optional.empty();
        };
        all.add(new Evaluation(points.get(i), outcome, i > 0));
      }
      acceptsAndRepeats(space, all);
      acceptsAndRepeats(space, points.stream().map(x -> stopped(x, 1.5)).toList());
      for (int i = 0; i < points.size(); i++) {
        all.add(stopped(points.get(i), 3 + bowl(points.get(i))));
      }
      acceptsAndRepeats(space, all);
    }
  }

  @Test
  void neverRepeatsAPendingPoint() {
    for (SearchSpace space : List.of(cube(3), MIXED)) {
      Strategy strategy = strategy(space);
      List<Evaluation> known = new ArrayList<>();
      Set<Point> keys = new HashSet<>();
      for (int i = 0; i < length(); i++) {
        Point x = strategy.suggest(new Knowledge(space, 5, known));
        assertThat(keys.add(Cells.key(x))).isTrue();
        known.add(new Evaluation(x, Optional.empty(), true));
        if (i >= 4) {
          int told = i - 4;
          known.set(told, finished(known.get(told).point(), bowl(known.get(told).point())));
        }
      }
    }
  }

  @Test
  void staysInsideTheRegion() {
    IntegerParameter width = Parameter.logInteger("width", 4, 4096);
    List<SearchSpace> spaces = new ArrayList<>();
    for (int without = 0; without < 3; without++) {
      // Two of three kinds, 2 to 4 layers of 6, a width of 8 to 200.
      double[] high = {0.3, 1, 1, 1, 4 / 6.0, width.edge(201), 0.9};
      high[1 + without] = 0;
      spaces.add(MIXED.within(new Box(Point.of(0.2, 0, 0, 0, 1 / 6.0, width.edge(8), 0), Point.of(high))));
    }
    Ellipsoid ball = Ellipsoid.ball(Point.of(0.6, 0.6, 0.6, 0.7, 0.8), 0.25);
    Region cut = ball.within(Box.around(ball.centre(), 0.3));
    Region product = new Product(
        List.of(new Product.Part(List.of(0, 2), Ellipsoid.ball(Point.of(0.5, 0.9), 0.2)), new Product.Part(List.of(1, 3, 4), Box.around(Point.centre(3), 0.2))));
    spaces.addAll(List.of(cube(5).within(ball), cube(5).within(cut), cube(5).within(product)));
    for (SearchSpace space : spaces) {
      for (Evaluation e : run(space, 2, 14, StrategyContract::bowl)) {
        assertThat(space.contains(space.snap(e.point()))).as("%s in %s", e.point(), space.region()).isTrue();
      }
    }
  }

  /// Sobol points end at 1,000.
  @Test
  void beginsInASpaceOfMoreCoordinatesThanSobolPointsHave() {
    String[] choices = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toArray(String[]::new);
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", choices), Parameter.real("x", 0, 1));
    acceptsAndRepeats(space, List.of());
  }

  @Test
  void repeatsInASpaceThatIsUsedUp() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", "a", "b"));
    List<String> kinds = run(space, 1, 8, StrategyContract::bowl).stream().map(e -> space.decode(e.point()).category("kind")).toList();
    assertThat(kinds).hasSize(8).containsOnly("a", "b");
    assertThat(kinds.subList(0, 2)).doesNotHaveDuplicates();
  }

  @Test
  void differentSeedsAskDifferentPoints() {
    assertThat(run(cube(4), 1, 6, StrategyContract::bowl)).isNotEqualTo(run(cube(4), 2, 6, StrategyContract::bowl));
  }
}
