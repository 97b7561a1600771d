package proxima.bench.rival;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import proxima.forest.SmileTrees;
import proxima.gp.Warp;
import proxima.space.Point;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Chooser;
import proxima.strategy.Knowledge;
import proxima.strategy.Seeds;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.math.MathEx;
import smile.regression.GradientTreeBoost;

/// Copula Thompson sampling (Salinas, Shen and Perrone 2020): losses of all prior tasks as normal scores of their ranks, one regression of these over all tasks, and each suggestion
/// the candidate of the lowest draw from it. As in Syne Tune's `QuantileBasedSurrogateSearcher` gradient-boosted trees predict the mean, and the standard deviation is one for all
/// points, that of the residuals of a tenth of the trials, which the trees are not told. The target's own losses are not used.
public final class CopulaThompson implements Chooser {

  /// Syne Tune draws 100,000 once; so many for each suggestion are drawn and predicted in a tenth of a second.
  private static final int CANDIDATES = 10_000;

  /// Of the trials.
  private static final double HELD_OUT = 0.1;

  // XGBoost's defaults, which Syne Tune leaves as they are: 100 trees of depth 6, each on all trials, for squared error, with steps of 0.3. XGBoost also draws leaves towards 0, as if
  // each had one more trial there.
  private static final int TREES = 100;
  private static final int DEPTH = 6;
  private static final double SHRINKAGE = 0.3;

  private final GradientTreeBoost mean;
  private final double sd;

  /// A trial of a prior task.
  /// @param score normal, of its rank in the task
  private record Scored(Point x, double score) {}

  /// @param prior one task at least
  public CopulaThompson(PriorTasks prior) {
    List<Scored> all = new ArrayList<>();
    for (PriorTask t : prior.tasks()) {
      double[] scores = Warp.of(Warp.Kind.RANK, t.losses().stream().mapToDouble(Double::doubleValue).toArray()).targets();
      IntStream.range(0, scores.length).forEach(i -> all.add(new Scored(t.points().get(i), scores[i])));
    }
    Collections.shuffle(all, Random.from(Seeds.random(0, 12)));
    int out = (int) Math.ceil(HELD_OUT * all.size());
    List<Scored> heldOut = all.subList(0, out);
    // Of a single trial there is nothing else to fit.
    this.mean = fit(all.subList(out < all.size() ? out : 0, all.size()));
    double[] predicted = predict(heldOut.stream().map(Scored::x).toList());
    this.sd = new StandardDeviation(false).evaluate(IntStream.range(0, out).mapToDouble(i -> heldOut.get(i).score - predicted[i]).toArray());
  }

  private static GradientTreeBoost fit(List<Scored> told) {
    DataFrame frame = frame(told.stream().map(Scored::x).toList()).add(new DoubleVector("z", told.stream().mapToDouble(Scored::score).toArray()));
    SmileTrees.considerEveryPoint();
    MathEx.setSeed(1);
    // Null stands for no data to test on and for nobody to tell.
    return GradientTreeBoost.fit(Formula.lhs("z"), frame, new GradientTreeBoost.Options(Loss.ls(), TREES, DEPTH, 1 << DEPTH, 1, SHRINKAGE, 1, null, null));
  }

  private static DataFrame frame(List<Point> points) {
    return DataFrame.of(points.stream().map(Point::toArray).toArray(double[][]::new));
  }

  private double[] predict(List<Point> points) {
    DataFrame frame = frame(points);
    return IntStream.range(0, points.size()).mapToDouble(i -> mean.predict(frame.get(i))).toArray();
  }

  /// Of the residuals of what the trees were not told.
  double sd() {
    return sd;
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return choose(knowledge, Candidates.uniform(knowledge, CANDIDATES));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    RandomGenerator random = knowledge.random();
    double[] draws = predict(candidates);
    for (int i = 0; i < draws.length; i++) {
      draws[i] += sd * random.nextGaussian();
    }
    return candidates.get(IntStream.range(0, draws.length).reduce((a, b) -> draws[b] < draws[a] ? b : a).orElseThrow());
  }
}
