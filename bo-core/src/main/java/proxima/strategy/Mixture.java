package proxima.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import proxima.gp.Mean;
import proxima.space.Point;

/// A weighted sum of functions, plus a constant.
record Mixture(List<? extends Mean> functions, List<Double> weights, double constant) implements Mean {

  Mixture {
    functions = List.copyOf(functions);
    weights = List.copyOf(weights);
  }

  /// The same direction, of mean 0 and variance 1 over some points.
  Mixture standardised(List<Point> points) {
    double[] values = at(points);
    double mean = Arrays.stream(values).average().orElse(0);
    double sd = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    double scale = sd > 0 ? 1 / sd : 1;
    return new Mixture(functions, weights.stream().map(w -> scale * w).toList(), scale * (constant - mean));
  }

  @Override
  public double[] at(List<Point> points) {
    double[] values = new double[points.size()];
    Arrays.fill(values, constant);
    for (int f = 0; f < functions.size(); f++) {
      double weight = weights.get(f);
      if (weight != 0) {
        double[] own = functions.get(f).at(points);
        IntStream.range(0, values.length).forEach(i -> values[i] += weight * own[i]);
      }
    }
    return values;
  }

  @Override
  public double at(Point x, double[] slope) {
    double value = constant;
    for (int f = 0; f < functions.size(); f++) {
      double weight = weights.get(f);
      if (weight != 0) {
        double[] own = new double[slope.length];
        value += weight * functions.get(f).at(x, own);
        IntStream.range(0, slope.length).forEach(i -> slope[i] += weight * own[i]);
      }
    }
    return value;
  }
}
