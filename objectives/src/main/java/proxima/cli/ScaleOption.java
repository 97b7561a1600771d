package proxima.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.objective.EditDistance;
import proxima.scaling.Scale;

/// An option such as `--to width=256,depth=4,batch=2048,tokens=800000`.
///
/// @param name with its hyphens
/// @param what the scale is of, the start of a sentence that says how it is written
public record ScaleOption(String name, String what, boolean required) {

  /// The larger model.
  public static final ScaleOption TO = new ScaleOption("--to", "The target; what is left out stays as at the scale of the run's trials", true);

  private static final List<String> KEYS = List.of("width", "depth", "batch", "tokens");

  public OptionSpec spec() {
    return OptionSpec.builder(name)
        .paramLabel("SCALE")
        .type(String.class)
        .required(required)
        .description(what + ", such as width=256,depth=4,batch=2048,tokens=800000; batch and tokens in tokens, of models that read no text in examples.")
        .build();
  }

  /// @param from for the keys that are left out
  /// @throws InputException with one line for each problem.
  public Scale read(ParseResult arguments, Scale from) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("width", (long) from.width());
    values.put("depth", (long) from.depth());
    values.put("batch", from.batch());
    values.put("tokens", from.tokens());
    return read(arguments.matchedOptionValue(name, ""), values);
  }

  /// Empty where the option is not given.
  /// @throws InputException with one line for each problem, such as a key that is left out.
  public Optional<Scale> read(ParseResult arguments) {
    return arguments.hasMatchedOption(name) ? Optional.of(read(arguments.matchedOptionValue(name, ""), new LinkedHashMap<>())) : Optional.empty();
  }

  private Scale read(String text, Map<String, Long> values) {
    List<String> problems = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length != 2) {
        problems.add(name + ": needs key=value pairs joined by commas, got '" + part + "'");
      } else if (!KEYS.contains(pair[0].strip())) {
        problems.add(name + ": unknown key '" + pair[0].strip() + "'" + EditDistance.hint(pair[0].strip(), KEYS) + "; known here: " + String.join(", ", KEYS));
      } else {
        String key = pair[0].strip();
        if (!given.add(key)) {
          problems.add(name + ": " + key + " stands twice");
        }
        number(pair[1].strip()).ifPresentOrElse(
            v -> values.put(key, v),
            () -> problems.add(name + ": " + key + " needs a positive whole number, got '" + pair[1].strip() + "'"));
      }
    }
    KEYS.stream().filter(key -> problems.isEmpty() && !values.containsKey(key)).findFirst().ifPresent(key -> problems.add(name + ": lacks " + key + "; give all of " + String.join(", ", KEYS)));
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    try {
      return new Scale(whole(values, "width"), whole(values, "depth"), values.getOrDefault("batch", 0L), values.getOrDefault("tokens", 0L));
    } catch (IllegalArgumentException e) {
      throw new InputException(name + ": " + e.getMessage());
    }
  }

  private static int whole(Map<String, Long> values, String key) {
    long value = values.getOrDefault(key, 0L);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(key + " is at most " + (key.equals("width") ? Scale.MOST_WIDTH : Scale.MOST_DEPTH) + ", got " + value);
    }
    return (int) value;
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
