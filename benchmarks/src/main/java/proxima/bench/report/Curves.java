package proxima.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import proxima.bench.report.Styles.Style;
import proxima.chart.Axis;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// Mean regret by number of trials, with bands that hold it for other seeds.
final class Curves {

  private static final double WIDTH = 920;
  private static final double HEIGHT = 400;
  private static final double LEFT = 64;
  private static final double RIGHT = 236; // a bold name of 21 letters and a number
  private static final double TOP = 26;
  private static final double BOTTOM = HEIGHT - 48;
  private static final int POINTS = 60;
  private static final int RESAMPLES = 400; // a band's edge need not be as sure as a number
  /// A curve that falls further below the highest one's start leaves the picture.
  private static final double DEEPEST = 1e-6;

  private Curves() {}

  /// @param mean regret at each of the trials
  record Curve(String contender, List<Interval> mean) {}

  static Picture picture(String name, String of, Field field, Styles styles) {
    int first = first(field);
    int last = field.trials();
    List<Integer> trials = trials(first, last);
    List<Curve> curves = styles.drawingOrder().stream().filter(field.contenders()::contains).map(c -> curve(field, c, trials)).toList();
    Axis x = Axis.linear(first - 0.5, last, LEFT, WIDTH - RIGHT);
    double[] means = curves.stream().flatMap(c -> c.mean.stream()).mapToDouble(Interval::mean).toArray();
    double lowest = Arrays.stream(means).min().orElseThrow();
    // A band that falls far below the lowest mean leaves the picture.
    DoubleStream edges = curves.stream().flatMap(c -> c.mean.stream()).filter(Interval::isKnown).mapToDouble(Interval::low).filter(v -> v > 0.5 * lowest);
    Axis y = regrets(DoubleStream.concat(edges, Arrays.stream(means)).toArray(), BOTTOM, TOP);
    Picture.Pen pen = Picture.pen();
    initial(pen, field, x);
    new Frame(x, y).draw(pen, "trials", "normalised regret, mean", 10, 6);
    double opacity = curves.size() > 6 ? 0.09 : 0.11;
    for (Curve c : curves) {
      band(pen, c, trials, x, y, styles.of(c.contender), opacity);
    }
    for (Curve c : curves) {
      Style style = styles.of(c.contender);
      pen.curve(IntStream.range(0, trials.size()).mapToObj(i -> new Vertex(x.at(trials.get(i)), y.clipped(c.mean.get(i).mean()))).toList(), style.ink(), style.thickness(), style.stroke());
    }
    labels(pen, field, curves, y, styles);
    return pen.picture(name, WIDTH, HEIGHT, "Mean normalised regret by number of trials, " + of);
  }

  /// The trial from which on contenders differ.
  static int first(Field field) {
    return field.contests().stream().mapToInt(Contest::initial).min().orElse(1);
  }

  static List<Integer> trials(int first, int last) {
    int steps = Math.min(POINTS, last - first);
    return IntStream.rangeClosed(0, steps).mapToObj(i -> steps == 0 ? last : first + (int) Math.round((double) i * (last - first) / steps)).toList();
  }

  private static Curve curve(Field field, String contender, List<Integer> trials) {
    return new Curve(contender, trials.stream().map(t -> Interval.within(field.contests().stream().map(c -> c.regrets(contender, t)).toList(), RESAMPLES)).toList());
  }

  /// A logarithmic axis for regrets, some of which may be 0.
  static Axis regrets(double[] values, double from, double to) {
    double high = Arrays.stream(values).max().orElse(1);
    double top = high > 0 ? high : 1;
    double low = Arrays.stream(values).filter(v -> v > DEEPEST * top).min().orElse(0.1 * top);
    double margin = Math.max(1.12, Math.pow(top / low, 0.05));
    return Axis.logarithmic(low / margin, top * margin, from, to);
  }

  /// The part in which some contests still follow their initial design.
  private static void initial(Picture.Pen pen, Field field, Axis x) {
    int last = field.contests().stream().mapToInt(Contest::initial).max().orElse(0);
    if (last > x.low() + 0.5) {
      double width = x.clipped(last) - x.from();
      pen.box(x.from(), TOP, width, BOTTOM - TOP, 0, new Paint(Ink.GRID, 0.5), "");
      String text = "some tasks still at initial points";
      if (width > 1.05 * Picture.widthOf(text, Picture.SMALL)) {
        pen.small(x.from() + 10, BOTTOM - 10, text, Anchor.START, Ink.MUTED);
      }
    }
  }

  private static void band(Picture.Pen pen, Curve c, List<Integer> trials, Axis x, Axis y, Style style, double opacity) {
    if (!c.mean.getFirst().isKnown()) {
      return;
    }
    List<Vertex> edge = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      edge.add(new Vertex(x.at(trials.get(i)), y.clipped(c.mean.get(i).high())));
    }
    for (int i = trials.size() - 1; i >= 0; i--) {
      edge.add(new Vertex(x.at(trials.get(i)), y.clipped(c.mean.get(i).low())));
    }
    pen.area(edge, style.ink(), style.ours() ? 2 * opacity : opacity);
  }

  private static void labels(Picture.Pen pen, Field field, List<Curve> curves, Axis y, Styles styles) {
    double end = WIDTH - RIGHT;
    double[] at = Frame.spread(curves.stream().map(c -> y.clipped(c.mean.getLast().mean())).toList(), 17, TOP + 4, BOTTOM);
    for (int i = 0; i < curves.size(); i++) {
      Curve c = curves.get(i);
      Style style = styles.of(c.contender);
      double from = y.clipped(c.mean.getLast().mean());
      pen.curve(List.of(new Vertex(end, from), new Vertex(end + 8, from), new Vertex(end + 22, at[i]), new Vertex(end + 30, at[i])), style.ink(), style.ours() ? 2 : 1.1);
      styles.name(pen, end + 34, at[i] + 4, c.contender, Anchor.START);
      pen.small(WIDTH, at[i] + 4, Format.number(c.mean.getLast().mean()) + (field.hasFailed(c.contender) ? ScoreTable.FAILED : ""), Anchor.END, Ink.MUTED);
    }
  }
}
