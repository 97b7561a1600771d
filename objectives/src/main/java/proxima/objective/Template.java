package proxima.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Arguments with placeholders `{name}`; `{{name}}` stands for the text `{name}`.
record Template(List<String> arguments) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}|\\{([\\p{L}_][^{}\\s\"':,;]*)}");

  /// @throws IllegalArgumentException if an argument holds a placeholder that is not among `names`.
  Template(List<String> arguments, Set<String> names) {
    this(arguments);
    unknown(names).stream().findFirst().ifPresent(line -> {
      throw new IllegalArgumentException("command: " + line);
    });
  }

  /// What is to be said of each placeholder that is not among `names`.
  List<String> unknown(Set<String> names) {
    return placeholders((name, argument) -> names.contains(name)
        ? Optional.empty()
        : Optional.of("unknown placeholder {" + name + "} in '" + argument + "'; did you mean {" + nearest(name, names) + "}? There are " + new TreeSet<>(names) + "; write {{" + name + "}} for the text itself"));
  }

  /// The names that stand in the arguments.
  Set<String> names() {
    return new TreeSet<>(placeholders((name, _) -> Optional.of(name)));
  }

  private List<String> placeholders(BiFunction<String, String, Optional<String>> toLine) {
    List<String> lines = new ArrayList<>();
    for (String argument : arguments) {
      Matcher m = PLACEHOLDER.matcher(argument);
      while (m.find()) {
        Optional.ofNullable(m.group(1)).flatMap(name -> toLine.apply(name, argument)).ifPresent(lines::add);
      }
    }
    return lines;
  }

  /// The arguments with values in place of names; a name without a value becomes empty text.
  List<String> fill(Map<String, String> values) {
    List<String> filled = new ArrayList<>();
    for (String argument : arguments) {
      filled.add(PLACEHOLDER.matcher(argument).replaceAll(m -> {
        String name = m.group(1);
        String text = name == null ? m.group().substring(1, m.group().length() - 1) : values.getOrDefault(name, "");
        return Matcher.quoteReplacement(text);
      }));
    }
    return List.copyOf(filled);
  }

  /// Of a name as much as tells it apart: to compare two takes the product of their lengths.
  private static String start(String name) {
    return name.substring(0, Math.min(100, name.length()));
  }

  private static String nearest(String name, Set<String> names) {
    return names.stream().min(Comparator.comparingInt((String n) -> EditDistance.between(start(name), start(n))).thenComparing(n -> n)).orElseThrow();
  }
}
