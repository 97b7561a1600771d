package proxima.report;

import java.util.Locale;

/// Factors as text for people.
final class Factor {

  private Factor() {}

  /// A factor from its octaves: `×2.8`, `÷5.6`, `×1`.
  static String text(double octaves) {
    double factor = Math.pow(2, Math.abs(octaves));
    String text = String.format(Locale.ROOT, factor < 1.095 ? "%.2f" : factor < 9.95 ? "%.1f" : "%.0f", factor);
    return text.equals("1.00") ? "×1" : (octaves < 0 ? "÷" : "×") + text;
  }

  /// A factor at a tick of an axis: as `text`, without trailing zeros.
  static String tick(double octaves) {
    String text = text(octaves);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
