package proxima.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
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
    String text = arguments.matchedOptionValue(NAME, "");
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length != 2) {
        problems.add(NAME + ": needs key=value pairs joined by commas, got '" + part + "'");
      } else if (!KEYS.contains(pair[0].strip())) {
        problems.add(NAME + ": unknown key '" + pair[0].strip() + "'" + EditDistance.hint(pair[0].strip(), KEYS) + "; known here: " + String.join(", ", KEYS));
      } else {
        number(pair[1].strip()).ifPresentOrElse(
            v -> values.put(pair[0].strip(), v),
            () -> problems.add(NAME + ": " + pair[0].strip() + " needs a positive whole number, got '" + pair[1].strip() + "'"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    try {
      return new Scale(Math.toIntExact(values.get("width")), Math.toIntExact(values.get("depth")), values.get("batch"), values.get("tokens"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InputException(NAME + ": " + e.getMessage());
    }
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
