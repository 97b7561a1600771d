package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
import proxima.train.Sharpness;

/// The report of sharpness checks.
public final class SharpnessReport {

  private static final double WIDTH = 860;
  private static final double HEIGHT = 356;
  private static final double LEFT = 60;
  private static final double RIGHT = 130;
  private static final double TOP = 40;
  private static final double BOTTOM = 56;

  private SharpnessReport() {}

  /// Writes `report.html` and its pictures as PNG files beside it. Earlier ones are replaced.
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, CheckOrigin origin, List<SharpnessCheck> checks) throws IOException {
    return CheckPage.write(folder, "Sharpness check of " + origin.name(), origin, checks.stream().map(SharpnessReport::section).toList());
  }

  /// What a terminal shows of a check.
  public static List<String> lines(SharpnessCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(verdict(check));
    lines.add(String.format(Locale.ROOT, "  %10s  %10s  %10s  %10s  %10s", check.axis().id(), "settled", "last", "hessian", "critical"));
    List<Double> settled = check.settled();
    for (int i = 0; i < check.values().size(); i++) {
      List<Sharpness> means = check.means(i);
      String read =
          check.diverged(i)
              ? String.format(Locale.ROOT, "%10s  after step %d", "diverged", means.isEmpty() ? 0 : means.getLast().step())
              : String.format(Locale.ROOT, "%10.3f  %10.3f  %10.4g  %10s", settled.get(i), means.getLast().effective(), means.getLast().hessian(), critical(check.critical(i)));
      lines.add(String.format(Locale.ROOT, "  %10d  %s", check.values().get(i), read));
    }
    rough(check).ifPresent(line -> lines.add("  " + line));
    lines.add("  " + critical(check));
    return lines;
  }

  /// Where the largest eigenvalue of H itself, which the verdict does not ask about, is not known as well as that of what it does.
  private static Optional<String> rough(SharpnessCheck check) {
    String where =
        IntStream.range(0, check.values().size())
            .filter(i -> !check.diverged(i) && !(check.means(i).getLast().hessianResidual() <= SharpnessCheck.RESIDUAL))
            .mapToObj(i -> String.format(Locale.ROOT, "%d (residual %.0f %%)", check.values().get(i), 100 * check.means(i).getLast().hessianResidual()))
            .collect(Collectors.joining(", "));
    return where.isEmpty() ? Optional.empty() : Optional.of("hessian, not part of the verdict, is not well known at " + where);
  }

  /// What the critical numbers come to.
  private static String critical(SharpnessCheck check) {
    int beyond = IntStream.range(0, check.values().size()).map(check::beyond).sum();
    double slope = check.criticalSlope();
    return "critical, not part of the verdict: "
        + (Double.isNaN(slope) ? "no slope, since it is not known at each " + check.axis().id() : String.format(Locale.ROOT, "the slope is %+.3f and the spread %.1f octaves", slope, check.criticalSpread()))
        + (beyond == 0 ? "" : "; " + Format.count(beyond, "reading") + " from step " + check.from() + " on beyond what is tried, steps of 1/" + Sharpness.FURTHEST + " to " + Sharpness.FURTHEST + " times the actual one");
  }

  /// A critical number, or the side on which it lies beyond what is tried.
  private static String critical(double critical) {
    return critical == 0 ? "< 1/" + Sharpness.FURTHEST : critical == Double.POSITIVE_INFINITY ? "> " + Sharpness.FURTHEST : Format.number(critical);
  }

  /// What is to be known before the verdict is believed.
  public static Optional<String> notice(SharpnessCheck check) {
    OptionalDouble largest = check.farFromEdge();
    return largest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no training has come near the edge of stability (largest " + Format.number(largest.getAsDouble()) + "): the criterion is for trainings that have sharpened; take more steps or a larger rate");
  }

  private static String verdict(SharpnessCheck check) {
    String head = check.axis().id() + " " + check.values().toString().replaceAll("[\\[\\] ]", "") + ": ";
    if (check.diverged()) {
      String where = IntStream.range(0, check.values().size()).filter(check::diverged).mapToObj(i -> Long.toString(check.values().get(i))).collect(Collectors.joining(", "));
      return head + "NOT PASSED: a training diverged at " + where;
    }
    return head
        + String.format(
            Locale.ROOT, "%s: from step %d on the slope is %+.3f (bound %.2f) and the spread %.1f %% (bound %.0f %%), residuals up to %.1f %% (bound %.0f %%)",
            check.passed() ? "PASSED, super-consistent" : "NOT PASSED", check.from(), check.slope(), SharpnessCheck.SLOPE, 100 * check.spread(), 100 * SharpnessCheck.SPREAD, 100 * check.residual(),
            100 * SharpnessCheck.RESIDUAL)
        + notice(check).map(text -> "; " + text).orElse("");
  }

  private static Block.Section section(SharpnessCheck check) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(check.passed() && check.farFromEdge().isEmpty() ? new Block.Text(verdict(check) + ".") : new Block.Notice(verdict(check) + "."));
    blocks.add(
        new Block.Text(
            "Sharpness is the largest eigenvalue of D^(1/2) H D^(1/2): H is the loss's Hessian on a batch that stays the same, D holds each weight's step for each unit of"
                + " mean gradient, learning rate and AdamW's preconditioner included, over the threshold of stability of what moves it. 1 is the edge of stability. Means over " + Format.count(check.seeds(), "seed") + "."));
    blocks.add(
        new Block.Figure(
            picture(check, "sharpness", "sharpness, over the threshold of stability", Sharpness::effective), "Sharpness along the training, a curve for each " + check.axis().id() + ". Curves that lie on each other are right; the dashed line is the edge of stability."));
    blocks.add(
        new Block.Figure(
            picture(check, "critical", "critical number, 1 over the multiple of the step", r -> r.critical() == 0 ? Double.NEGATIVE_INFINITY : r.critical()),
            "The same by forward passes alone: 1 over the multiple of the actual step at which the batch's loss begins to rise, the median over seeds. 1: that of the step itself. What is far above the others is drawn at the"
                + " upper edge; triangles are beyond what is tried: the loss rises along the shortest step, or not even along the longest."));
    blocks.add(new Block.Text("The last picture: " + critical(check) + "."));
    blocks.add(new Block.Folded("All readings", List.of(table(check))));
    return new Block.Section(check.axis().id(), "Over " + check.axis().id() + " " + check.values().toString().replaceAll("[\\[\\]]", ""), blocks);
  }

  private static Block table(SharpnessCheck check) {
    List<String> header = List.of(check.axis().id(), "step", "loss", "largest eigenvalue of H", "its largest residual", "sharpness", "largest residual", "critical");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < check.values().size(); i++) {
      for (Sharpness r : check.means(i)) {
        rows.add(
            List.of(
                Long.toString(check.values().get(i)), Long.toString(r.step()), Format.number(r.loss()), Format.number(r.hessian()), Format.number(r.hessianResidual()), Format.number(r.effective()),
                Format.number(r.residual()), critical(r.critical())));
      }
    }
    return new Block.Table(header, rows, true);
  }

  /// @param name of the vertical axis
  /// @param value infinite where it lies beyond what is read
  private static Picture picture(SharpnessCheck check, String what, String name, ToDoubleFunction<Sharpness> value) {
    Picture.Pen pen = Picture.pen();
    double last = check.steps().getLast();
    double[] all = IntStream.range(0, check.values().size()).boxed().flatMap(i -> check.means(i).stream()).mapToDouble(value).filter(Double::isFinite).toArray();
    Axis x = Axis.linear(0, last, LEFT, WIDTH - RIGHT);
    // Nothing and the edge are always shown; a step whose loss rises soon is as high as 4096.
    Axis y = all.length == 0 ? Axis.linear(0, 1.1, HEIGHT - BOTTOM, TOP) : Axis.robust(all, List.of(0.0, 1.0), HEIGHT - BOTTOM, TOP);
    for (double tick : y.ticks(5)) {
      pen.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 6, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    for (double tick : x.ticks(8)) {
      pen.small(x.at(tick), HEIGHT - BOTTOM + 18, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    pen.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 40, "steps taken", Anchor.MIDDLE, Ink.MUTED);
    pen.small(4, 18, name, Anchor.START, Ink.MUTED);
    pen.curve(List.of(new Vertex(LEFT, y.at(1)), new Vertex(WIDTH - RIGHT, y.at(1))), Ink.MUTED, 1.2, Stroke.DASHED);
    for (int i = 0; i < check.values().size(); i++) {
      Look look = Look.of(i);
      List<Vertex> vertices = new ArrayList<>();
      for (Sharpness r : check.means(i)) {
        double at = x.at((double) r.step());
        double v = value.applyAsDouble(r);
        if (Double.isFinite(v)) {
          vertices.add(new Vertex(at, y.clipped(v)));
          pen.dot(at, y.clipped(v), 2.2, Paint.of(look.ink()), check.axis().id() + " " + check.values().get(i) + ", step " + r.step() + ": " + Format.number(v));
        } else {
          pen.curve(vertices, look.ink(), 2, look.stroke());
          vertices.clear();
        }
        if (v == Double.POSITIVE_INFINITY) {
          pen.triangle(at, TOP + 4, 4, Paint.of(look.ink()));
        } else if (v == Double.NEGATIVE_INFINITY) {
          // Upside down.
          pen.triangle(at, HEIGHT - BOTTOM - 4, -4, Paint.of(look.ink()));
        }
      }
      pen.curve(vertices, look.ink(), 2, look.stroke());
      double row = TOP + 14 + 16 * i;
      pen.curve(List.of(new Vertex(WIDTH - RIGHT + 8, row - 4), new Vertex(WIDTH - RIGHT + 34, row - 4)), look.ink(), 2, look.stroke());
      pen.small(WIDTH - RIGHT + 40, row, check.axis().id() + " " + check.values().get(i), Anchor.START, Ink.TEXT);
    }
    return pen.picture(what + "-" + check.axis().id(), WIDTH, HEIGHT, what + " along the training over " + check.axis().id());
  }
}
