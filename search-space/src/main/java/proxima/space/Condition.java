package proxima.space;

import java.util.List;

/// True where the categorical `parameter` is active and has one of `values`.
public record Condition(String parameter, List<String> values) {

  public Condition {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a condition on '" + parameter + "' needs at least one value");
    }
  }

  public boolean holds(Configuration configuration) {
    return configuration.get(parameter).filter(v -> v instanceof Value.Category(String c) && values.contains(c)).isPresent();
  }
}
