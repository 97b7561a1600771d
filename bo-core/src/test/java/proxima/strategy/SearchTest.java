package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.acquisition.Preference;
import proxima.gp.Threads;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

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
}
