package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Stroke;
import proxima.chart.Shape.Vertex;

/// The report of coordinate checks.
public final class CoordinateReport {

  private static final int COLUMNS = 3;
  private static final double PANEL = 300;
  private static final double ROW = 244;
  private static final double LEFT = 50;
  private static final double TOP = 46;
  private static final double BOTTOM = 186;

  // A picture of less than this factor would show noise as slopes.
  private static final double SPAN = 16;

  private CoordinateReport() {}

  /// Writes `report.html` and its pictures as PNG files beside it. Earlier ones are replaced.
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, CheckOrigin origin, List<CoordinateCheck> checks) throws IOException {
    return CheckPage.write(folder, "Coordinate check of " + origin.name(), origin, checks.stream().map(CoordinateReport::section).toList());
  }

  private static Block.Section section(CoordinateCheck check) {
    String axis = check.axis().id();
    List<Block> blocks = new ArrayList<>();
    List<String> wrong = check.quantities().stream().filter(q -> !q.passed()).map(Quantity::name).toList();
    String verdict = check.passed() ? "Passed: no size follows the " + axis + "." : "Not passed: what follows the " + axis + " or diverges is " + String.join("; ", wrong) + ".";
    blocks.add(check.passed() ? new Block.Text(verdict) : new Block.Notice(verdict));
    blocks.add(
        new Block.Text(
            String.format(
                Locale.ROOT,
                "Criterion: from step %d on the slope of log mean |x| over log %s is within ±%.2f for hidden activations, and from step %d on within ±%.2f for changes since step 1, of the output, of the stream and of what routers put out."
                    + " Step 1 is before any update. Means over %s; the same batch at every step.",
                CoordinateCheck.from(check.axis()), axis, CoordinateCheck.HIDDEN, CoordinateCheck.changesFrom(check.axis(), check.steps()), CoordinateCheck.CHANGE, Format.count(check.seeds(), "seed"))));
    blocks.add(
        new Block.Figure(
            picture(check),
            "Sizes over " + axis + ", both logarithmic, a curve for each step: dashed grey before the criterion counts, then pale, the last step bold. Flat is right."
                + " Branches are shown before their multiplier, and where each block has one, means over the blocks."));
    blocks.add(new Block.Folded("All slopes", List.of(slopes(check))));
    return new Block.Section(axis, "Over " + axis + " " + check.values().toString().replaceAll("[\\[\\]]", ""), blocks);
  }

  private static Block slopes(CoordinateCheck check) {
    List<String> header = new ArrayList<>(List.of("Quantity", "bound"));
    IntStream.rangeClosed(1, check.steps()).forEach(t -> header.add("step " + t));
    List<List<String>> rows = new ArrayList<>();
    for (Quantity q : check.quantities()) {
      List<String> row = new ArrayList<>(List.of(q.name(), Format.number(q.bound())));
      IntStream.rangeClosed(1, check.steps()).forEach(t -> row.add(slope(q, t)));
      rows.add(row);
    }
    return new Block.Table(header, rows, true);
  }

  private static String slope(Quantity q, int t) {
    double slope = q.slope(t);
    return Double.isNaN(slope) ? "–" : String.format(Locale.ROOT, "%+.3f", slope).replace('-', '−');
  }

  private static Picture picture(CoordinateCheck check) {
    Picture.Pen pen = Picture.pen();
    List<Quantity> quantities = check.quantities();
    for (int i = 0; i < quantities.size(); i++) {
      int row = i / COLUMNS;
      int column = i % COLUMNS;
      panel(pen, quantities.get(i), check.axis().id(), column * (PANEL + 10), row * ROW);
    }
    int rows = (quantities.size() + COLUMNS - 1) / COLUMNS;
    return pen.picture("coordinates-" + check.axis().id(), COLUMNS * (PANEL + 10), rows * ROW, "Sizes of activations over " + check.axis().id() + ", a panel for each, a curve for each step");
  }

  private static void panel(Picture.Pen pen, Quantity q, String axis, double x0, double y0) {
    List<Long> values = q.values();
    pen.bold(x0 + LEFT, y0 + 16, q.name(), Anchor.START, Ink.TEXT);
    int worst = q.steepest();
    String text = Double.isNaN(q.slope(worst)) ? "diverged" : "steepest slope " + slope(q, worst) + ", at step " + worst;
    pen.label(x0 + LEFT, y0 + 33, text, Picture.SMALL, false, Anchor.START, Paint.of(q.passed() ? Ink.MUTED : Ink.RED));
    double[] finite = q.sizes().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).filter(v -> v > 0 && Double.isFinite(v)).toArray();
    double low = Arrays.stream(finite).min().orElse(0.5);
    double high = Arrays.stream(finite).max().orElse(2);
    double margin = Math.max(1.15, Math.sqrt(SPAN * low / high));
    Axis x = Axis.logarithmic(values.getFirst(), values.getLast(), x0 + LEFT + 12, x0 + PANEL - 12);
    Axis y = Axis.logarithmic(low / margin, high * margin, y0 + BOTTOM, y0 + TOP);
    for (double tick : y.ticks(4)) {
      pen.line(x0 + LEFT, y.at(tick), x0 + PANEL, y.at(tick), Ink.GRID, 1);
      pen.small(x0 + LEFT - 6, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    pen.line(x0 + LEFT, y0 + BOTTOM, x0 + PANEL, y0 + BOTTOM, Ink.AXIS, 1);
    Ticks.below(pen, x, values.stream().map(Long::doubleValue).toList(), y0 + BOTTOM + 18);
    pen.small(x0 + (LEFT + PANEL) / 2, y0 + BOTTOM + 36, axis, Anchor.MIDDLE, Ink.MUTED);
    pen.small(x0 + PANEL, y0 + 16, "mean |x|", Anchor.END, Ink.MUTED);
    for (int t = 1; t <= q.sizes().size(); t++) {
      curve(pen, q, t, x, y);
    }
  }

  private static void curve(Picture.Pen pen, Quantity q, int t, Axis x, Axis y) {
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i < q.values().size(); i++) {
      double size = q.sizes().get(t - 1).get(i);
      if (size > 0 && Double.isFinite(size)) {
        vertices.add(new Vertex(x.at(q.values().get(i)), y.at(size)));
      }
    }
    boolean last = t == q.sizes().size();
    pen.curve(vertices, t < q.from() ? Ink.GREY : last ? Ink.BLUE : Ink.SKY, last ? 2.6 : 1.2, t < q.from() ? Stroke.DASHED : Stroke.SOLID);
    for (int i = 0; last && i < vertices.size(); i++) {
      pen.dot(vertices.get(i).x(), vertices.get(i).y(), 3.2, Paint.of(Ink.BLUE), q.name() + ", step " + t);
    }
  }
}
