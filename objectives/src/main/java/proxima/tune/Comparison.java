package proxima.tune;

import java.util.List;

/// The settings that a run compares.
///
/// @param byDefault the configuration's own values
/// @param global the best global values
/// @param perModule the recommendation
record Comparison(Setting byDefault, Setting global, Setting perModule) {

  static final List<String> NAMES = List.of("default", "global", "perModule");

  Setting of(String name) {
    return switch (name) {
      case "default" -> byDefault;
      case "global" -> global;
      case "perModule" -> perModule;
      default -> throw new IllegalArgumentException("no setting '" + name + "'; there are " + NAMES);
    };
  }
}
