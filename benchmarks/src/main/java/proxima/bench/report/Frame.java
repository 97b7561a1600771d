package proxima.bench.report;

import java.util.Arrays;
import java.util.List;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;

/// A plot's axes.
///
/// @param x its pixels rise
/// @param y its pixels fall
record Frame(Axis x, Axis y) {

  /// Draws grid, ticks, and what the axes are of.
  /// @param across, up about how many ticks
  void draw(Picture.Pen pen, String ofX, String ofY, int across, int up) {
    for (double tick : y.ticks(up)) {
      pen.line(x.from(), y.at(tick), x.to(), y.at(tick), Ink.GRID, 1);
      pen.small(x.from() - 8, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    for (double tick : x.ticks(across)) {
      if (tick == Math.rint(tick)) {
        pen.line(x.at(tick), y.from(), x.at(tick), y.from() + 4, Ink.AXIS, 1);
        pen.small(x.at(tick), y.from() + 19, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
      }
    }
    pen.line(x.from(), y.from(), x.to(), y.from(), Ink.AXIS, 1);
    if (!ofX.isEmpty()) {
      pen.small((x.from() + x.to()) / 2, y.from() + 38, ofX, Anchor.MIDDLE, Ink.MUTED);
    }
    if (!ofY.isEmpty()) {
      pen.small(x.from() - 60, y.to() - 8, ofY, Anchor.START, Ink.MUTED);
    }
  }

  /// Heights of labels, near those wanted, at least a gap apart and between two ends where they have room.
  static double[] spread(List<Double> wanted, double gap, double top, double bottom) {
    int n = wanted.size();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(wanted.get(a), wanted.get(b)));
    double[] at = new double[n];
    double free = top;
    for (int i : order) {
      at[i] = Math.max(wanted.get(i), free);
      free = at[i] + gap;
    }
    double limit = bottom;
    for (int k = n - 1; k >= 0; k--) {
      at[order[k]] = Math.min(at[order[k]], limit);
      limit = at[order[k]] - gap;
    }
    return at;
  }
}
