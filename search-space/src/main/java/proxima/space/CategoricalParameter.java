package proxima.space;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One of two or more choices without order: one coordinate for each choice, and the largest coordinate wins (the first of equals).
public record CategoricalParameter(String name, List<String> choices, Optional<Condition> condition) implements Parameter {

  private static final Set<String> BOOLEANS = Set.of("true", "false");

  public CategoricalParameter {
    choices = List.copyOf(choices);
    if (choices.size() < 2 || choices.stream().distinct().count() != choices.size()) {
      throw new IllegalArgumentException("parameter '" + name + "' needs two or more different choices, got " + choices);
    }
  }

  /// The choice that a text stands for; empty where it stands for none. Numbers are compared as numbers, and booleans without case, as programs write them in many ways.
  public Optional<String> choice(String text) {
    return choices.contains(text) ? Optional.of(text) : choices.stream().filter(c -> isSame(c, text)).findFirst();
  }

  private static boolean isSame(String a, String b) {
    return (a.equalsIgnoreCase(b) && BOOLEANS.contains(a.toLowerCase(Locale.ROOT))) || (Decimal.of(a).isPresent() && Decimal.of(a).equals(Decimal.of(b)));
  }

  @Override
  public int width() {
    return choices.size();
  }

  @Override
  public CategoricalParameter when(String parameter, String... values) {
    return new CategoricalParameter(name, choices, Optional.of(new Condition(parameter, List.of(values))));
  }

  @Override
  public Value decode(Point x, int offset) {
    int best = 0;
    for (int i = 1; i < choices.size(); i++) {
      if (x.get(offset + i) > x.get(offset + best)) {
        best = i;
      }
    }
    return new Value.Category(choices.get(best));
  }

  @Override
  public void encode(Value value, double[] x, int offset) {
    if (!(value instanceof Value.Category(String choice)) || !choices.contains(choice)) {
      throw new IllegalArgumentException("parameter '" + name + "' takes one of " + choices + ", got " + value);
    }
    for (int i = 0; i < choices.size(); i++) {
      x[offset + i] = choices.get(i).equals(choice) ? 1.0 : 0.0;
    }
  }
}
