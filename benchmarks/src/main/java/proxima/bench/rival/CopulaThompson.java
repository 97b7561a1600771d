package proxima.bench.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.forest.SmileTrees;
import proxima.gp.Warp;
import proxima.space.Point;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Chooser;
import proxima.strategy.Knowledge;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.math.MathEx;
import smile.regression.GradientTreeBoost;

/// Copula Thompson sampling (Salinas, Shen and Perrone 2020): losses of all prior tasks as normal scores of their ranks, one regression of their distribution over all tasks,
/// and each suggestion the candidate of the lowest draw from it. The distribution is that of gradient-boosted trees for five quantiles, one of which is drawn for each candidate,
/// as in Syne Tune's quantile-based searcher. The target's own losses are not used.
public final class CopulaThompson implements Chooser {

  private static final double[] QUANTILES = {0.1, 0.3, 0.5, 0.7, 0.9};
  private static final int TREES = 100;

  private final List<GradientTreeBoost> quantiles = new ArrayList<>();

  /// @param prior one task at least
  public CopulaThompson(PriorTasks prior) {
    List<double[]> x = new ArrayList<>();
    List<Double> z = new ArrayList<>();
    for (PriorTask t : prior.tasks()) {
      double[] scores = Warp.of(Warp.Kind.RANK, t.losses().stream().mapToDouble(Double::doubleValue).toArray()).targets();
      for (int i = 0; i < scores.length; i++) {
        x.add(t.points().get(i).toArray());
        z.add(scores[i]);
      }
    }
    DataFrame frame = DataFrame.of(x.toArray(double[][]::new)).add(new DoubleVector("z", z.stream().mapToDouble(Double::doubleValue).toArray()));
    SmileTrees.considerEveryPoint();
    for (double q : QUANTILES) {
      MathEx.setSeed(1);
      quantiles.add(GradientTreeBoost.fit(Formula.lhs("z"), frame, new GradientTreeBoost.Options(Loss.quantile(q), TREES)));
    }
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return choose(knowledge, Candidates.of(knowledge, List.of()));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    RandomGenerator random = knowledge.random();
    DataFrame frame = DataFrame.of(candidates.stream().map(Point::toArray).toArray(double[][]::new));
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < candidates.size(); i++) {
      double draw = quantiles.get(random.nextInt(QUANTILES.length)).predict(frame.get(i));
      if (draw < lowest) {
        lowest = draw;
        best = i;
      }
    }
    return candidates.get(best);
  }
}
