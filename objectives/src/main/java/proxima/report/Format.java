package proxima.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import proxima.space.Value;

/// Numbers as text for people.
final class Format {

  private Format() {}

  /// Three decimals, four below 0.1; three digits and an exponent where those would not tell.
  static String loss(double loss) {
    double size = Math.abs(loss);
    return size != 0 && (size < 0.01 || size >= 1e5) ? String.format(Locale.ROOT, "%.3g", loss) : String.format(Locale.ROOT, size < 0.1 ? "%.4f" : "%.3f", loss);
  }

  /// `loss` with its unit.
  static String loss(double loss, String unit) {
    return unit.isEmpty() ? loss(loss) : loss(loss) + " " + unit;
  }

  /// As `loss`, with its sign.
  static String signed(double difference) {
    return difference < 0 ? "\u2212" + loss(-difference) : "+" + loss(difference);
  }

  /// A factor from its octaves: `×2.8`, `÷5.6`, `×1`.
  static String factor(double octaves) {
    double factor = Math.pow(2, Math.abs(octaves));
    String text = String.format(Locale.ROOT, factor < 1.095 ? "%.2f" : factor < 9.95 ? "%.1f" : "%.0f", factor);
    return text.equals("1.00") ? "×1" : (octaves < 0 ? "÷" : "×") + text;
  }

  /// A factor at a tick of an axis: as `factor`, without trailing zeros.
  static String factorTick(double octaves) {
    String text = factor(octaves);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// Three digits, without trailing zeros.
  static String number(double v) {
    double size = Math.abs(v);
    if (v == 0 || (size >= 1e-3 && size < 1e5)) {
      return new BigDecimal(v).round(new MathContext(size >= 1000 ? 5 : 3)).stripTrailingZeros().toPlainString();
    }
    String[] parts = String.format(Locale.ROOT, "%.2e", v).split("e", 2);
    return new BigDecimal(parts[0]).stripTrailingZeros().toPlainString() + "e" + Integer.parseInt(parts[1]);
  }

  /// A number at a tick of an axis.
  static String tick(double v) {
    double size = Math.abs(v);
    return size != 0 && (size < 1e-3 || size >= 1e5) ? number(v) : new BigDecimal(v).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  static String value(Value value) {
    return switch (value) {
      case Value.Real(double v) -> number(v);
      case Value.Whole(long v) -> Long.toString(v);
      case Value.Category(String choice) -> choice;
    };
  }

  /// A time with its unit: `0.8 s`, `95 s`, `12 min`, `3.4 h`.
  static String seconds(double seconds) {
    return seconds < 9.95
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : seconds < 180
            ? String.format(Locale.ROOT, "%.0f s", seconds)
            : seconds < 7200 ? String.format(Locale.ROOT, "%.0f min", seconds / 60) : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /// `1 trial`, `2 trials`.
  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
