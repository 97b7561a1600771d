package proxima.bench.result;

import java.util.Arrays;
import java.util.Locale;

/// Kinds of tasks, by what makes them hard.
public enum Group {
  SMOOTH,
  RUGGED,
  HIGH_DIMENSIONAL,
  CLIFF,
  RECORDED;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException if there is no such group.
  public static Group of(String id) {
    return Arrays.stream(values())
        .filter(g -> g.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no group '" + id + "', but " + Arrays.stream(values()).map(Group::id).toList()));
  }
}
