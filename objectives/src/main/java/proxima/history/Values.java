package proxima.history;

import java.util.Optional;
import java.util.regex.Pattern;
import proxima.space.CategoricalParameter;
import proxima.space.Decimal;
import proxima.space.IntegerParameter;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.Value;

/// Values of parameters from texts.
public final class Values {

  /// Recorded values are rounded, to 6 digits or more: one may lie outside its range by as much.
  private static final double ROUNDING = 1e-6;

  private static final Pattern MISSING = Pattern.compile("(?i)|na|n/a|nan|null");

  private Values() {}

  /// @throws IllegalArgumentException naming the parameter, if it does not take this value.
  public static Value of(Parameter p, String text) {
    return switch (p) {
      case RealParameter r -> real(r, number(text).orElseThrow(() -> wrong(p, "a number", text)));
      case IntegerParameter _ ->
          new Value.Whole(number(text).filter(v -> v == Math.rint(v)).map(Double::longValue).orElseThrow(() -> wrong(p, "a whole number", text)));
      case CategoricalParameter c -> new Value.Category(choice(c, text));
    };
  }

  /// The choice that a text stands for, or the text where it stands for none.
  public static String choice(CategoricalParameter p, String text) {
    return p.choice(text).orElse(text);
  }

  /// As it is, but for rounding beyond its range.
  public static Value real(RealParameter p, double v) {
    double unit = p.high() - p.low();
    double below = ROUNDING * (p.log() ? p.low() : unit);
    double above = ROUNDING * (p.log() ? p.high() : unit);
    return new Value.Real(v >= p.low() - below && v <= p.high() + above ? Math.clamp(v, p.low(), p.high()) : v);
  }

  private static IllegalArgumentException wrong(Parameter p, String kind, String text) {
    return new IllegalArgumentException("parameter '" + p.name() + "' takes " + kind + ", got '" + text + "'");
  }

  /// A finite number, or nothing.
  public static Optional<Double> number(String text) {
    return Decimal.of(text);
  }

  /// Whether a cell holds what programs write for nothing.
  public static boolean isMissing(String cell) {
    return MISSING.matcher(cell.strip()).matches();
  }
}
