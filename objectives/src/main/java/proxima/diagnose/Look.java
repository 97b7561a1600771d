package proxima.diagnose;

import java.util.List;
import proxima.chart.Ink;
import proxima.chart.Shape.Stroke;

/// How one of several curves is drawn: no two of 24 are alike.
record Look(Ink ink, Stroke stroke) {

  private static final List<Ink> INKS = List.of(Ink.SKY, Ink.BLUE, Ink.GREEN, Ink.AMBER, Ink.ORANGE, Ink.PINK);
  private static final List<Stroke> STROKES = List.of(Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED, Stroke.DASH_DOTTED);

  /// @param i from 0
  static Look of(int i) {
    return new Look(INKS.get(i % INKS.size()), STROKES.get(i / INKS.size() % STROKES.size()));
  }
}
