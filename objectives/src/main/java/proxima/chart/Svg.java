package proxima.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// A picture as SVG inside an HTML page, whose style sheet holds the inks.
final class Svg {

  private Svg() {}

  static String of(Picture picture) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg role=\"img\" viewBox=\"0 0 ").append(number(picture.width())).append(' ').append(number(picture.height()));
    // Shrinks to 3/4, so that text stays legible; what is wider is scrolled.
    svg.append("\" style=\"min-width:").append(number(0.75 * picture.width())).append("px;max-width:").append(number(picture.width()));
    svg.append("px\" aria-label=\"").append(Html.escape(picture.description())).append("\">\n");
    picture.shapes().forEach(s -> svg.append(element(s)).append('\n'));
    return svg.append("</svg>").toString();
  }

  private static String element(Shape shape) {
    return switch (shape) {
      case Shape.Line(List<Vertex> vertices, Paint paint, double thickness, Shape.Stroke stroke) ->
          "<polyline points=\"" + points(vertices) + "\" fill=\"none\" stroke-linejoin=\"round\"" + stroke(paint, thickness)
              + dashes(stroke, thickness) + "/>";
      case Shape.Area(List<Vertex> vertices, Paint paint) -> "<polygon points=\"" + points(vertices) + "\"" + fill(paint) + "/>";
      case Shape.Box(double x, double y, double width, double height, double corner, Paint paint, String hint) ->
          "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\" rx=\""
              + number(corner) + "\"" + fill(paint) + hinted("rect", hint);
      case Shape.Dot(double x, double y, double radius, Paint paint, String hint) ->
          circle(x, y, radius) + fill(paint) + hinted("circle", hint);
      case Shape.Ring(double x, double y, double radius, double thickness, Paint paint, String hint) ->
          circle(x, y, radius) + " fill=\"" + Ink.SURFACE.css() + "\"" + stroke(paint, thickness) + hinted("circle", hint);
      case Shape.Label(double x, double y, String text, double size, boolean bold, Shape.Anchor anchor, double turn, Paint paint) ->
          "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + number(size) + "\"" + (bold ? " font-weight=\"650\"" : "")
              + " text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT) + "\"" + turned(turn, x, y) + fill(paint) + ">" + Html.escape(text) + "</text>";
    };
  }

  private static String dashes(Shape.Stroke stroke, double thickness) {
    return switch (stroke) {
      case SOLID -> "";
      case DASHED -> " stroke-dasharray=\"5 4\"";
      case DOTTED -> " stroke-dasharray=\"" + number(thickness) + " 3\"";
      case DASH_DOTTED -> " stroke-dasharray=\"8 3 " + number(thickness) + " 3\"";
    };
  }

  private static String turned(double turn, double x, double y) {
    return turn == 0 ? "" : " transform=\"rotate(" + number(turn) + " " + number(x) + " " + number(y) + ")\"";
  }

  private static String circle(double x, double y, double radius) {
    return "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(radius) + "\"";
  }

  private static String hinted(String element, String hint) {
    return hint.isEmpty() ? "/>" : "><title>" + Html.escape(hint) + "</title></" + element + ">";
  }

  private static String points(List<Vertex> vertices) {
    return vertices.stream().map(v -> number(v.x()) + "," + number(v.y())).collect(Collectors.joining(" "));
  }

  private static String fill(Paint paint) {
    return " fill=\"" + paint.ink().css() + "\"" + (paint.opacity() < 1 ? " fill-opacity=\"" + number(paint.opacity()) + "\"" : "");
  }

  private static String stroke(Paint paint, double thickness) {
    return " stroke=\"" + paint.ink().css() + "\" stroke-width=\"" + number(thickness) + "\""
        + (paint.opacity() < 1 ? " stroke-opacity=\"" + number(paint.opacity()) + "\"" : "");
  }

  private static String number(double v) {
    String text = String.format(Locale.ROOT, "%.2f", v);
    return text.endsWith("00") ? text.substring(0, text.length() - 3) : text;
  }
}
