package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// A function of the unit cube whose minimum is 0.
///
/// @param noise standard deviation of the normal noise on what is observed at a point that does not diverge
/// @param regret the noise-free value; infinite where a trial diverges
public record SyntheticFunction(String name, int dimension, ToDoubleFunction<Point> noise, ToDoubleFunction<Point> regret) {

  /// With the same noise everywhere.
  SyntheticFunction(String name, int dimension, double noise, ToDoubleFunction<Point> regret) {
    this(name, dimension, _ -> noise, regret);
  }

  public SearchSpace space() {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      parameters.add(Parameter.real("x" + i, 0, 1));
    }
    return new SearchSpace(parameters);
  }

  /// What a trial at x reports.
  public Outcome observe(Point x, RandomGenerator random) {
    return Outcome.of(regret.applyAsDouble(x) + noise.applyAsDouble(x) * random.nextGaussian());
  }
}
