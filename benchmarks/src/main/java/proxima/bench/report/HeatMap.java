package proxima.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import proxima.bench.result.Group;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Final regret of each contender on each task.
final class HeatMap {

  private static final double WIDTH = 920;
  private static final double LEFT = 230;
  private static final double ROW = 24;
  private static final double GAP = 2;
  private static final double HEADING = 24; // of a group
  /// Regrets at and beyond which a cell has no colour, and all of it.
  private static final double PALE = 1;
  private static final double FULL = 1e-3;

  private HeatMap() {}

  /// @param order of the contenders, from left to right
  static Picture picture(String name, Field field, List<String> order) {
    Picture.Pen pen = Picture.pen();
    double cell = Math.min(110, (WIDTH - LEFT - 40) / order.size());
    double longest = order.stream().mapToDouble(c -> Picture.widthOf(c, Picture.SMALL)).max().orElse(0);
    double top = Math.sin(Math.toRadians(40)) * longest + 16;
    for (int i = 0; i < order.size(); i++) {
      boolean ours = Styles.isOurs(order.get(i));
      pen.slanted(LEFT + cell * (i + 0.5) - 4, top - 6, order.get(i), ours, ours ? Ink.BLUE : Ink.TEXT);
    }
    double y = top;
    for (Group group : field.groups()) {
      if (field.groups().size() > 1) {
        pen.small(0, y + HEADING - 8, group.id(), Anchor.START, Ink.MUTED);
        pen.line(0, y + HEADING - 3, LEFT + cell * order.size(), y + HEADING - 3, Ink.GRID, 1);
        y += HEADING;
      }
      for (Contest contest : field.only(group).contests()) {
        row(pen, contest, order, cell, y);
        y += ROW;
      }
    }
    legend(pen, y + 14);
    return pen.picture(name, WIDTH, y + 52, "Mean final regret of each contender on each task");
  }

  private static void row(Picture.Pen pen, Contest contest, List<String> order, double cell, double y) {
    pen.small(LEFT - 10, y + 0.5 * ROW + 4, contest.shortName(30), Anchor.END, Ink.TEXT);
    double[] regrets = order.stream().mapToDouble(c -> Arrays.stream(contest.regrets(c, contest.trials())).average().orElseThrow()).toArray();
    double[] standings = order.stream().mapToDouble(c -> Interval.mean(contest.standings(c))).toArray();
    double best = Arrays.stream(standings).min().orElseThrow();
    for (int i = 0; i < regrets.length; i++) {
      double opacity = opacity(regrets[i]);
      double x = LEFT + cell * i;
      int failed = contest.failed(order.get(i));
      String hint = contest.name() + ", " + order.get(i) + ": " + regrets[i] + " (" + contest.seeds() + " seeds" + (failed > 0 ? ", " + failed + " failed" : "") + ")";
      pen.box(x + GAP / 2, y + GAP / 2, cell - GAP, ROW - GAP, 3, Paint.of(Ink.PAGE), "");
      pen.box(x + GAP / 2, y + GAP / 2, cell - GAP, ROW - GAP, 3, new Paint(Ink.COBALT, opacity), hint);
      Ink ink = opacity > 0.78 ? Ink.WHITE : Ink.TEXT;
      boolean isBest = standings[i] == best;
      pen.label(x + cell / 2, y + 0.5 * ROW + 4, text(regrets[i]) + (failed > 0 ? ScoreTable.FAILED : ""), Picture.SMALL, isBest, Anchor.MIDDLE, Paint.of(ink));
      if (isBest) {
        outline(pen, x + GAP / 2, y + GAP / 2, cell - GAP, ROW - GAP);
      }
    }
  }

  private static void outline(Picture.Pen pen, double x, double y, double width, double height) {
    pen.curve(List.of(new Vertex(x, y), new Vertex(x + width, y), new Vertex(x + width, y + height), new Vertex(x, y + height), new Vertex(x, y - 1)), Ink.TEXT, 2);
  }

  private static double opacity(double regret) {
    return 0.9 * Math.clamp(Math.log(PALE / Math.max(FULL, regret)) / Math.log(PALE / FULL), 0, 1);
  }

  /// Two digits are what a colour shows.
  private static String text(double regret) {
    return regret >= 0.095 ? String.format(Locale.ROOT, "%.2f", regret) : ScoreTable.regret(regret);
  }

  private static void legend(Picture.Pen pen, double y) {
    int steps = 40;
    double width = 300.0 / steps;
    pen.box(LEFT, y, 300, 12, 0, Paint.of(Ink.PAGE), "");
    for (int i = 0; i < steps; i++) {
      pen.box(LEFT + i * width, y, width, 12, 0, new Paint(Ink.COBALT, opacity(PALE * Math.pow(FULL / PALE, (i + 0.5) / steps))), "");
    }
    for (int e = 0; e <= 3; e++) {
      pen.small(LEFT + 100 * e, y + 28, e == 0 ? "1" : e == 3 ? "0.001 or less" : Double.toString(Math.pow(10, -e)), e == 0 ? Anchor.START : Anchor.MIDDLE, Ink.MUTED);
    }
    pen.small(LEFT - 10, y + 11, "mean final regret", Anchor.END, Ink.MUTED);
  }
}
