package proxima.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.report.ReportData.Timing;

/// What the trainings took.
final class TimeSpent {

  private static final double WIDTH = 920;
  private static final double LEFT = 64;
  private static final double TOP = 34;
  private static final double BOTTOM = 200;

  private TimeSpent() {}

  static Block.Section section(ReportData data) {
    List<Block> blocks = new ArrayList<>();
    if (data.timings().isEmpty()) {
      blocks.add(new Block.Text("No times have been recorded."));
      return new Block.Section("time", "Time spent", blocks);
    }
    List<List<String>> rows = new ArrayList<>();
    for (String phase : new LinkedHashSet<>(data.timings().stream().map(Timing::phase).toList())) {
      rows.add(row(Names.phase(phase), data.timings().stream().filter(t -> t.phase().equals(phase)).toList()));
    }
    if (rows.size() > 1) {
      rows.add(row("All", data.timings()));
    }
    blocks.add(
        new Block.Figure(
            picture(data.timings()),
            "Each bar is one training, in the order in which they ended; its height is its wall time. Red ones diverged, grey ones failed, pale ones were stopped early. Bars beyond the 98th"
                + " percentile are cut off and marked by a triangle."));
    blocks.add(new Block.Table(List.of("Phase", "Trainings", "Median each", "Longest", "Sum over workers"), rows, true));
    return new Block.Section("time", "Time spent", blocks);
  }

  private static List<String> row(String name, List<Timing> timings) {
    double[] seconds = timings.stream().mapToDouble(Timing::seconds).sorted().toArray();
    return List.of(
        name, String.valueOf(seconds.length), Format.seconds(Axis.quantile(seconds, 0.5)), Format.seconds(seconds[seconds.length - 1]),
        Format.seconds(Arrays.stream(seconds).sum()));
  }

  private static Picture picture(List<Timing> timings) {
    Picture.Pen pen = Picture.pen();
    double[] sorted = timings.stream().mapToDouble(Timing::seconds).sorted().toArray();
    double high = Math.max(1e-3, 1.1 * Axis.quantile(sorted, 0.98));
    Axis y = Axis.linear(0, high, BOTTOM, TOP);
    double step = Math.min(24, (WIDTH - LEFT) / timings.size());
    for (double tick : y.ticks(4)) {
      pen.line(LEFT, y.at(tick), WIDTH, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 8, y.at(tick) + 4, Format.tick(tick) + " s", Anchor.END, Ink.MUTED);
    }
    String phase = "";
    double labelled = 0;
    for (int i = 0; i < timings.size(); i++) {
      Timing t = timings.get(i);
      double x = LEFT + i * step;
      if (!t.phase().equals(phase)) {
        phase = t.phase();
        if (i > 0) {
          pen.line(x, TOP - 4, x, BOTTOM, Ink.AXIS, 1);
        }
        // Short phases share the space above: a name that would run into the one before moves up.
        double width = Picture.widthOf(Names.phase(phase), Picture.SMALL);
        double from = Math.min(x + 4, WIDTH - width);
        boolean crowded = from < labelled;
        pen.small(from, crowded ? TOP - 22 : TOP - 8, Names.phase(phase), Anchor.START, Ink.MUTED);
        labelled = crowded ? labelled : from + 6 + width;
      }
      Ink ink = t.outcome().equals("diverged") ? Ink.RED : t.outcome().equals("failed") ? Ink.GREY : Ink.BLUE;
      double opacity = t.outcome().equals("stopped") ? 0.35 : 0.75;
      double top = y.clipped(t.seconds());
      pen.box(x + 0.1 * step, top, 0.8 * step, BOTTOM - top, 0, new Paint(ink, opacity), t.phase() + " " + t.trial() + ", " + t.outcome() + ": " + Format.seconds(t.seconds()));
      if (t.seconds() > high) {
        pen.triangle(x + step / 2, TOP + 2, 4, Paint.of(ink));
      }
    }
    pen.line(LEFT, BOTTOM, WIDTH, BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH) / 2, BOTTOM + 22, "trainings, in the order in which they ended", Anchor.MIDDLE, Ink.MUTED);
    return pen.picture("time", WIDTH, BOTTOM + 30, "Wall time of each training");
  }
}
