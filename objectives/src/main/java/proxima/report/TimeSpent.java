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

  private static final int MOST = 428; // bars, of two pixels

  /// What is told apart, from the bottom of a bar to its top.
  private enum Kind {
    FINISHED(Ink.BLUE, 0.75),
    STOPPED(Ink.BLUE, 0.35),
    DIVERGED(Ink.RED, 0.75),
    FAILED(Ink.GREY, 0.75);

    private final Ink ink;
    private final double opacity;

    Kind(Ink ink, double opacity) {
      this.ink = ink;
      this.opacity = opacity;
    }

    static Kind of(Timing t) {
      return switch (t.outcome()) {
        case "stopped" -> STOPPED;
        case "diverged" -> DIVERGED;
        case "failed" -> FAILED;
        default -> FINISHED;
      };
    }
  }

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
            (each(data.timings()) == 1
                    ? "Each bar is one training, in the order in which they ended; its height is its wall time."
                    : "Each bar is the mean wall time of " + each(data.timings()) + " trainings, in the order in which they ended, and its parts what ended alike has of it.")
                + " Red ones diverged, grey ones failed, pale ones were stopped early. Bars beyond the 98th"
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
    }
    int each = each(timings);
    for (int i = 0; i < timings.size(); i += each) {
      bar(pen, timings.subList(i, Math.min(i + each, timings.size())), LEFT + i * step, step, y);
    }
    pen.line(LEFT, BOTTOM, WIDTH, BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH) / 2, BOTTOM + 22, "trainings, in the order in which they ended", Anchor.MIDDLE, Ink.MUTED);
    return pen.picture("time", WIDTH, BOTTOM + 30, "Wall time of each training");
  }

  /// How many trainings share a bar.
  private static int each(List<Timing> timings) {
    return (timings.size() + MOST - 1) / MOST;
  }

  /// @param group trainings, one or more in a row
  /// @param step the width of one
  private static void bar(Picture.Pen pen, List<Timing> group, double x, double step, Axis y) {
    double width = step * group.size();
    double below = 0;
    for (Kind kind : Kind.values()) {
      List<Timing> alike = group.stream().filter(t -> Kind.of(t) == kind).toList();
      if (!alike.isEmpty()) {
        double above = below + alike.stream().mapToDouble(Timing::seconds).sum() / group.size();
        double top = y.clipped(above);
        pen.box(x + 0.1 * width, top, 0.8 * width, y.clipped(below) - top, 0, new Paint(kind.ink, kind.opacity), hint(group, alike));
        below = above;
      }
    }
    if (below > y.high()) {
      pen.triangle(x + width / 2, TOP + 2, 4, Paint.of(Kind.of(group.getLast()).ink));
    }
  }

  private static String hint(List<Timing> group, List<Timing> alike) {
    Timing t = alike.getFirst();
    return group.size() == 1
        ? t.phase() + " " + t.trial() + ", " + t.outcome() + ": " + Format.seconds(t.seconds())
        : alike.size() + " of " + group.size() + " " + t.outcome() + ": " + Format.seconds(alike.stream().mapToDouble(Timing::seconds).sum());
  }
}
