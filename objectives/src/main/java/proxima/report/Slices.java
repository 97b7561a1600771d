package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;
import proxima.space.Configuration;
import proxima.space.Point;
import proxima.space.Value;
import proxima.study.TrialResult;

/// The model's loss along single parameters, through the chosen point.
final class Slices {

  private static final int COLUMNS = 4;
  private static final int MOST = 24;
  private static final int USUAL = 12;
  private static final double LEFT = 54;
  private static final double PANEL = 216;
  private static final double PLOT = 192;
  private static final double HEIGHT = 172;
  private static final double TOP = 26;
  private static final double BOTTOM = 136;
  private static final int STEPS = 60;
  private static final int DOTS = 60; // the nearest trials; more hide the curve

  private Slices() {}

  static Block.Section section(ReportData data, Optional<Surrogate> model) {
    List<Block> blocks = new ArrayList<>();
    Optional<Chosen> chosen = data.tuned().or(() -> data.searches().stream().findFirst()).flatMap(p -> Chosen.of(data, p.study()));
    List<Surrogate.Coordinate> along = model.flatMap(m -> chosen.map(c -> along(m, c.configuration()))).orElse(List.of());
    if (model.isEmpty() || chosen.isEmpty() || along.isEmpty()) {
      blocks.add(new Block.Text("There is no model to cut through: too few trials have finished, or no parameter of the settings chosen is a number."));
    } else {
      blocks.add(
          new Block.Figure(
              picture(model.get(), chosen.get().point(), along, data.unit()),
              "Each panel varies one parameter and holds all others at the point that is " + chosen.get().label()
                  + " (vertical line). The line is the loss that the model expects, and ends where that leaves the panel; the band is 2 standard deviations to each side. Both stay"
                  + " between the lowest loss seen and the highest. Dots are the nearest trials, the darker the nearer to this slice; triangles at the upper edge are those with"
                  + " losses above it" + (diverged(model.get()) ? ", red dots there those that diverged, which count as the highest loss or more" : "")
                  + ". Where the line is flat and at neither the lowest nor the highest loss, the value hardly matters."));
    }
    return new Block.Section("slices", model.filter(m -> ModuleFactors.isOfFactors(m.space())).isPresent() ? "A slice through the optimum, module by module" : "A slice through the optimum", blocks);
  }

  private static boolean diverged(Surrogate m) {
    return m.trials().stream().anyMatch(t -> t.loss().isEmpty());
  }

  /// Of the active ones the most relevant one of each module, then others by relevance; in the order of modules.
  private static List<Surrogate.Coordinate> along(Surrogate m, Configuration chosen) {
    List<Surrogate.Coordinate> ranked = m.byRelevance().stream().filter(c -> c.continuous() && chosen.get(c.parameter().name()).isPresent()).toList();
    Set<Surrogate.Coordinate> picked = new HashSet<>();
    Set<String> modules = new HashSet<>();
    if (ModuleFactors.isOfFactors(m.space())) {
      ranked.stream().filter(c -> modules.add(ModuleFactors.row(c.parameter().name()))).limit(MOST).forEach(picked::add);
    }
    ranked.stream().limit(USUAL).filter(_ -> picked.size() < MOST).forEach(picked::add);
    return picked.stream().sorted(order(m)).toList();
  }

  private static Comparator<Surrogate.Coordinate> order(Surrogate m) {
    if (!ModuleFactors.isOfFactors(m.space())) {
      return Comparator.comparingDouble(m::lengthscale).thenComparingInt(Surrogate.Coordinate::index);
    }
    List<String> rows = ModuleFactors.of(m.space(), m.space().decode(Point.centre(m.space().dimension()))).orElseThrow().rows();
    return Comparator.comparingInt((Surrogate.Coordinate c) -> rows.indexOf(ModuleFactors.row(c.parameter().name()))).thenComparingInt(Surrogate.Coordinate::index);
  }

  private static Picture picture(Surrogate m, Point point, List<Surrogate.Coordinate> along, String unit) {
    Picture.Pen pen = Picture.pen();
    List<List<Surrogate.Band>> curves = along.stream().map(c -> m.bands(line(point, c.index()))).toList();
    double[] middles = curves.stream().flatMap(List::stream).mapToDouble(Surrogate.Band::middle).toArray();
    double best = m.trials().stream().filter(t -> t.loss().isPresent()).mapToDouble(t -> t.loss().orElseThrow()).min().orElseThrow();
    Axis y = Axis.robust(middles, List.of(best), BOTTOM, TOP);
    for (int i = 0; i < along.size(); i++) {
      int row = i / COLUMNS;
      int column = i % COLUMNS;
      panel(pen, LEFT + column * PANEL, row * HEIGHT, m, point, along.get(i), curves.get(i), y, column == 0);
    }
    int rows = (along.size() + COLUMNS - 1) / COLUMNS;
    pen.small(0, 12, "loss" + (unit.isEmpty() ? "" : ","), Anchor.START, Ink.MUTED);
    pen.small(0, 26, unit, Anchor.START, Ink.MUTED);
    return pen.picture("slices", LEFT + COLUMNS * PANEL, rows * HEIGHT, "Predicted loss along single parameters, with uncertainty");
  }

  private static List<Point> line(Point point, int coordinate) {
    return IntStream.rangeClosed(0, STEPS).mapToObj(i -> Surrogate.with(point, coordinate, (double) i / STEPS)).toList();
  }

  private static void panel(
      Picture.Pen pen, double left, double top, Surrogate m, Point point, Surrogate.Coordinate c, List<Surrogate.Band> curve, Axis shared, boolean first) {
    Axis y = new Axis(shared.low(), shared.high(), top + BOTTOM, top + TOP, shared.log());
    Axis x = Axis.linear(0, 1, left, left + PLOT);
    for (double tick : y.ticks(3)) {
      pen.line(left, y.at(tick), left + PLOT, y.at(tick), Ink.GRID, 1);
      if (first) {
        pen.label(left - 6, y.at(tick) + 4, Format.tick(tick), 11, false, Anchor.END, Paint.of(Ink.MUTED));
      }
    }
    List<Vertex> band = new ArrayList<>();
    List<Vertex> middle = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      band.add(new Vertex(x.at((double) i / STEPS), y.clipped(curve.get(i).high())));
      middle.add(new Vertex(x.at((double) i / STEPS), y.at(curve.get(i).middle())));
    }
    for (int i = STEPS; i >= 0; i--) {
      band.add(new Vertex(x.at((double) i / STEPS), y.clipped(curve.get(i).low())));
    }
    pen.area(band, Ink.BLUE, 0.16);
    List<TrialResult> nearest =
        m.trials().stream()
            .filter(t -> t.configuration().get(c.parameter().name()).isPresent())
            .sorted(Comparator.comparingDouble(t -> -m.nearness(t.point(), point, c.index())))
            .limit(DOTS)
            .toList();
    for (TrialResult t : nearest) {
      double near = m.nearness(t.point(), point, c.index());
      if (near > 0.02) {
        trial(pen, t, x.at(t.point().get(c.index())), y, 0.06 + 0.5 * near);
      }
    }
    below(middle, y.to()).forEach(piece -> pen.curve(piece, Ink.BLUE, 2.2));
    double at = x.at(point.get(c.index()));
    pen.line(at, top + TOP, at, top + BOTTOM, Ink.ORANGE, 1.3);
    pen.dot(at, y.clipped(m.bands(List.of(point)).getFirst().middle()), 4, Paint.of(Ink.ORANGE), c.label() + " here: " + tick(c, point.get(c.index())));
    pen.line(left, top + BOTTOM, left + PLOT, top + BOTTOM, Ink.AXIS, 1);
    pen.label(left, top + TOP - 9, c.label(), Picture.SMALL, true, Anchor.START, Paint.of(Ink.TEXT));
    ticks(pen, c, x, top + BOTTOM + 15);
  }

  private static void trial(Picture.Pen pen, TrialResult t, double x, Axis y, double opacity) {
    String hint = "trial " + t.number() + ": " + (t.loss().isPresent() ? Format.loss(t.loss().getAsDouble()) : "diverged");
    if (t.loss().isEmpty()) {
      // Red is paler than black.
      pen.dot(x, y.to(), 2.4, new Paint(Ink.RED, 1.5 * opacity), hint);
    } else if (y.holds(t.loss().getAsDouble())) {
      pen.dot(x, y.at(t.loss().getAsDouble()), 2.4, new Paint(Ink.TEXT, opacity), hint);
    } else {
      pen.triangle(x, y.to(), 3, new Paint(Ink.TEXT, opacity));
      pen.dot(x, y.to(), 4, new Paint(Ink.TEXT, 0), hint);
    }
  }

  /// The pieces of a curve that are not above an edge, each up to where it crosses that.
  private static List<List<Vertex>> below(List<Vertex> curve, double edge) {
    List<List<Vertex>> pieces = new ArrayList<>();
    List<Vertex> piece = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      Vertex b = curve.get(i);
      Vertex a = curve.get(Math.max(0, i - 1));
      boolean crosses = (a.y() < edge) != (b.y() < edge);
      if (crosses) {
        piece.add(new Vertex(a.x() + (edge - a.y()) / (b.y() - a.y()) * (b.x() - a.x()), edge));
      }
      if (b.y() >= edge) {
        piece.add(b);
      } else if (crosses) {
        pieces.add(List.copyOf(piece));
        piece.clear();
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static void ticks(Picture.Pen pen, Surrogate.Coordinate c, Axis x, double y) {
    for (int i = 0; i <= 2; i++) {
      double u = i / 2.0;
      Anchor anchor = i == 0 ? Anchor.START : i == 2 ? Anchor.END : Anchor.MIDDLE;
      pen.label(x.at(u), y, tick(c, u), 11, false, anchor, Paint.of(Ink.MUTED));
    }
  }

  private static String tick(Surrogate.Coordinate c, double u) {
    Value value = c.parameter().decode(Point.of(u), 0);
    return ModuleFactors.isFactor(c.parameter()) && value instanceof Value.Real(double v) ? Factor.tick(Math.log(v) / Math.log(2)) : Names.value(value);
  }
}
