package proxima.space;

import java.util.List;
import java.util.Optional;

/// One thing to choose: a name, a range, and at most one condition on another parameter.
///
/// A parameter occupies `width()` coordinates of the unit cube: one for a number, one for each choice of a categorical.
public sealed interface Parameter permits RealParameter, IntegerParameter, CategoricalParameter {

  /// Unique in its space.
  String name();

  /// The parameter is active only where this holds; always, where empty.
  Optional<Condition> condition();

  /// How many coordinates of the unit cube it occupies.
  int width();

  /// The same parameter, active only where `parameter` has one of `values`.
  Parameter when(String parameter, String... values);

  /// The value at `x[offset..offset + width())`. Coordinates outside [0, 1] are clipped.
  Value decode(Point x, int offset);

  /// Writes the coordinates of `value` to `x[offset..offset + width())`.
  /// @throws IllegalArgumentException if the value has another type or lies outside the range.
  void encode(Value value, double[] x, int offset);

  /// A real number in [low, high], searched linearly.
  static RealParameter real(String name, double low, double high) {
    return new RealParameter(name, low, high, false, Optional.empty());
  }

  /// A real number in [low, high], low > 0, searched in its logarithm.
  static RealParameter log(String name, double low, double high) {
    return new RealParameter(name, low, high, true, Optional.empty());
  }

  /// A whole number in [low, high], searched linearly.
  static IntegerParameter integer(String name, long low, long high) {
    return new IntegerParameter(name, low, high, false, Optional.empty());
  }

  /// A whole number in [low, high], low > 0, searched in its logarithm.
  static IntegerParameter logInteger(String name, long low, long high) {
    return new IntegerParameter(name, low, high, true, Optional.empty());
  }

  /// One of the choices, which have no order.
  static CategoricalParameter categorical(String name, String... choices) {
    return new CategoricalParameter(name, List.of(choices), Optional.empty());
  }
}
