package proxima.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.bench.result.Entrant;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Stroke;
import proxima.chart.Shape.Vertex;

/// How contenders are drawn: the same in every picture, ours thick and blue, the others no two alike, for the colour-blind neither: inks that they
/// take for one another have different strokes.
final class Styles {

  private static final List<Style> OTHERS =
      List.of(
          other(Ink.ORANGE, Stroke.SOLID), other(Ink.GREEN, Stroke.SOLID), other(Ink.PINK, Stroke.DASHED), other(Ink.SKY, Stroke.SOLID), other(Ink.TEXT, Stroke.SOLID),
          other(Ink.AMBER, Stroke.DASHED), other(Ink.GREY, Stroke.DOTTED), other(Ink.SKY, Stroke.DASHED), other(Ink.TEXT, Stroke.DOTTED), other(Ink.ORANGE, Stroke.DOTTED),
          other(Ink.GREEN, Stroke.DASH_DOTTED), other(Ink.TEXT, Stroke.DASHED), other(Ink.SKY, Stroke.DOTTED), other(Ink.AMBER, Stroke.DASH_DOTTED),
          other(Ink.TEXT, Stroke.DASH_DOTTED), other(Ink.SKY, Stroke.DASH_DOTTED));
  private static final List<Stroke> OURS = List.of(Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED, Stroke.DASH_DOTTED);
  private static final double SAMPLE = 26; // length of a line in a legend
  private static final double LINE = 22;

  private final Map<String, Style> styles = new LinkedHashMap<>();

  record Style(Ink ink, Stroke stroke, boolean ours) {

    double thickness() {
      return ours ? 3 : 1.7;
    }
  }

  /// @param contenders in the suite's order, so that a picture drawn later has the same styles
  Styles(List<String> contenders) {
    int ours = 0;
    int others = 0;
    for (String c : contenders) {
      styles.put(c, isOurs(c) ? new Style(Ink.BLUE, OURS.get(ours++ % OURS.size()), true) : OTHERS.get(others++ % OTHERS.size()));
    }
  }

  private static Style other(Ink ink, Stroke stroke) {
    return new Style(ink, stroke, false);
  }

  static boolean isOurs(String contender) {
    String name = Entrant.of(contender).contender();
    return name.equals("proxima") || name.startsWith("proxima-");
  }

  Style of(String contender) {
    Style style = styles.get(contender);
    if (style == null) {
      throw new IllegalArgumentException("no contender " + contender);
    }
    return style;
  }

  /// Those of contenders, ours last, to lie above the rest.
  List<String> drawingOrder() {
    return styles.keySet().stream().sorted((a, b) -> Boolean.compare(of(a).ours, of(b).ours)).toList();
  }

  /// Draws a legend into lines from (left, top).
  /// @return its height
  double legend(Picture.Pen pen, double left, double top, double width) {
    double x = left;
    double y = top + 0.5 * LINE;
    for (var entry : styles.entrySet()) {
      String name = entry.getKey();
      Style style = entry.getValue();
      double wide = SAMPLE + 8 + Picture.widthOf(name, Picture.SMALL) * (style.ours ? 1.1 : 1);
      if (x > left && x + wide > left + width) {
        x = left;
        y += LINE;
      }
      line(pen, x, y, x + SAMPLE, style);
      name(pen, x + SAMPLE + 6, y + 4, name, Anchor.START);
      x += wide + 16;
    }
    return y + 0.5 * LINE - top;
  }

  /// A level line in a contender's style.
  static void line(Picture.Pen pen, double from, double y, double to, Style style) {
    pen.curve(List.of(new Vertex(from, y), new Vertex(to, y)), style.ink, style.thickness(), style.stroke);
  }

  /// A contender's name, ours in bold and in its ink.
  void name(Picture.Pen pen, double x, double y, String contender, Anchor anchor) {
    boolean ours = of(contender).ours;
    pen.label(x, y, contender, Picture.SMALL, ours, anchor, Paint.of(ours ? of(contender).ink : Ink.TEXT));
  }
}
