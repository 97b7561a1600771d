package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// The Gaussian process with the options for many real parameters.
final class SmoothGpStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new GpStrategy(InitialDesign.cube(4), GpOptions.smooth());
  }

  @Override
  int length() {
    return 14;
  }

  @Test
  void isForManyParametersThatAreAllReal() {
    assertThat(GpOptions.of(cube(10))).isEqualTo(GpOptions.smooth());
    assertThat(GpOptions.of(cube(9))).isEqualTo(GpOptions.general());
    List<Parameter> parameters = new ArrayList<>(cube(10).parameters());
    parameters.add(Parameter.integer("layers", 1, 6));
    assertThat(GpOptions.of(new SearchSpace(parameters))).isEqualTo(GpOptions.general());
  }

  @Test
  void everySecondSuggestionIsFurtherFromTheBestOfNoisyTrials() {
    var random = new SplittableRandom(1);
    List<Evaluation> known = run(cube(3), 1, 40, x -> bowl(x) + 0.05 * random.nextGaussian());
    double near = 0;
    double far = 0;
    for (int i = 20; i < known.size(); i++) {
      double distance = bowl(known.get(i).point());
      if (i % 2 == 1) {
        far += distance;
      } else {
        near += distance;
      }
    }
    assertThat(far).isGreaterThan(2 * near);
    Point best = known.get(Recommendation.best(new Knowledge(cube(3), 1, known), 1).getFirst()).point();
    assertThat(bowl(best)).isLessThan(0.05);
  }
}
