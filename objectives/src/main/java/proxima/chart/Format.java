package proxima.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as text for people.
public final class Format {

  private Format() {}

  /// Three decimals, four below 0.1; three digits and an exponent where those would not tell.
  public static String loss(double loss) {
    double size = Math.abs(loss);
    return size != 0 && (size < 0.01 || size >= 1e5) ? String.format(Locale.ROOT, "%.3g", loss) : String.format(Locale.ROOT, size < 0.1 ? "%.4f" : "%.3f", loss);
  }

  /// `loss` with its unit.
  public static String loss(double loss, String unit) {
    return unit.isEmpty() ? loss(loss) : loss(loss) + " " + unit;
  }

  /// As `loss`, with its sign.
  public static String signed(double difference) {
    return difference < 0 ? "\u2212" + loss(-difference) : "+" + loss(difference);
  }

  /// Three digits, without trailing zeros; a dash for what is no number.
  public static String number(double v) {
    if (!Double.isFinite(v)) {
      return "–";
    }
    double size = Math.abs(v);
    if (v == 0 || (size >= 1e-3 && size < 1e5)) {
      return new BigDecimal(v).round(new MathContext(size >= 1000 ? 5 : 3)).stripTrailingZeros().toPlainString();
    }
    String[] parts = String.format(Locale.ROOT, "%.2e", v).split("e", 2);
    return new BigDecimal(parts[0]).stripTrailingZeros().toPlainString() + "e" + Integer.parseInt(parts[1]);
  }

  /// A number at a tick of an axis.
  public static String tick(double v) {
    double size = Math.abs(v);
    return size != 0 && (size < 1e-3 || size >= 1e5) ? number(v) : new BigDecimal(v).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  /// A time with its unit: `0.8 s`, `95 s`, `12 min`, `3.4 h`.
  public static String seconds(double seconds) {
    return seconds < 9.95
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : seconds < 180
            ? String.format(Locale.ROOT, "%.0f s", seconds)
            : seconds < 7200 ? String.format(Locale.ROOT, "%.0f min", seconds / 60) : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /// `1 trial`, `2 trials`.
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
