package proxima.chart;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Pictures as PNG files, on white, two dots a pixel.
final class Png {

  private static final int DOTS = 2;
  private static final double MARGIN = 12;

  private Png() {}

  /// @return why one could not be drawn, and those after it were left out; empty where all were written
  static Optional<String> write(Path folder, List<Picture> pictures) throws IOException {
    for (int i = 0; i < pictures.size(); i++) {
      BufferedImage image;
      try {
        image = draw(pictures.get(i));
      } catch (AWTError | LinkageError | InternalError | RuntimeException e) {
        // Java2D throws any of these where a machine has no font or no fontconfig, as small containers do.
        for (Picture left : pictures.subList(i, pictures.size())) {
          Files.deleteIfExists(file(folder, left));
        }
        return Optional.of(reason(e));
      }
      // A stream of ImageIO's own choice keeps a file beside it, and can not be made once the process is ending.
      try (var file = Files.newOutputStream(file(folder, pictures.get(i)));
          var out = new MemoryCacheImageOutputStream(file)) {
        ImageIO.write(image, "png", out);
      }
    }
    return Optional.empty();
  }

  private static Path file(Path folder, Picture picture) {
    return folder.resolve(picture.name().replaceAll("[^\\w.-]", "_") + ".png");
  }

  /// Of what was thrown first: Java2D wraps it.
  private static String reason(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first.toString();
  }

  private static BufferedImage draw(Picture picture) {
    int width = (int) Math.ceil((picture.width() + 2 * MARGIN) * DOTS);
    int height = (int) Math.ceil((picture.height() + 2 * MARGIN) * DOTS);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setColor(colour(Paint.of(Ink.SURFACE)));
      g.fillRect(0, 0, width, height);
      g.scale(DOTS, DOTS);
      g.translate(MARGIN, MARGIN);
      picture.shapes().forEach(s -> draw(g, s));
    } finally {
      g.dispose();
    }
    return image;
  }

  private static void draw(Graphics2D g, Shape shape) {
    switch (shape) {
      case Shape.Line(List<Vertex> vertices, Paint paint, double thickness, Shape.Stroke stroke) -> {
        g.setColor(colour(paint));
        g.setStroke(switch (stroke) {
          case SOLID -> new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
          case DASHED -> dashed(thickness, 5, 4);
          case DOTTED -> dashed(thickness, (float) thickness, 3);
          case DASH_DOTTED -> dashed(thickness, 8, 3, (float) thickness, 3);
        });
        g.draw(path(vertices));
      }
      case Shape.Area(List<Vertex> vertices, Paint paint) -> {
        g.setColor(colour(paint));
        Path2D path = path(vertices);
        path.closePath();
        g.fill(path);
      }
      case Shape.Box(double x, double y, double width, double height, double corner, Paint paint, _) -> {
        g.setColor(colour(paint));
        g.fill(new RoundRectangle2D.Double(x, y, width, height, 2 * corner, 2 * corner));
      }
      case Shape.Dot(double x, double y, double radius, Paint paint, _) -> {
        g.setColor(colour(paint));
        g.fill(circle(x, y, radius));
      }
      case Shape.Ring(double x, double y, double radius, double thickness, Paint paint, _) -> {
        g.setColor(colour(Paint.of(Ink.SURFACE)));
        g.fill(circle(x, y, radius));
        g.setColor(colour(paint));
        g.setStroke(new BasicStroke((float) thickness));
        g.draw(circle(x, y, radius));
      }
      case Shape.Label(double x, double y, String text, double size, boolean bold, Shape.Anchor anchor, double turn, Paint paint) -> {
        g.setColor(colour(paint));
        g.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) (0.94 * size)));
        double width = g.getFontMetrics().getStringBounds(text, g).getWidth();
        double shift =
            switch (anchor) {
              case START -> 0;
              case MIDDLE -> width / 2;
              case END -> width;
            };
        AffineTransform upright = g.getTransform();
        g.rotate(Math.toRadians(turn), x, y);
        g.drawString(text, (float) (x - shift), (float) y);
        g.setTransform(upright);
      }
    }
  }

  private static BasicStroke dashed(double thickness, float... lengths) {
    return new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
  }

  private static Path2D path(List<Vertex> vertices) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < vertices.size(); i++) {
      if (i == 0) {
        path.moveTo(vertices.get(i).x(), vertices.get(i).y());
      } else {
        path.lineTo(vertices.get(i).x(), vertices.get(i).y());
      }
    }
    return path;
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Color colour(Paint paint) {
    return new Color((paint.ink().light() & 0xffffff) | (int) Math.round(255 * paint.opacity()) << 24, true);
  }
}
