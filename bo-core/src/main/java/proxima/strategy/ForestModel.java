package proxima.strategy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import proxima.acquisition.LogNormalImprovement;
import proxima.forest.Forest;
import proxima.forest.Growth;
import proxima.gp.Normal;
import proxima.space.Point;

/// What a forest believes of losses, and how good that makes a point.
final class ForestModel {

  /// As in SMAC3: ten trees, all coordinates at a node, leaves of one point.
  private static final Growth GROWTH = new Growth(10, 1, 1);

  /// As in SMAC3: the trees agree no better than this.
  private static final double SMALLEST_SD = 1e-5;

  private static final double LARGE = 1e300;

  private final Observations observations;
  private final Forest forest;
  private final LogNormalImprovement improvement;

  private ForestModel(Observations observations, Forest forest) {
    this.observations = observations;
    this.forest = forest;
    this.improvement = new LogNormalImprovement(means(observations, forest).min().orElseThrow());
  }

  /// @param observations with one trial at least that did not diverge
  static ForestModel of(Observations observations, RandomGenerator random) {
    return new ForestModel(observations, Forest.grow(observations.inputs(), targets(observations.lossArray()), GROWTH, random));
  }

  /// The mean at each evaluated point.
  private static DoubleStream means(Observations observations, Forest forest) {
    return observations.rungs().ends(observations.points()).stream().mapToDouble(forest::mean);
  }

  /// SMAC3's scaled logarithm, ln((loss - low) / (high - low)): `high` is the highest finite loss, and `low` lies as far below the lowest loss as that lies
  /// below the fifth percentile, so that losses near the best are told apart whatever the others are. Infinite losses count as the highest.
  static double[] targets(double[] losses) {
    // Differences of losses of such a size are finite in a smaller unit.
    if (Arrays.stream(losses).anyMatch(l -> Double.isFinite(l) && Math.abs(l) > LARGE)) {
      return targets(Arrays.stream(losses).map(l -> l / LARGE).toArray());
    }
    double[] finite = Arrays.stream(losses).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double below = new Percentile(5).withEstimationType(EstimationType.R_7).evaluate(finite) - least;
    // 1e-10 as in SMAC3, or less where the losses differ by less than 1; and below the lowest loss whatever its size.
    double low = Math.min(least - Math.max(below, 1e-10 * Math.min(1, high - least)), Math.nextDown(least));
    return Arrays.stream(losses).map(l -> high > least ? Math.log((Math.min(l, high) - low) / (high - low)) : 0).toArray();
  }

  /// Log expected improvement of the scaled loss, whose logarithm the trees predict, on the lowest mean at an evaluated point.
  double score(Point x) {
    Normal f = forest.at(observations.rungs().end(x));
    return improvement.at(new Normal(f.mean(), Math.max(f.sd(), SMALLEST_SD)));
  }

  /// The k evaluated points of the lowest means, best first.
  List<Point> best(int k) {
    List<Point> points = observations.points();
    double[] means = means(observations, forest).toArray();
    return IntStream.range(0, means.length).boxed().sorted(Comparator.comparingDouble(i -> means[i])).limit(k).map(points::get).toList();
  }
}
