package proxima.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;
import proxima.report.ReportData.Estimate;
import proxima.space.Outcome;
import proxima.study.TrialResult;

/// Each search's losses, trial by trial.
final class History {

  private static final double WIDTH = 920;
  private static final double HEIGHT = 330;
  private static final double LEFT = 64;
  private static final double RIGHT = 150;
  private static final double STRIP = 14; // where diverged and failed trials are marked
  private static final double TOP = 38;
  private static final double BOTTOM = HEIGHT - 48;

  private History() {}

  static Block.Section section(ReportData data) {
    List<Block> blocks = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (ReportData.Phase phase : data.searches()) {
      long told = phase.study().trials().stream().filter(t -> t.asked() && !t.isPending()).count();
      blocks.add(new Block.Subtitle(Names.phase(phase.name())));
      blocks.add(new Block.Text(Format.count(told, "trial") + " told" + best(phase, data.unit()) + " Strategy: " + phase.study().strategy()));
      if (phase.study().trials().stream().anyMatch(t -> t.loss().isPresent())) {
        Axis y = losses(data, phase);
        blocks.add(new Block.Figure(picture(data, phase, y), String.join(" ", marks(phase, y).stream().filter(said::add).toList())));
      } else {
        blocks.add(new Block.Text("No trial of this phase has finished, so there is no loss to draw."));
      }
    }
    if (blocks.isEmpty()) {
      blocks.add(new Block.Text("No search has begun."));
    }
    return new Block.Section("history", "History of the search", blocks);
  }

  /// A sentence for each kind of mark that the picture has.
  private static List<String> marks(ReportData.Phase phase, Axis y) {
    List<TrialResult> trials = phase.study().trials();
    boolean crowd = Crowd.is(trials);
    List<String> marks = new ArrayList<>(List.of("Each dot is one training; the line is the lowest loss so far. Dashed lines are means over fresh seeds."));
    if (trials.stream().anyMatch(t -> t.loss().orElse(y.low()) > y.high())) {
      marks.add("Triangles at the upper edge stand for losses above the axis, which is cut so that outliers do not squeeze the rest.");
    }
    boolean diverged = any(trials, o -> o instanceof Outcome.Diverged);
    boolean failed = any(trials, o -> o instanceof Outcome.Failed);
    if (crowd && (diverged || failed)) {
      marks.add("The bars above stand for the shares of trainings that diverged (red) and failed (grey).");
    }
    if (!crowd && diverged) {
      marks.add("Crosses above the axis are trainings that diverged.");
    }
    if (!crowd && failed) {
      marks.add("Rings above the axis are trainings that failed.");
    }
    if (any(trials, o -> o instanceof Outcome.Stopped)) {
      marks.add("Small grey " + (crowd ? "dots" : "rings") + " are trainings stopped early, at the loss that they had then.");
    }
    if (trials.stream().anyMatch(t -> !t.asked() && y.holds(t.loss().orElse(Double.POSITIVE_INFINITY)))) {
      marks.add("The amber " + (crowd ? "dot" : "ring") + " is a trial that was given, not asked for: the global values adopted, with their loss in the phase before.");
    }
    return marks;
  }

  private static boolean any(List<TrialResult> trials, Predicate<Outcome> wanted) {
    return trials.stream().flatMap(t -> t.outcome().stream()).anyMatch(wanted);
  }

  private static String best(ReportData.Phase phase, String unit) {
    return Trials.best(phase.study()).map(t -> "; lowest loss " + Format.loss(t.loss().orElseThrow(), unit) + " at trial " + t.number() + ".").orElse(".");
  }

  private static Axis losses(ReportData data, ReportData.Phase phase) {
    double[] losses = phase.study().trials().stream().filter(t -> t.loss().isPresent()).mapToDouble(t -> t.loss().orElseThrow()).toArray();
    List<Double> wanted = new ArrayList<>();
    data.known().forEach((name, e) -> {
      if (!name.equals("default")) {
        wanted.add(e.mean());
      }
    });
    // The global phase ends far above what modules reach; its axis is of its own losses.
    return Axis.robust(losses, phase.name().equals("global") ? List.of() : wanted, BOTTOM, TOP + 10);
  }

  private static Picture picture(ReportData data, ReportData.Phase phase, Axis y) {
    Picture.Pen pen = Picture.pen();
    List<TrialResult> trials = phase.study().trials();
    Axis x = Axis.linear(-0.5, Math.max(1, trials.size()) - 0.5, LEFT + 8, WIDTH - RIGHT);
    for (double tick : y.ticks(5)) {
      pen.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 8, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    for (double tick : x.ticks(Math.min(10, trials.size()))) {
      if (tick == Math.rint(tick)) {
        pen.small(x.at(tick), BOTTOM + 20, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
      }
    }
    pen.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH - RIGHT) / 2, BOTTOM + 40, "trial", Anchor.MIDDLE, Ink.MUTED);
    pen.small(4, STRIP + 4, data.label("loss"), Anchor.START, Ink.MUTED);
    references(pen, data.known(), y);
    if (Crowd.is(trials)) {
      Crowd.draw(pen, trials, x, y, TOP, data.unit());
    } else {
      dots(pen, trials, x, y, data.unit());
    }
    runningBest(pen, trials, x, y);
    return pen.picture("history-" + phase.name(), WIDTH, HEIGHT, "Losses of phase " + phase.name() + ", trial by trial, and the lowest so far");
  }

  private static void references(Picture.Pen pen, Map<String, Estimate> estimates, Axis y) {
    List<Vertex> labels = new ArrayList<>();
    for (var entry : estimates.entrySet()) {
      double mean = entry.getValue().mean();
      String text = Names.setting(entry.getKey());
      if (y.holds(mean)) {
        pen.dashed(LEFT, y.at(mean), WIDTH - RIGHT, y.at(mean), Names.ink(entry.getKey()), 1.5);
        double at = y.at(mean) + 4;
        for (Vertex v : labels) {
          at = Math.abs(at - v.y()) < 28 ? v.y() + 28 : at;
        }
        labels.add(new Vertex(0, at));
        pen.small(WIDTH - RIGHT + 8, at, text, Anchor.START, Ink.TEXT);
        pen.small(WIDTH - RIGHT + 8, at + 14, Format.loss(mean), Anchor.START, Ink.MUTED);
      } else if (mean > y.high()) {
        pen.small(WIDTH - RIGHT + 8, TOP - 4, text + " " + Format.loss(mean) + " ↑", Anchor.START, Ink.MUTED);
      } else {
        pen.small(WIDTH - RIGHT + 8, BOTTOM + 38, text + " " + Format.loss(mean) + " ↓", Anchor.START, Ink.MUTED);
      }
    }
  }

  private static void dots(Picture.Pen pen, List<TrialResult> trials, Axis x, Axis y, String unit) {
    double radius = trials.size() > 200 ? 2.6 : 3.6;
    for (TrialResult t : trials) {
      if (t.outcome().isEmpty()) {
        continue;
      }
      double at = x.at(t.number());
      String hint = Trials.hint(t, unit);
      switch (t.outcome().get()) {
        case Outcome.Finished(double loss, _, _) -> {
          if (loss > y.high()) {
            pen.triangle(at, TOP + 8, 4.5, new Paint(Ink.BLUE, 0.7));
            pen.dot(at, TOP + 8, 6, new Paint(Ink.BLUE, 0), hint);
          } else if (t.asked()) {
            pen.dot(at, y.clipped(loss), radius, new Paint(Ink.BLUE, 0.6), hint);
          } else {
            pen.ring(at, y.clipped(loss), radius + 1, 1.6, Paint.of(Ink.AMBER), hint);
          }
        }
        case Outcome.Stopped(_, double loss, _) -> pen.ring(at, y.clipped(loss), radius - 0.6, 1.2, Paint.of(Ink.MUTED), hint);
        case Outcome.Diverged _ -> pen.cross(at, STRIP + 10, 3.6, Ink.RED, hint);
        case Outcome.Failed _ -> pen.ring(at, STRIP + 10, 3.6, 1.6, Paint.of(Ink.MUTED), hint);
      }
    }
  }

  private static void runningBest(Picture.Pen pen, List<TrialResult> trials, Axis x, Axis y) {
    List<Vertex> steps = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (TrialResult t : trials) {
      double loss = t.loss().orElse(Double.POSITIVE_INFINITY);
      if (loss < best) {
        if (!steps.isEmpty()) {
          steps.add(new Vertex(x.at(t.number()), steps.getLast().y()));
        }
        best = loss;
        steps.add(new Vertex(x.at(t.number()), y.clipped(best)));
      }
    }
    steps.add(new Vertex(x.at(trials.size() - 0.5), steps.getLast().y()));
    pen.curve(steps, Ink.TEXT, 2);
  }
}
