package proxima.chart;

import java.util.ArrayList;
import java.util.List;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Stroke;
import proxima.chart.Shape.Vertex;

/// A picture of shapes, later ones over earlier ones.
///
/// @param name of its file, without an ending
/// @param description for those who cannot see it
public record Picture(String name, double width, double height, String description, List<Shape> shapes) {

  /// The size of most text.
  public static final double TEXT = 13;
  public static final double SMALL = 12;

  public Picture {
    shapes = List.copyOf(shapes);
  }

  public static Pen pen() {
    return new Pen();
  }

  /// About how wide a text is; no font is asked.
  public static double widthOf(String text, double size) {
    return 0.57 * size * text.length();
  }

  /// Collects shapes.
  public static final class Pen {

    private final List<Shape> shapes = new ArrayList<>();

    public Picture picture(String name, double width, double height, String description) {
      return new Picture(name, width, height, description, shapes);
    }

    public void line(double x1, double y1, double x2, double y2, Ink ink, double thickness) {
      shapes.add(new Shape.Line(List.of(new Vertex(x1, y1), new Vertex(x2, y2)), Paint.of(ink), thickness, Stroke.SOLID));
    }

    public void dashed(double x1, double y1, double x2, double y2, Ink ink, double thickness) {
      shapes.add(new Shape.Line(List.of(new Vertex(x1, y1), new Vertex(x2, y2)), Paint.of(ink), thickness, Stroke.DASHED));
    }

    public void curve(List<Vertex> vertices, Ink ink, double thickness) {
      curve(vertices, ink, thickness, Stroke.SOLID);
    }

    public void curve(List<Vertex> vertices, Ink ink, double thickness, Stroke stroke) {
      shapes.add(new Shape.Line(vertices, Paint.of(ink), thickness, stroke));
    }

    public void area(List<Vertex> vertices, Ink ink, double opacity) {
      shapes.add(new Shape.Area(vertices, new Paint(ink, opacity)));
    }

    public void box(double x, double y, double width, double height, double corner, Paint paint, String hint) {
      shapes.add(new Shape.Box(x, y, width, height, corner, paint, hint));
    }

    public void dot(double x, double y, double radius, Paint paint, String hint) {
      shapes.add(new Shape.Dot(x, y, radius, paint, hint));
    }

    public void ring(double x, double y, double radius, double thickness, Paint paint, String hint) {
      shapes.add(new Shape.Ring(x, y, radius, thickness, paint, hint));
    }

    public void triangle(double x, double y, double radius, Paint paint) {
      shapes.add(
          new Shape.Area(
              List.of(new Vertex(x, y - radius), new Vertex(x + radius, y + 0.8 * radius), new Vertex(x - radius, y + 0.8 * radius)), paint));
    }

    public void cross(double x, double y, double radius, Ink ink, String hint) {
      line(x - radius, y - radius, x + radius, y + radius, ink, 2);
      line(x - radius, y + radius, x + radius, y - radius, ink, 2);
      // Something to point at.
      dot(x, y, 1.6 * radius, new Paint(ink, 0), hint);
    }

    public void label(double x, double y, String text, Anchor anchor, Ink ink) {
      label(x, y, text, TEXT, false, anchor, Paint.of(ink));
    }

    public void small(double x, double y, String text, Anchor anchor, Ink ink) {
      label(x, y, text, SMALL, false, anchor, Paint.of(ink));
    }

    public void bold(double x, double y, String text, Anchor anchor, Ink ink) {
      label(x, y, text, TEXT, true, anchor, Paint.of(ink));
    }

    public void label(double x, double y, String text, double size, boolean bold, Anchor anchor, Paint paint) {
      shapes.add(new Shape.Label(x, y, text, size, bold, anchor, 0, paint));
    }

    /// A small text that rises to the right of where it begins.
    public void slanted(double x, double y, String text, boolean bold, Ink ink) {
      shapes.add(new Shape.Label(x, y, text, SMALL, bold, Anchor.START, -40, Paint.of(ink)));
    }
  }
}
