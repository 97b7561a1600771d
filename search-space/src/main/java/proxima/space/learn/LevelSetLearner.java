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
import proxima.space.SearchSpace;

/// The share of the space where `PooledRegression` expects the lowest losses: it follows any shape that good points have in common, and regards bad ones too.
///
/// @param share of the space, in (0, 1)
public record LevelSetLearner(double share) implements RegionLearner {

  private static final int DRAWS = 4096;

  public LevelSetLearner {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a level set keeps a share in (0, 1) of the space, got " + share);
    }
  }

  /// A tenth.
  public static LevelSetLearner tenth() {
    return new LevelSetLearner(0.1);
  }

  @Override
  public int needs(SearchSpace space) {
    return 1;
  }

  @Override
  public LearnedRegion learn(PriorTasks prior) {
    SearchSpace space = prior.space();
    int tasks = prior.tasks().size();
    if (tasks < needs(space)) {
      return LearnedRegion.whole(prior, text(), needs(space));
    }
    Box cube = Box.cube(space.dimension());
    KernelSum function = PooledRegression.of(prior.tasks());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    List<Point> uniform = Stream.generate(() -> space.snap(cube.sample(random))).limit(DRAWS).toList();
    double[] values = function.at(uniform);
    int lowest = 0;
    for (int i = 1; i < values.length; i++) {
      lowest = values[i] < values[lowest] ? i : lowest;
    }
    double level = Arrays.stream(values).sorted().toArray()[(int) (share * DRAWS)];
    return new LearnedRegion(space.within(new LevelSet(function, level, uniform.get(lowest), cube)), text(), tasks, List.of());
  }

  private String text() {
    return "best " + LearnedRegion.percent(share) + " by regression over all tasks";
  }
}
