package proxima.study;

import java.util.Locale;

/// What becomes of a trial after a report.
public enum Decision {
  CONTINUE,
  STOP;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is no such decision
  static Decision of(String id) {
    return switch (id) {
      case "continue" -> CONTINUE;
      case "stop" -> STOP;
      default -> throw new IllegalArgumentException("a decision is continue or stop, got '" + id + "'");
    };
  }
}
