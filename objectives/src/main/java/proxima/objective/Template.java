package proxima.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Arguments with placeholders `{name}`; `{{name}}` stands for the text `{name}`.
record Template(List<String> arguments) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}|\\{([\\p{L}_][^{}\\s\"':,;]*)}");

  /// @throws IllegalArgumentException if an argument holds a placeholder that is not among `names`.
  Template(List<String> arguments, Set<String> names) {
    this(arguments);
    for (String argument : arguments) {
      Matcher m = PLACEHOLDER.matcher(argument);
      while (m.find()) {
        String name = m.group(1);
        if (name != null && !names.contains(name)) {
          throw new IllegalArgumentException("command: unknown placeholder {" + name + "} in '" + argument + "'; did you mean {"
              + nearest(name, names) + "}? There are " + new TreeSet<>(names) + "; write {{" + name + "}} for the text itself");
        }
      }
    }
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
