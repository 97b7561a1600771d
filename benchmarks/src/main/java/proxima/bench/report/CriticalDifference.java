package proxima.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import proxima.bench.report.Ranking.Clique;
import proxima.bench.report.Styles.Style;
import proxima.chart.Axis;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Mean ranks on a line, the best at the left; bars join those that do not differ (Demsar 2006, figure 1).
final class CriticalDifference {

  private static final double WIDTH = 920;
  private static final double SIDE = 210; // for names at either side
  private static final double AXIS = 30;
  private static final double BAR = 11; // between bars
  private static final double OVER = 5; // a bar ends so far beyond its contenders
  private static final double ROW = 21;

  private CriticalDifference() {}

  static Picture picture(String name, String of, Ranking ranking, Styles styles) {
    Picture.Pen pen = Picture.pen();
    int n = ranking.places().size();
    Axis x = Axis.linear(1, n, SIDE, WIDTH - SIDE);
    double bars = AXIS + 16;
    List<Clique> cliques = ranking.cliques();
    List<Integer> levels = levels(ranking, cliques, x);
    double rows = bars + BAR * (1 + levels.stream().mapToInt(Integer::intValue).max().orElse(-1)) + 14;
    axis(pen, x, n);
    int left = (n + 1) / 2;
    for (int i = 0; i < n; i++) {
      boolean isLeft = i < left;
      place(pen, x, ranking.places().get(i), rows + ROW * (isLeft ? i : n - 1 - i), isLeft, styles);
    }
    for (int i = 0; i < cliques.size(); i++) {
      Clique c = cliques.get(i);
      double y = bars + BAR * levels.get(i);
      pen.line(from(ranking, c, x), y, to(ranking, c, x), y, Ink.TEXT, 4.5);
    }
    return pen.picture(name, WIDTH, rows + ROW * (left - 1) + 14, "Mean ranks, and who does not differ, " + of);
  }

  private static double from(Ranking ranking, Clique clique, Axis x) {
    return x.at(ranking.places().get(clique.from()).meanRank()) - OVER;
  }

  private static double to(Ranking ranking, Clique clique, Axis x) {
    return x.at(ranking.places().get(clique.to()).meanRank()) + OVER;
  }

  /// For each bar the first level, from above, at which it touches no other.
  private static List<Integer> levels(Ranking ranking, List<Clique> cliques, Axis x) {
    List<Integer> levels = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    for (Clique c : cliques) {
      int level = 0;
      while (level < ends.size() && ends.get(level) + OVER > from(ranking, c, x)) {
        level++;
      }
      if (level == ends.size()) {
        ends.add(0.0);
      }
      ends.set(level, to(ranking, c, x));
      levels.add(level);
    }
    return levels;
  }

  private static void axis(Picture.Pen pen, Axis x, int n) {
    pen.line(x.from(), AXIS, x.to(), AXIS, Ink.TEXT, 1.4);
    for (int rank = 1; rank <= n; rank++) {
      pen.line(x.at(rank), AXIS - 7, x.at(rank), AXIS, Ink.TEXT, 1.4);
      pen.small(x.at(rank), AXIS - 12, Integer.toString(rank), Anchor.MIDDLE, Ink.TEXT);
    }
    pen.small(x.from() - 14, AXIS + 1, "mean rank", Anchor.END, Ink.MUTED);
    DoubleStream.iterate(1.5, r -> r < n, r -> r + 1).forEach(r -> pen.line(x.at(r), AXIS - 4, x.at(r), AXIS, Ink.TEXT, 1));
  }

  private static void place(Picture.Pen pen, Axis x, Ranking.Place place, double y, boolean left, Styles styles) {
    Style style = styles.of(place.contender());
    double at = x.at(place.meanRank());
    double end = left ? x.from() - 14 : x.to() + 14;
    Ink ink = style.ours() ? style.ink() : Ink.TEXT;
    pen.curve(List.of(new Vertex(at, AXIS), new Vertex(at, y), new Vertex(end, y)), ink, style.ours() ? 2.4 : 1.1);
    String rank = String.format(Locale.ROOT, "%.2f", place.meanRank());
    pen.label(left ? end - 6 : end + 42, y + 4, rank, Picture.SMALL, style.ours(), Anchor.END, Paint.of(style.ours() ? ink : Ink.MUTED));
    styles.name(pen, left ? end - 48 : end + 50, y + 4, place.contender(), left ? Anchor.END : Anchor.START);
  }
}
