package proxima.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// A recorded table: what was tried, and the losses there, the first row's first. Infinite where a trial diverged.
public record LossTable(SearchSpace space, Map<Point, List<Double>> losses) {

  /// @throws IllegalArgumentException if fewer than two points finished, or half of them have the lowest loss.
  public LossTable {
    Map<Point, List<Double>> copy = new LinkedHashMap<>();
    losses.forEach((x, l) -> copy.put(x, List.copyOf(l)));
    losses = Collections.unmodifiableMap(copy);
    double[] finite = losses.values().stream().mapToDouble(List::getFirst).filter(Double::isFinite).sorted().toArray();
    if (finite.length < 2 || !(finite[0] < finite[finite.length / 2])) {
      throw new IllegalArgumentException("a table needs rows with finite losses, and half of them above the lowest; got " + finite.length + " finite losses");
    }
  }

  public List<Point> points() {
    return List.copyOf(losses.keySet());
  }

  /// Of the first row of a point.
  public double loss(Point x) {
    List<Double> known = losses.get(x);
    if (known == null) {
      throw new IllegalArgumentException("no row of the table is at " + x);
    }
    return known.getFirst();
  }

  /// Standard deviation of the losses at one point, where points have several, as with other seeds: over the better half of such points, since losses near
  /// divergence differ more. 0 where there are none.
  public double noise() {
    List<double[]> repeated = new ArrayList<>();
    for (List<Double> l : losses.values()) {
      if (l.size() > 1 && l.stream().allMatch(Double::isFinite)) {
        repeated.add(l.stream().mapToDouble(Double::doubleValue).toArray());
      }
    }
    repeated.sort(Comparator.comparingDouble(l -> DoubleStream.of(l).average().orElseThrow()));
    List<double[]> better = repeated.subList(0, (repeated.size() + 1) / 2);
    int freedom = better.stream().mapToInt(l -> l.length - 1).sum();
    return freedom == 0 ? 0 : Math.sqrt(better.stream().mapToDouble(LossTable::squares).sum() / freedom);
  }

  private static double squares(double[] losses) {
    double mean = DoubleStream.of(losses).average().orElseThrow();
    return DoubleStream.of(losses).map(l -> (l - mean) * (l - mean)).sum();
  }
}
