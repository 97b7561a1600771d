package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Stroke;
import proxima.chart.Shape.Vertex;
import proxima.module.Hyperparameter;

/// The report of a comparison of optimizers.
public final class OptimizerReport {

  private static final double WIDTH = 860;
  private static final double HEIGHT = 376;
  private static final double LEFT = 60;
  private static final double RIGHT = 190;
  private static final double TOP = 40;
  private static final double BOTTOM = 56;

  private OptimizerReport() {}

  /// Writes `report.html` and its pictures as PNG files beside it. Earlier ones are replaced.
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, CheckOrigin origin, OptimizerCheck check) throws IOException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(String.join(" ", sentences(check))));
    notices(check).forEach(line -> blocks.add(new Block.Notice(line)));
    blocks.add(
        new Block.Figure(
            picture(check),
            "Final loss against the number of steps, both in trainings with complete schedules; mean over seeds. The dashed line is what " + check.reference().name() + " has after all steps. Triangles: a loss above the axis."));
    List<List<String>> rows = check.entries().stream().map(e -> row(check, e)).toList();
    blocks.add(new Block.Table(List.of("optimizer", "loss", "± standard error", "steps to the reference's loss", "95 % of resamples", "p", "ms a step", "time to the reference's loss", "tuned"), rows, true));
    blocks.add(
        new Block.Text(
            "A step's time is the median over trainings, between their first report and their last, and depends on the machine and on what ran beside; the time to the reference's loss is the part of the steps times the part of a step's time."));
    if (check.seeds() > 1) {
      blocks.add(new Block.Text(Resamples.NOTE));
    }
    return CheckPage.write(folder, "Optimizers on " + origin.name(), origin, List.of(new Block.Section("optimizers", "Optimizers, each tuned alike", blocks)));
  }

  /// What a terminal shows of it.
  public static List<String> lines(OptimizerCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "  %-20s %17s  %-24s %8s  %9s  %s", "optimizer", "loss", "steps to " + check.reference().name() + "'s loss", "p", "ms a step", "time to it"));
    for (OptimizerCheck.Entry e : check.entries()) {
      lines.add(
          String.format(
              Locale.ROOT, "  %-20s %8s ± %-6s   %-24s %8s  %9s  %s", e.name(), loss(e), error(e), ratio(check, e) + "  " + interval(check, e), significance(check, e), Format.number(e.millis()), time(check, e)));
    }
    lines.add("  " + misTuning(check));
    notices(check).forEach(line -> lines.add("  " + line));
    return lines;
  }

  /// What a reader must know before they believe the numbers.
  private static List<String> notices(OptimizerCheck check) {
    List<String> notices = new ArrayList<>();
    String reference = check.reference().name();
    if (Double.isNaN(check.reference().loss())) {
      notices.add(reference + ", which the others are compared with, diverged: there is no loss of its to come down to; name another one first, or give lower rates a chance with more --trials");
    }
    check.entries().stream().filter(e -> !e.found()).forEach(e -> notices.add(e.name() + ": all trials of its search diverged, so that it is here with values that none of them chose, and says nothing of the optimizer"));
    better(check, "half", check.misTuned().half()).ifPresent(notices::add);
    better(check, "twice", check.misTuned().twice()).ifPresent(notices::add);
    check.entries().stream().flatMap(e -> narrow(e).stream()).forEach(notices::add);
    return notices;
  }

  private static Optional<String> better(OptimizerCheck check, String factor, List<Double> losses) {
    return check.isBetter(losses)
        ? Optional.of(check.reference().name() + ": is better with " + factor + " its tuned rate (" + Format.signed(check.costOf(losses)) + "), so that others are compared with one that is not at its best; take more --trials")
        : Optional.empty();
  }

  /// What says that an optimizer may do better than it does here.
  private static Optional<String> narrow(OptimizerCheck.Entry e) {
    String names = e.atEnds().stream().map(Hyperparameter::id).collect(Collectors.joining(", "));
    return e.atEnds().isEmpty() ? Optional.empty() : Optional.of(e.name() + ": tuned to the end of what was searched, so that it may do better beyond: " + names);
  }

  private static String misTuning(OptimizerCheck check) {
    if (Double.isNaN(check.reference().loss())) {
      return "what a rate mis-tuned by 2 costs " + check.reference().name() + " is not known";
    }
    String behind = check.entries().stream().filter(e -> !check.isWithinMisTuning(e)).map(OptimizerCheck.Entry::name).collect(Collectors.joining(", "));
    return "a rate mis-tuned by 2 costs " + check.reference().name() + " " + cost(check.costOf(check.misTuned().half())) + " (half), " + cost(check.costOf(check.misTuned().twice())) + " (twice); "
        + (behind.isEmpty() ? "none is further behind than the worse of these" : "further behind: " + behind);
  }

  private static String cost(double cost) {
    return Double.isNaN(cost) ? "a divergence" : Format.signed(cost);
  }

  private static List<String> sentences(OptimizerCheck check) {
    List<String> sentences = new ArrayList<>();
    for (OptimizerCheck.Entry e : check.entries().subList(1, check.entries().size())) {
      if (Double.isNaN(e.loss() - check.reference().loss())) {
        sentences.add(e.name() + (Double.isNaN(e.loss()) ? " diverged." : " did not diverge."));
        continue;
      }
      double p = check.significance(e);
      double difference = e.loss() - check.reference().loss();
      String verdict =
          Double.isNaN(p) ? "can not be told from chance beside" : !(p < 0.05) ? "differs by no more than chance from" : difference < 0 ? "is better than" : "is worse than";
      OptionalDouble ratio = check.ratio(e);
      String steps = ratio.isPresent() ? " and reaches its loss in " + ratio(check, e) + " of the steps" + (check.time(e).isPresent() ? ", " + time(check, e) + " of the time" : "") : "";
      sentences.add(e.name() + " " + verdict + " " + check.reference().name() + " (" + Format.signed(difference) + ", p " + significance(check, e) + ")" + steps + ".");
    }
    String last = misTuning(check);
    sentences.add(Character.toUpperCase(last.charAt(0)) + last.substring(1) + ".");
    return sentences;
  }

  private static List<String> row(OptimizerCheck check, OptimizerCheck.Entry e) {
    String tuned = e.tuned().values().entrySet().stream().map(v -> v.getKey().id() + " " + Format.number(v.getValue())).collect(Collectors.joining(", "));
    return List.of(
        e.name(), Double.isNaN(e.loss()) ? loss(e) : Format.loss(e.loss()), Format.number(e.standardError()), ratio(check, e), interval(check, e), significance(check, e), Format.number(e.millis()), time(check, e), tuned);
  }

  private static String ratio(OptimizerCheck check, OptimizerCheck.Entry e) {
    if (Double.isNaN(check.reference().loss())) {
      return "–";
    }
    OptionalDouble ratio = check.ratio(e);
    return ratio.isEmpty() ? "> 1" : (check.isAtMost(e) ? "≤ " : "") + String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
  }

  /// Where the reference's loss is not reached, all steps take longer than those of the reference by this.
  private static String time(OptimizerCheck check, OptimizerCheck.Entry e) {
    double pace = check.pace(e);
    if (Double.isNaN(check.reference().loss()) || Double.isNaN(pace)) {
      return "–";
    }
    OptionalDouble time = check.time(e);
    return (time.isEmpty() ? "> " : check.isAtMost(e) ? "≤ " : "") + String.format(Locale.ROOT, "%.2f", time.orElse(pace));
  }

  /// Nothing for one seed.
  private static String interval(OptimizerCheck check, OptimizerCheck.Entry e) {
    double[] ends = check.interval(e);
    return Double.isNaN(ends[0]) ? "" : "[" + end(ends[0]) + ", " + end(ends[1]) + "]";
  }

  private static String loss(OptimizerCheck.Entry e) {
    return Double.isNaN(e.loss()) ? "diverged" : String.format(Locale.ROOT, "%.4f", e.loss());
  }

  private static String error(OptimizerCheck.Entry e) {
    return Double.isNaN(e.standardError()) ? "–" : String.format(Locale.ROOT, "%.4f", e.standardError());
  }

  private static String end(double end) {
    return Double.isInfinite(end) ? "> 1" : String.format(Locale.ROOT, "%.2f", end);
  }

  private static String significance(OptimizerCheck check, OptimizerCheck.Entry e) {
    double p = check.significance(e);
    return Double.isNaN(p) ? "–" : p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  private static Picture picture(OptimizerCheck check) {
    Picture.Pen pen = Picture.pen();
    double[] losses = check.entries().stream().flatMap(e -> means(e).stream()).filter(Double::isFinite).mapToDouble(v -> v).toArray();
    Axis x = Axis.linear(check.fractions().getFirst(), 1, LEFT, WIDTH - RIGHT);
    Axis y = losses.length == 0 ? Axis.linear(0, 1, HEIGHT - BOTTOM, TOP) : Axis.robust(losses, List.of(), HEIGHT - BOTTOM, TOP);
    for (double tick : y.ticks(6)) {
      pen.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 6, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    Ticks.below(pen, x, check.fractions(), HEIGHT - BOTTOM + 18);
    pen.small((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 40, "steps, as a part of all", Anchor.MIDDLE, Ink.MUTED);
    pen.small(4, 18, "final loss", Anchor.START, Ink.MUTED);
    pen.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, Ink.AXIS, 1);
    if (Double.isFinite(check.reference().loss())) {
      double level = y.clipped(check.reference().loss());
      pen.curve(List.of(new Vertex(LEFT, level), new Vertex(WIDTH - RIGHT, level)), Ink.MUTED, 1.2, Stroke.DASHED);
    }
    for (int i = 0; i < check.entries().size(); i++) {
      OptimizerCheck.Entry e = check.entries().get(i);
      Look look = Look.of(i);
      List<Double> means = means(e);
      List<Vertex> vertices = new ArrayList<>();
      for (int f = 0; f < means.size(); f++) {
        double mean = means.get(f);
        double at = x.at(check.fractions().get(f));
        if (Double.isFinite(mean)) {
          vertices.add(new Vertex(at, y.clipped(mean)));
        }
        if (mean > y.high()) {
          pen.triangle(at, TOP - 2, 4, Paint.of(look.ink()));
        } else if (Double.isFinite(mean)) {
          pen.dot(at, y.at(mean), 3, Paint.of(look.ink()), e.name());
        }
      }
      pen.curve(vertices, look.ink(), 2.2, look.stroke());
      double row = TOP + 14 + 16 * i;
      pen.curve(List.of(new Vertex(WIDTH - RIGHT + 10, row - 4), new Vertex(WIDTH - RIGHT + 36, row - 4)), look.ink(), 2.2, look.stroke());
      pen.small(WIDTH - RIGHT + 42, row, e.name(), Anchor.START, Ink.TEXT);
    }
    return pen.picture("optimizers", WIDTH, HEIGHT, "Final loss against the number of steps, a curve for each optimizer");
  }

  private static List<Double> means(OptimizerCheck.Entry e) {
    return e.losses().stream().map(Sample::mean).toList();
  }
}
