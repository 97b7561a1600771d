package proxima.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.space.Configuration;

/// A table in few numbers.
///
/// @param diverged share of the rows
/// @param best the lowest loss; this and the others are empty where no training finished
/// @param global the lowest loss of a plain setting
/// @param median of the losses
/// @param noise standard deviation of the losses of one configuration with several seeds, over the better half of such configurations; empty where there are none
record TableSummary(int rows, double diverged, OptionalDouble best, OptionalDouble global, OptionalDouble median, OptionalDouble noise) {

  static TableSummary of(List<Row> rows) {
    double[] losses = losses(rows.stream()).toArray();
    double diverged = rows.isEmpty() ? 0 : 1 - (double) losses.length / rows.size();
    OptionalDouble best = DoubleStream.of(losses).min();
    OptionalDouble global = losses(rows.stream().filter(r -> r.trial().phase().equals(GlobalSweep.NAME))).min();
    OptionalDouble median = losses.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(new Median().evaluate(losses));
    return new TableSummary(rows.size(), diverged, best, global, median, noise(rows));
  }

  private static DoubleStream losses(Stream<Row> rows) {
    return rows.flatMap(r -> r.loss().stream()).mapToDouble(Double::doubleValue);
  }

  private static OptionalDouble noise(List<Row> rows) {
    Map<Configuration, List<Row>> byConfiguration = new LinkedHashMap<>();
    rows.forEach(r -> byConfiguration.computeIfAbsent(r.trial().configuration(), c -> new ArrayList<>()).add(r));
    List<double[]> repeated =
        byConfiguration.values().stream()
            .filter(group -> group.size() > 1 && group.stream().allMatch(r -> r.loss().isPresent()))
            .map(group -> losses(group.stream()).toArray())
            .sorted(Comparator.comparingDouble(l -> DoubleStream.of(l).average().orElseThrow()))
            .toList();
    List<double[]> better = repeated.subList(0, (repeated.size() + 1) / 2);
    double squares = better.stream().mapToDouble(TableSummary::squares).sum();
    int freedom = better.stream().mapToInt(l -> l.length - 1).sum();
    return freedom == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / freedom));
  }

  private static double squares(double[] losses) {
    double mean = DoubleStream.of(losses).average().orElseThrow();
    return DoubleStream.of(losses).map(l -> (l - mean) * (l - mean)).sum();
  }
}
