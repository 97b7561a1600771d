package proxima.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A value for each active parameter of a space, in the space's order. Immutable.
public record Configuration(Map<String, Value> values) {

  public Configuration {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Empty where the parameter is unknown or not active.
  public Optional<Value> get(String parameter) {
    return Optional.ofNullable(values.get(parameter));
  }

  /// @throws IllegalArgumentException if the parameter is not active or not real.
  public double real(String parameter) {
    if (values.get(parameter) instanceof Value.Real(double v)) {
      return v;
    }
    throw missing("real", parameter);
  }

  /// @throws IllegalArgumentException if the parameter is not active or not an integer.
  public long integer(String parameter) {
    if (values.get(parameter) instanceof Value.Whole(long v)) {
      return v;
    }
    throw missing("integer", parameter);
  }

  /// @throws IllegalArgumentException if the parameter is not active or not categorical.
  public String category(String parameter) {
    if (values.get(parameter) instanceof Value.Category(String v)) {
      return v;
    }
    throw missing("categorical", parameter);
  }

  private IllegalArgumentException missing(String kind, String parameter) {
    return new IllegalArgumentException("no active " + kind + " parameter '" + parameter + "' in " + values.keySet());
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
