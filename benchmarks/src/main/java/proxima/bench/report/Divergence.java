package proxima.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import proxima.bench.report.Styles.Style;
import proxima.bench.result.Run;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;

/// The share of suggestions after trial 20 that diverged, on the tasks that have a cliff to fall over.
final class Divergence {

  private static final double WIDTH = 920;
  private static final double LEFT = 190;
  private static final double RIGHT = 240;
  private static final double ROW = 24;

  private Divergence() {}

  /// @param of how many suggestions, over all tasks
  private record Row(String contender, Interval share, long of) {}

  /// The contests in which a late suggestion of some contender diverged.
  static Field where(Field field) {
    return field.only(c -> c.runs().values().stream().anyMatch(r -> Share.of(r).diverged() > 0));
  }

  /// @param field where some diverged
  static Picture picture(String name, Field field, Styles styles) {
    List<Row> rows = field.contenders().stream().map(c -> row(field, c)).filter(r -> r.of > 0).sorted(Comparator.comparingDouble(r -> r.share.mean())).toList();
    Picture.Pen pen = Picture.pen();
    double bottom = 10 + ROW * rows.size();
    double most = rows.stream().mapToDouble(r -> r.share.isKnown() ? r.share.high() : r.share.mean()).max().orElse(1);
    Axis x = Axis.linear(0, Math.min(1, Math.max(0.05, 1.05 * most)), LEFT, WIDTH - RIGHT);
    for (double tick : x.ticks(6)) {
      pen.line(x.at(tick), 4, x.at(tick), bottom, Ink.GRID, 1);
      pen.small(x.at(tick), bottom + 18, percent(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Style style = styles.of(row.contender);
      Ink ink = style.ours() ? style.ink() : Ink.TEXT;
      double y = 10 + ROW * (i + 0.5);
      styles.name(pen, LEFT - 14, y + 4, row.contender, Anchor.END);
      pen.line(x.from(), y, x.at(row.share.mean()), y, Ink.GRID, 1);
      if (row.share.isKnown()) {
        pen.line(x.clipped(row.share.low()), y, x.clipped(row.share.high()), y, ink, style.ours() ? 3 : 1.6);
      }
      pen.dot(x.at(row.share.mean()), y, style.ours() ? 5 : 4, Paint.of(ink), row.contender + ": " + percent(row.share.mean()));
      pen.small(WIDTH - RIGHT + 62, y + 4, percent(row.share.mean()), Anchor.END, Ink.TEXT);
      pen.small(WIDTH, y + 4, "n = " + Format.count(row.of, "suggestion"), Anchor.END, Ink.MUTED);
    }
    pen.small((x.from() + x.to()) / 2, bottom + 38, "diverged, of the suggestions after trial " + Share.FROM, Anchor.MIDDLE, Ink.MUTED);
    return pen.picture(name, WIDTH, bottom + 46, "Share of suggestions after trial " + Share.FROM + " that diverged");
  }

  private static Row row(Field field, String contender) {
    List<double[]> shares = field.contests().stream()
        .map(c -> c.of(contender).stream().map(List::of).map(Share::of).mapToDouble(Share::value).filter(v -> !Double.isNaN(v)).toArray())
        .filter(s -> s.length > 0)
        .toList();
    return new Row(contender, shares.isEmpty() ? new Interval(Double.NaN, Double.NaN, Double.NaN) : Interval.within(shares), Share.of(field.runs(contender)).of());
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, share >= 0.0995 || Math.abs(100 * share - Math.rint(100 * share)) < 1e-9 ? "%.0f %%" : "%.1f %%", 100 * share);
  }
}
