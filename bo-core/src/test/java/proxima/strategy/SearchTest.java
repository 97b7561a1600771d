package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.acquisition.Preference;
import proxima.gp.Threads;
import proxima.space.Box;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;

class SearchTest {

  private static List<Evaluation> known(SearchSpace space, int n) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      known.add(finished(new RandomStrategy().suggest(new Knowledge(space, 1, known))));
    }
    return known;
  }

  private static Evaluation finished(Point x) {
    return StrategyContract.finished(x, StrategyContract.bowl(x));
  }

  private static Point suggestion(SearchSpace space, List<Evaluation> known, Preference preference) {
    return new GpStrategy(InitialDesign.cube(0), GpOptions.general(), Threads.ONE).preferring(preference).suggest(new Knowledge(space, 1, known));
  }

  /// Six parameters have 45 coordinates.
  @Test
  void oneOfAFewParametersIsMovedWithAllOthersHoweverManyChoicesAnotherHas() {
    List<Parameter> parameters = new ArrayList<>(StrategyContract.cube(5).parameters());
    parameters.add(Parameter.categorical("kind", IntStream.range(0, 40).mapToObj(i -> "c" + i).toArray(String[]::new)));
    SearchSpace space = new SearchSpace(parameters);
    List<Evaluation> known = known(space, 10);
    List<Point> asked = Collections.synchronizedList(new ArrayList<>());
    suggestion(space, known, (x, _) -> {
      asked.add(x);
      return 0;
    });
    assertThat(asked).hasSizeGreaterThan(1000);
    assertThat(asked).noneMatch(x -> known.stream().map(Evaluation::point).anyMatch(y -> x.get(0) == y.get(0) && x.get(1) != y.get(1)));
  }

  private static long whole(Configuration c) {
    return c.get("k").orElseThrow() instanceof Value.Whole(long v) ? v : 0;
  }

  @ParameterizedTest(name = "best at {0}")
  @ValueSource(longs = {1, 2, 17, 4711, 123_456, 777_777, 999_999, 1_000_000})
  void anIntegerIsRefinedToTheBestOfAllItsValues(long best) {
    Parameter linear = Parameter.integer("k", 1, 1_000_000);
    for (Parameter k : List.of(linear, Parameter.logInteger("k", 1, 1_000_000))) {
      SearchSpace space = SearchSpace.of(k, Parameter.real("x", 0, 1));
      // Values as far off as their cells, which are 5e-8 wide or more.
      double[] at = new double[2];
      k.encode(new Value.Whole(best), at, 0);
      Point x = suggestion(space, known(space, 5), (p, _) -> -1e12 * Math.abs(p.get(0) - at[0]));
      assertThat(whole(space.decode(x))).as("%s", k).isEqualTo(best);
    }
  }

  @Test
  void anIntegerIsRefinedWithinTheRegion() {
    SearchSpace space = SearchSpace.of(Parameter.integer("k", 1, 1000));
    double[] edges = DoubleStream.of(100, 300).map(v -> v / 1000).toArray();
    Point x = suggestion(
        space.within(new Box(Point.of(edges[0]), Point.of(edges[1]))), known(space, 3), (p, _) -> 1e12 * p.get(0));
    assertThat(whole(space.decode(x))).isEqualTo(300);
  }
}
