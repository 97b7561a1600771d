package proxima.tune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.InputException;
import proxima.objective.EditDistance;
import proxima.scaling.Scale;

/// The option `--to width=256,depth=4,batch=2048,tokens=800000`.
final class ScaleOption {

  private static final String NAME = "--to";
  private static final List<String> KEYS = List.of("width", "depth", "batch", "tokens");

  private ScaleOption() {}

  static OptionSpec spec() {
    return OptionSpec.builder(NAME)
        .paramLabel("SCALE")
        .type(String.class)
        .required(true)
        .description("The target, such as width=256,depth=4,batch=2048,tokens=800000; batch and tokens in tokens. What is left out stays as in the source.")
        .build();
  }

  /// @param from for the keys that are left out
  /// @throws InputException with one line for each problem.
  static Scale read(ParseResult arguments, Scale from) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("width", (long) from.width());
    values.put("depth", (long) from.depth());
    values.put("batch", from.batch());
    values.put("tokens", from.tokens());
    List<String> problems = new ArrayList<>();
    Set<String> given = new HashSet<>();
    String text = arguments.matchedOptionValue(NAME, "");
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length != 2) {
        problems.add(NAME + ": needs key=value pairs joined by commas, got '" + part + "'");
      } else if (!KEYS.contains(pair[0].strip())) {
        problems.add(NAME + ": unknown key '" + pair[0].strip() + "'" + EditDistance.hint(pair[0].strip(), KEYS) + "; known here: " + String.join(", ", KEYS));
      } else {
        String key = pair[0].strip();
        if (!given.add(key)) {
          problems.add(NAME + ": " + key + " stands twice");
        }
        number(pair[1].strip()).ifPresentOrElse(
            v -> values.put(key, v),
            () -> problems.add(NAME + ": " + key + " needs a positive whole number, got '" + pair[1].strip() + "'"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    try {
      return new Scale(whole(values.get("width")), whole(values.get("depth")), values.get("batch"), values.get("tokens"));
    } catch (IllegalArgumentException e) {
      throw new InputException(NAME + ": " + e.getMessage());
    }
  }

  /// As an int, or one that is too large.
  private static int whole(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  private static Optional<Long> number(String text) {
    try {
      double value = Double.parseDouble(text.replace("_", ""));
      return value == Math.rint(value) && value > 0 && value <= Long.MAX_VALUE ? Optional.of((long) value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
