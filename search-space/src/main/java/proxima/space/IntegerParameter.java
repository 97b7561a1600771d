package proxima.space;

import java.util.List;
import java.util.Optional;

/// A whole number in [low, high], linear or logarithmic.
///
/// The unit interval is cut into one cell for each value: equal cells where linear, cells from log(k - 1/2) to log(k + 1/2) where
/// logarithmic. A value encodes to the middle of its cell.
public record IntegerParameter(String name, long low, long high, boolean log, Optional<Condition> condition) implements Parameter {

  private static final long EXACT = 1L << 53;

  public IntegerParameter {
    if (!(low < high)) {
      throw new IllegalArgumentException("parameter '" + name + "' needs low < high, got [" + low + ", " + high + "]");
    }
    if (low < -EXACT || high > EXACT) {
      throw new IllegalArgumentException("parameter '" + name + "': whole numbers are exact to 2^53 = " + EXACT + " on either side of 0, got [" + low + ", " + high + "]");
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
  public IntegerParameter when(String parameter, String... values) {
    return new IntegerParameter(name, low, high, log, Optional.of(new Condition(parameter, List.of(values))));
  }

  @Override
  public Value decode(Point x, int offset) {
    double u = Math.clamp(x.get(offset), 0.0, 1.0);
    double v = from() + u * (to() - from());
    return new Value.Whole(Math.clamp(Math.round(log ? Math.exp(v) : v), low, high));
  }

  @Override
  public void encode(Value value, double[] x, int offset) {
    if (!(value instanceof Value.Whole(long v)) || v < low || v > high) {
      throw new IllegalArgumentException("parameter '" + name + "' takes a whole number in [" + low + ", " + high + "], got " + value);
    }
    double middle = log ? (Math.log(v - 0.5) + Math.log(v + 0.5)) / 2 : v;
    x[offset] = (middle - from()) / (to() - from());
  }

  /// The coordinate where the cell of `v` begins, and that of `v` - 1 ends.
  ///
  /// @param v from low to high + 1
  public double edge(long v) {
    return Math.clamp(((log ? Math.log(v - 0.5) : v - 0.5) - from()) / (to() - from()), 0.0, 1.0);
  }

  private double from() {
    return log ? Math.log(low - 0.5) : low - 0.5;
  }

  private double to() {
    return log ? Math.log(high + 0.5) : high + 0.5;
  }
}
