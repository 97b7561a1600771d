package proxima.space;

import java.util.Optional;
import java.util.regex.Pattern;

/// Numbers from texts.
public final class Decimal {

  /// Not all that Java takes for a number: a choice may be called `2d`.
  private static final Pattern PATTERN = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Decimal() {}

  /// A finite number, or nothing.
  public static Optional<Double> of(String text) {
    String stripped = text.strip();
    return PATTERN.matcher(stripped).matches() ? Optional.of(Double.parseDouble(stripped)).filter(Double::isFinite) : Optional.empty();
  }
}
