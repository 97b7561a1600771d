package proxima.chart;

import java.util.List;

/// A piece of a picture, in pixels from the upper left corner.
public sealed interface Shape {

  /// How a shape is coloured.
  ///
  /// @param opacity in [0, 1]
  record Paint(Ink ink, double opacity) {
    public static Paint of(Ink ink) {
      return new Paint(ink, 1);
    }
  }

  record Vertex(double x, double y) {}

  enum Anchor {
    START,
    MIDDLE,
    END
  }

  enum Stroke {
    SOLID,
    DASHED,
    DOTTED,
    DASH_DOTTED
  }

  /// @param thickness of a line, in pixels
  record Line(List<Vertex> vertices, Paint paint, double thickness, Stroke stroke) implements Shape {
    public Line {
      vertices = List.copyOf(vertices);
    }
  }

  record Area(List<Vertex> vertices, Paint paint) implements Shape {
    public Area {
      vertices = List.copyOf(vertices);
    }
  }

  /// @param corner radius of the rounded corners
  /// @param hint what a reader sees on pointing at it; may be empty
  record Box(double x, double y, double width, double height, double corner, Paint paint, String hint) implements Shape {}

  /// @param hint what a reader sees on pointing at it; may be empty
  record Dot(double x, double y, double radius, Paint paint, String hint) implements Shape {}

  /// @param hint what a reader sees on pointing at it; may be empty
  record Ring(double x, double y, double radius, double thickness, Paint paint, String hint) implements Shape {}

  /// @param y of the baseline
  /// @param turn around the anchor, in degrees, clockwise
  record Label(double x, double y, String text, double size, boolean bold, Anchor anchor, double turn, Paint paint) implements Shape {}
}
