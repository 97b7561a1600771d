package proxima.bench;

import java.util.Arrays;
import java.util.Locale;

/// How a recorded table answers trials.
enum TableMode {
  /// By its rows: a strategy chooses among them.
  EXACT,
  /// By a model of them, at any point.
  SURROGATE;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] ids() {
    return Arrays.stream(values()).map(TableMode::id).toArray(String[]::new);
  }

  static TableMode of(String id) {
    return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }
}
