package proxima.diagnose;

import java.util.Collection;
import java.util.TreeSet;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;

/// Numbers of an axis that are those of the data.
final class Ticks {

  /// Pixels between two.
  private static final double GAP = 6;

  private Ticks() {}

  /// Writes them below an axis from left to right, from the last on, without those that would lie over another.
  /// @param y of their baseline
  static void below(Picture.Pen pen, Axis x, Collection<Double> values, double y) {
    double free = Double.POSITIVE_INFINITY;
    for (double value : new TreeSet<>(values).descendingSet()) {
      String text = Format.number(value);
      double half = Picture.widthOf(text, Picture.SMALL) / 2;
      if (x.at(value) + half + GAP <= free) {
        pen.small(x.at(value), y, text, Anchor.MIDDLE, Ink.MUTED);
        free = x.at(value) - half;
      }
    }
  }
}
