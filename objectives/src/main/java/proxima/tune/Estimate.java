package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import proxima.cli.Json;

/// The mean of n values with its 95 % confidence interval by Student's t; the interval is [mean, mean] for n = 1.
record Estimate(double mean, double low, double high, List<Double> values) {

  /// @throws IllegalArgumentException if there are no values or one is not finite.
  static Estimate of(List<Double> values) {
    if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("an estimate needs finite values, got " + values);
    }
    int n = values.size();
    double mean = values.stream().mapToDouble(v -> v).sum() / n;
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double half = n == 1 ? 0 : new TDistribution(n - 1).inverseCumulativeProbability(0.975) * Math.sqrt(squares / (n - 1) / n);
    return new Estimate(mean, mean - half, mean + half, List.copyOf(values));
  }

  /// The interval as printed: `  [1.277, 1.336]`; nothing for one value, which says nothing of chance.
  String interval(DoubleFunction<String> format) {
    return values.size() == 1 ? "" : "  [" + format.apply(low) + ", " + format.apply(high) + "]";
  }

  /// With null for the ends of an interval of one value.
  ///
  /// @param name of the mean
  ObjectNode json(String name) {
    ObjectNode node = Json.object().put(name, mean);
    boolean isKnown = values.size() > 1;
    Json.put(node, "low", isKnown ? low : Double.NaN);
    Json.put(node, "high", isKnown ? high : Double.NaN);
    return node;
  }
}
