package proxima.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.space.Configuration;
import proxima.tables.SeedNoise;

/// A table in few numbers.
///
/// @param diverged share of the rows
/// @param best the lowest loss; this and the others are empty where no training finished
/// @param global the lowest loss of a plain setting
/// @param median of the losses
/// @param noise `SeedNoise` of the losses
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
    Map<Configuration, List<Double>> losses = new LinkedHashMap<>();
    rows.forEach(r -> losses.computeIfAbsent(r.trial().configuration(), _ -> new ArrayList<>()).add(r.loss().orElse(Double.POSITIVE_INFINITY)));
    return SeedNoise.of(losses.values());
  }
}
