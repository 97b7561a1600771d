package proxima.record;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// Normal steps of several widths from one of the best points so far, so that a model of the rows is sharp where strategies go.
final class Nearby implements Strategy {

  /// In units of the cube, in turn: an eighth is an octave of a factor.
  private static final List<Double> WIDTHS = List.of(0.03, 0.06, 0.12, 0.2);

  /// Steps start from this share of the points.
  private static final double BEST = 0.08;

  /// Of a coordinate to move at all.
  private static final double MOVE = 0.6;

  @Override
  public Point suggest(Knowledge knowledge) {
    RandomGenerator random = knowledge.random();
    List<Evaluation> ranked =
        knowledge.evaluations().stream().filter(e -> e.outcome().orElse(null) instanceof Outcome.Finished).sorted(Comparator.comparingDouble(Nearby::loss)).toList();
    double[] x = ranked.get(random.nextInt((int) Math.ceil(BEST * ranked.size()))).point().toArray();
    double width = WIDTHS.get(knowledge.asked() % WIDTHS.size());
    int sure = random.nextInt(x.length);
    for (int i = 0; i < x.length; i++) {
      if (i == sure || random.nextDouble() < MOVE) {
        x[i] += width * random.nextGaussian();
      }
    }
    return Point.clip(x);
  }

  private static double loss(Evaluation e) {
    return e.outcome().orElseThrow() instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY;
  }
}
