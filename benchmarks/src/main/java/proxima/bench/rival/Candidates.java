package proxima.bench.rival;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;

/// Points to choose among where a task is no table: uniform ones, and half as many near the best known ones.
final class Candidates {

  private static final int UNIFORM = 2000;
  private static final int NEAR = 1000;
  private static final double SD = 0.1;

  private Candidates() {}

  /// New uniform points of the space, so many where there are as many; one at least, which may be known.
  static List<Point> uniform(Knowledge knowledge, int n) {
    return of(knowledge, n, List.of());
  }

  /// New points of the space.
  /// @param best around which half as many lie as are uniform; may be empty
  static List<Point> of(Knowledge knowledge, List<Point> best) {
    return of(knowledge, UNIFORM, best);
  }

  private static List<Point> of(Knowledge knowledge, int uniform, List<Point> best) {
    SearchSpace space = knowledge.space();
    RandomGenerator random = knowledge.random();
    Set<Point> seen = new HashSet<>(knowledge.evaluations().stream().map(Evaluation::point).toList());
    List<Point> candidates = new ArrayList<>();
    for (int i = 0; i < uniform; i++) {
      add(space.snap(space.region().sample(random)), seen, candidates);
    }
    for (int i = 0; i < NEAR && !best.isEmpty(); i++) {
      double[] x = best.get(i % best.size()).toArray();
      for (int j = 0; j < x.length; j++) {
        x[j] += SD * random.nextGaussian();
      }
      add(space.snap(Point.clip(x)), seen, candidates);
    }
    return candidates.isEmpty() ? List.of(space.snap(space.region().sample(random))) : candidates;
  }

  private static void add(Point x, Set<Point> seen, List<Point> candidates) {
    if (seen.add(x)) {
      candidates.add(x);
    }
  }
}
