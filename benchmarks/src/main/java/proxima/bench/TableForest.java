package proxima.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import proxima.bench.result.OutOfBag;
import proxima.forest.Forest;
import proxima.forest.Growth;
import proxima.space.Point;
import proxima.strategy.Seeds;
import proxima.tables.LossTable;

/// Random forests over the rows of a table: one predicts losses, another which trials diverge.
///
/// @param divergence of 1 where a row diverged and 0 elsewhere; empty where none did
record TableForest(Forest losses, LossScale scale, Optional<Forest> divergence, OutOfBag outOfBag) {

  /// Out of bag, fewer or more coordinates and smaller leaves predict recorded tables no better; leaves of one row need three times the memory.
  private static final Growth GROWTH = new Growth(100, 0.6, 3);

  /// The scale is the one on which predictions out of bag have the highest rank correlation with the losses, those over all rows and over the best fifth
  /// counting alike.
  static TableForest of(LossTable table) {
    List<Point> finished = table.points().stream().filter(x -> Double.isFinite(table.loss(x))).toList();
    double[] losses = finished.stream().mapToDouble(table::loss).toArray();
    Optional<Forest> divergence = finished.size() < table.losses().size() ? Optional.of(divergence(table)) : Optional.empty();
    Optional<OutOfBag.Divergence> judged = divergence.map(d -> judge(d, table));
    return LossScale.of(losses).stream()
        .map(scale -> {
          Forest forest = Forest.grow(finished, scale.targets(), GROWTH, Seeds.random(0, 10));
          return new TableForest(forest, scale, divergence, judge(forest, scale, losses, judged));
        })
        .max(Comparator.comparingDouble(f -> f.outOfBag.rankCorrelation() + f.outOfBag.amongBest()))
        .orElseThrow();
  }

  /// Infinite where half of the trees or more predict that a trial diverges.
  double loss(Point x) {
    return divergence.isPresent() && divergence.get().mean(x) >= 0.5 ? Double.POSITIVE_INFINITY : scale.loss(losses.mean(x));
  }

  private static Forest divergence(LossTable table) {
    List<Point> points = table.points();
    return Forest.grow(points, points.stream().mapToDouble(x -> Double.isFinite(table.loss(x)) ? 0 : 1).toArray(), GROWTH, Seeds.random(0, 11));
  }

  private static OutOfBag.Divergence judge(Forest divergence, LossTable table) {
    List<Point> points = table.points();
    double[] found = IntStream.range(0, points.size()).filter(i -> !Double.isFinite(table.loss(points.get(i)))).mapToDouble(i -> says(divergence, i)).toArray();
    double[] mistaken = IntStream.range(0, points.size()).filter(i -> Double.isFinite(table.loss(points.get(i)))).mapToDouble(i -> says(divergence, i)).toArray();
    return new OutOfBag.Divergence(Arrays.stream(found).average().orElseThrow(), Arrays.stream(mistaken).average().orElseThrow());
  }

  private static double says(Forest divergence, int row) {
    return divergence.outOfBag(row).orElse(0) >= 0.5 ? 1 : 0;
  }

  private static OutOfBag judge(Forest forest, LossScale scale, double[] losses, Optional<OutOfBag.Divergence> divergence) {
    double[] targets = scale.targets();
    int[] rows = IntStream.range(0, losses.length).filter(i -> forest.outOfBag(i).isPresent()).toArray();
    double[] recorded = at(rows, losses);
    double[] target = at(rows, targets);
    double[] predicted = Arrays.stream(rows).mapToDouble(i -> forest.outOfBag(i).orElseThrow()).toArray();
    double squares = IntStream.range(0, rows.length).mapToDouble(k -> (predicted[k] - target[k]) * (predicted[k] - target[k])).sum();
    int[] best = IntStream.range(0, rows.length).boxed().sorted(Comparator.comparingDouble(k -> recorded[k])).limit((rows.length + 4) / 5).mapToInt(Integer::intValue).toArray();
    double r2 = 1 - squares / (rows.length * new Variance(false).evaluate(target));
    return new OutOfBag(scale.name(), r2, correlation(predicted, recorded), correlation(at(best, predicted), at(best, recorded)), divergence);
  }

  private static double[] at(int[] indices, double[] values) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  /// 0 where there is nothing to correlate.
  private static double correlation(double[] a, double[] b) {
    double rho = a.length < 2 ? 0 : new SpearmansCorrelation().correlation(a, b);
    return Double.isNaN(rho) ? 0 : rho;
  }
}
