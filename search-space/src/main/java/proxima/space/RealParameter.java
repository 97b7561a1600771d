package proxima.space;

import java.util.List;
import java.util.Optional;

/// A real number in [low, high], linear or logarithmic.
public record RealParameter(String name, double low, double high, boolean log, Optional<Condition> condition) implements Parameter {

  public RealParameter {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("parameter '" + name + "' needs finite low < high, got [" + low + ", " + high + "]");
    }
    if (!Double.isFinite(high - low)) {
      throw new IllegalArgumentException("parameter '" + name + "' needs high - low that a number can hold, got [" + low + ", " + high + "]");
    }
    if (log && !(low > 0)) {
      throw new IllegalArgumentException("parameter '" + name + "': log scale needs low > 0, got " + low);
    }
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public RealParameter when(String parameter, String... values) {
    return new RealParameter(name, low, high, log, Optional.of(new Condition(parameter, List.of(values))));
  }

  @Override
  public Value decode(Point x, int offset) {
    double u = Math.clamp(x.get(offset), 0.0, 1.0);
    if (u == 1) {
      return new Value.Real(high);
    }
    return new Value.Real(Math.clamp(log ? geometric(u) : low + u * (high - low), low, high));
  }

  private double geometric(double u) {
    double decades = u * (Math.log(high) - Math.log(low));
    // Of more than 308 decades the factor may not be finite.
    return Double.isInfinite(high / low) ? Math.exp(Math.log(low) + decades) : low * Math.exp(decades);
  }

  @Override
  public void encode(Value value, double[] x, int offset) {
    if (!(value instanceof Value.Real(double v)) || !(v >= low && v <= high)) {
      throw new IllegalArgumentException("parameter '" + name + "' takes a real number in [" + low + ", " + high + "], got " + value);
    }
    double u = log ? (Math.log(v) - Math.log(low)) / (Math.log(high) - Math.log(low)) : (v - low) / (high - low);
    x[offset] = Math.clamp(u, 0.0, 1.0);
  }
}
