package proxima.strategy;

import java.util.Arrays;
import java.util.Optional;
import proxima.space.Box;
import proxima.space.Outcome;
import proxima.space.Point;

/// A trust region that takes every second suggestion while trials do not improve.
///
/// The longer they do not, the smaller the box around the best point: its side is 0.8 after `patience` trials without improvement, and halves after
/// each `patience` more, down to 0.8 / 2^5, then starts again. An improvement hands all suggestions back to the whole cube. Sides are longer along
/// long length scales (TuRBO: Eriksson et al. 2019; that method's success and failure counts need trials of its own).
///
/// @param patience trials
record LocalArm(int patience) {

  private static final double LONGEST = 0.8;
  private static final int HALVINGS = 6;

  /// Where to search; the whole cube for every odd suggestion, and while trials improve.
  ///
  /// @param initial trials whose results do not count as failures
  Box box(Knowledge knowledge, Model model, Cells cells, int initial) {
    int rounds = failures(knowledge, initial) / patience;
    if (rounds == 0 || knowledge.asked() % 2 == 1) {
      return Box.cube(cells.dimension());
    }
    double side = Math.scalb(LONGEST, -((rounds - 1) % HALVINGS));
    return around(model.best(1).getFirst(), side, model.lengthscales(), cells);
  }

  /// Trials that ended since the lowest loss, those among the first `initial` left out.
  static int failures(Knowledge knowledge, int initial) {
    double lowest = Double.POSITIVE_INFINITY;
    int since = 0;
    int ended = 0;
    for (Evaluation e : knowledge.evaluations()) {
      Optional<Outcome> outcome = e.outcome().filter(o -> !(o instanceof Outcome.Failed));
      if (outcome.isPresent()) {
        ended++;
        if (outcome.get() instanceof Outcome.Finished f && f.loss() < lowest) {
          lowest = f.loss();
          since = 0;
        } else if (ended > initial) {
          since++;
        }
      }
    }
    return since;
  }

  private static Box around(Point centre, double side, double[] lengthscales, Cells cells) {
    double logMean = Arrays.stream(lengthscales).limit(centre.dimension()).map(Math::log).average().orElseThrow();
    double[] low = new double[centre.dimension()];
    double[] high = new double[centre.dimension()];
    Arrays.fill(high, 1);
    for (Cells.Block block : cells.ordered()) {
      int i = block.offset();
      double half = 0.5 * side * Math.exp(Math.log(lengthscales[i]) - logMean);
      low[i] = centre.get(i) - half;
      high[i] = centre.get(i) + half;
    }
    return new Box(Point.clip(low), Point.clip(high));
  }
}
