package proxima.report;

import java.util.Optional;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.module.Hyperparameter;
import proxima.space.Value;

/// What things are called in the report.
final class Names {

  private Names() {}

  static String setting(String setting) {
    return switch (setting) {
      case "default" -> "Default";
      case "global" -> "Best global";
      case "perModule" -> "Best per module";
      case "best" -> "Best found";
      default -> setting;
    };
  }

  static Ink ink(String setting) {
    return switch (setting) {
      case "default" -> Ink.GREY;
      case "global" -> Ink.AMBER;
      default -> Ink.BLUE;
    };
  }

  static String phase(String phase) {
    return switch (phase) {
      case "global" -> "Global values";
      case "module" -> "Per-module factors";
      case "search" -> "Search";
      case "select" -> "Finalists again";
      case "confirm" -> "Fresh seeds";
      default -> phase;
    };
  }

  /// The heading of a column of factors; factors on the decay of a moving average multiply 1 - beta.
  static String column(String hyperparameter) {
    Optional<Hyperparameter> known = Hyperparameter.of(hyperparameter);
    if (known.isEmpty()) {
      return hyperparameter;
    }
    return switch (known.get()) {
      case LEARNING_RATE -> "learning rate";
      case ADAMW_LEARNING_RATE -> "AdamW's learning rate";
      case WEIGHT_DECAY -> "weight decay";
      case MOMENTUM -> "1 − momentum";
      case BETA1 -> "1 − β1";
      case BETA2 -> "1 − β2";
      case EPSILON -> "ε";
      case RHO -> "ρ";
      case RADIUS -> "radius";
      case INIT_STD -> "init scale";
      case MULTIPLIER -> "multiplier";
    };
  }

  /// The heading of a row of factors.
  static String row(String module) {
    return module.equals("all") ? "all modules" : ModuleFactors.isBlock(module) ? "block " + module.substring("block.".length()) : module;
  }

  /// A parameter: `attn.q learning rate` for a factor, its own name for others.
  static String parameter(String name) {
    if (name.startsWith("1-") && Hyperparameter.of(name.substring(2)).isPresent()) {
      return column(name.substring(2));
    }
    int slash = name.lastIndexOf('/');
    return slash > 0 && Hyperparameter.of(name.substring(slash + 1)).isPresent()
        ? row(name.substring(0, slash)) + " " + column(name.substring(slash + 1))
        : name;
  }

  static String value(Value value) {
    return switch (value) {
      case Value.Real(double v) -> Format.number(v);
      case Value.Whole(long v) -> Long.toString(v);
      case Value.Category(String choice) -> choice;
    };
  }
}
