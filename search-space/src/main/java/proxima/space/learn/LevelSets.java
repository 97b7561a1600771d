package proxima.space.learn;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import proxima.space.Box;
import proxima.space.KernelSum;
import proxima.space.LevelSet;
import proxima.space.Point;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// The parts of a space where `PooledRegression` expects the lowest losses, of any share: each contains the smaller ones. None leaves out more than three quarters of the points that were best
/// in a task, though what is expected may be lowest where nothing was tried.
public final class LevelSets {

  private static final int DRAWS = 4096;

  private final SearchSpace space;
  private final KernelSum function;
  private final Point lowest;
  private final double[] values;
  private final double best; // at the tasks' best points, the quartile

  /// @param prior one task at least
  public LevelSets(PriorTasks prior) {
    this.space = prior.space();
    this.function = PooledRegression.of(space, prior.tasks());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    Box cube = Box.cube(space.dimension());
    List<Point> uniform = Stream.generate(() -> space.snap(cube.sample(random))).limit(DRAWS).toList();
    this.values = function.at(uniform);
    int first = 0;
    for (int i = 1; i < values.length; i++) {
      first = values[i] < values[first] ? i : first;
    }
    this.lowest = uniform.get(first);
    Arrays.sort(values);
    double[] known = Arrays.stream(function.at(prior.tasks().stream().flatMap(t -> t.best(1).stream()).toList())).sorted().toArray();
    this.best = known.length == 0 ? Double.NEGATIVE_INFINITY : known[(known.length - 1) / 4];
  }

  /// What is expected of losses: the regression.
  public KernelSum function() {
    return function;
  }

  /// The space within the best share of it.
  /// @param share of the space, more than 0
  public SearchSpace within(double share) {
    return space.within(region(share));
  }

  /// The best share of the space, or as much more as holds a quarter of the tasks' best points; all of it for 1 and more.
  /// @param share of the space, more than 0
  public Region region(double share) {
    if (!(share > 0)) {
      throw new IllegalArgumentException("a level set keeps a share above 0 of the space, got " + share);
    }
    Box cube = Box.cube(space.dimension());
    return share >= 1 ? cube : new LevelSet(function, level(share), lowest, cube);
  }

  private double level(double share) {
    double most = Math.max(LevelSet.level(values, (int) (share * DRAWS)), function.at(lowest));
    // By itself the point's value may be another in its last digits.
    return best > most ? best + LevelSet.ROUNDING : most;
  }
}
