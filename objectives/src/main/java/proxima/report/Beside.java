package proxima.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Vertex;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// A run beside another, such as one that learned from earlier runs beside one that did not: the lowest loss so far of each, trial by trial.
final class Beside {

  private static final double WIDTH = 920;
  private static final double HEIGHT = 300;
  private static final double LEFT = 64;
  private static final double RIGHT = 190;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 48;

  private Beside() {}

  static Optional<Block.Section> section(ReportData data) {
    if (data.beside().isEmpty()) {
      return Optional.empty();
    }
    ReportData.Other other = data.beside().get();
    List<Block> blocks = new ArrayList<>();
    for (ReportData.Phase phase : data.searches()) {
      Optional<StoredStudy> theirs = other.phases().stream().filter(p -> p.name().equals(phase.name())).findFirst().map(ReportData.Phase::study);
      double[] here = lowest(phase.study());
      double[] there = theirs.map(Beside::lowest).orElse(new double[0]);
      List<String> differences = new ArrayList<>(other.differences());
      theirs.filter(study -> !study.space().parameters().equals(phase.study().space().parameters())).ifPresent(_ -> differences.add("the space"));
      if (here.length > 1 && there.length > 1 && here[here.length - 1] < Double.POSITIVE_INFINITY && there[there.length - 1] < Double.POSITIVE_INFINITY) {
        blocks.add(new Block.Subtitle(Names.phase(phase.name())));
        blocks.add(new Block.Text(differences.isEmpty() ? sentence(here, there, other.name(), data.unit()) : apart(here, there, other.name(), data.unit(), differences)));
        if (differences.isEmpty()) {
          blocks.add(new Block.Figure(picture(phase.name(), here, there, data, other), "The lowest loss so far, trial by trial, of single seeds; trials that were given are not counted."));
        }
      }
    }
    if (blocks.isEmpty()) {
      blocks.add(new Block.Text("The two runs have no phase in common in which both have finished trials."));
    }
    String scale = other.scale().isBlank() ? "" : other.name() + " trained at " + other.scale() + (data.scale().isBlank() ? "" : ", this run at " + data.scale()) + ". ";
    blocks.addFirst(new Block.Text(scale + "Losses compare where both runs train the same thing at the same scale."));
    return Optional.of(new Block.Section("beside", "Beside " + other.name(), blocks));
  }

  /// Of runs whose losses do not compare.
  private static String apart(double[] here, double[] there, String name, String unit, List<String> differences) {
    return "The lowest loss of " + name + " was " + Format.loss(there[there.length - 1], unit) + " in " + Format.count(there.length, "trial") + ", that of this run " + Format.loss(here[here.length - 1], unit) + " in "
        + Format.count(here.length, "trial") + ". How many trials each took is not compared, as the runs differ in " + String.join(" and ", differences) + ".";
  }

  static String sentence(double[] here, double[] there, String name, String unit) {
    double goal = there[there.length - 1];
    int whole = first(there, goal);
    int trials = first(here, goal);
    String text = name + " had its lowest loss, " + Format.loss(goal, unit) + ", after " + Format.count(whole, "trial") + " of " + there.length + "; ";
    return trials > here.length
        ? text + "this run has not reached it in " + Format.count(here.length, "trial") + ", its lowest is " + Format.loss(here[here.length - 1], unit) + "."
        : text + "this run was there after " + Format.count(trials, "trial") + ", " + compared(trials, whole) + ".";
  }

  private static String compared(int trials, int other) {
    if (trials == other) {
      return "as many";
    }
    return trials < other ? String.format(Locale.ROOT, "%.1f times fewer", (double) other / trials) : String.format(Locale.ROOT, "%.1f times as many", (double) trials / other);
  }

  /// The number of trials after which a loss is reached; one more than there are where it is not.
  static int first(double[] lowest, double goal) {
    int n = 0;
    while (n < lowest.length && !(lowest[n] <= goal)) {
      n++;
    }
    return n + 1;
  }

  /// The lowest loss after each trial that was asked for and told; infinite until one has finished.
  static double[] lowest(StoredStudy study) {
    List<TrialResult> told = study.trials().stream().filter(t -> t.asked() && !t.isPending()).toList();
    double[] lowest = new double[told.size()];
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < lowest.length; i++) {
      best = Math.min(best, told.get(i).loss().orElse(Double.POSITIVE_INFINITY));
      lowest[i] = best;
    }
    return lowest;
  }

  private static Picture picture(String phase, double[] here, double[] there, ReportData data, ReportData.Other other) {
    Picture.Pen pen = Picture.pen();
    double[] all = DoubleStream.concat(Arrays.stream(here), Arrays.stream(there)).filter(Double::isFinite).toArray();
    Axis y = Axis.robust(all, List.of(), BOTTOM, TOP);
    Axis x = Axis.linear(0, Math.max(here.length, there.length), LEFT + 8, WIDTH - RIGHT);
    for (double tick : y.ticks(5)) {
      pen.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 8, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    for (double tick : x.ticks(8)) {
      pen.small(x.at(tick), BOTTOM + 20, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    pen.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH - RIGHT) / 2, BOTTOM + 40, "trials", Anchor.MIDDLE, Ink.MUTED);
    pen.small(4, 14, data.label("lowest loss so far"), Anchor.START, Ink.MUTED);
    double above = curve(pen, there, x, y, Ink.GREY);
    double below = curve(pen, here, x, y, Ink.BLUE);
    double apart = Math.abs(above - below) < 16 ? 16 : 0;
    pen.small(WIDTH - RIGHT + 10, above + 4 - (above <= below ? apart : 0), other.name(), Anchor.START, Ink.MUTED);
    pen.bold(WIDTH - RIGHT + 10, below + 4 - (above > below ? apart : 0), "this run", Anchor.START, Ink.BLUE);
    return pen.picture("beside-" + phase, WIDTH, HEIGHT, "Lowest losses so far of this run and of " + other.name() + ", phase " + phase);
  }

  /// @return where it ends
  private static double curve(Picture.Pen pen, double[] lowest, Axis x, Axis y, Ink ink) {
    List<Vertex> steps = new ArrayList<>();
    for (int i = 0; i < lowest.length; i++) {
      if (lowest[i] < Double.POSITIVE_INFINITY) {
        double at = y.clipped(lowest[i]);
        if (!steps.isEmpty()) {
          steps.add(new Vertex(x.at(i + 1), steps.getLast().y()));
        }
        steps.add(new Vertex(x.at(i + 1), at));
      }
    }
    pen.curve(steps, ink, 2);
    return steps.getLast().y();
  }
}
