package proxima.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.chart.Shape.Vertex;

/// The report of transfer checks.
public final class TransferReport {

  private static final double WIDTH = 920;
  private static final double HEIGHT = 420;
  private static final double LEFT = 64;
  private static final double RIGHT = 130;
  private static final double TOP = 44;
  private static final double BOTTOM = HEIGHT - 56;

  private TransferReport() {}

  /// Writes `report.html` and its pictures as PNG files beside it. Earlier ones are replaced.
  /// @param unit of the losses; may be empty
  /// @return the HTML file
  /// @throws IOException if a file cannot be written
  public static Path write(Path folder, CheckOrigin origin, String unit, List<TransferCheck> checks) throws IOException {
    return CheckPage.write(folder, "Transfer check of " + origin.name(), origin, checks.stream().map(c -> section(c, unit)).toList());
  }

  private static Block.Section section(TransferCheck check, String unit) {
    String axis = check.axis().id();
    String quantity = TransferText.quantity(check.axis());
    List<Block> blocks = new ArrayList<>();
    String verdict = TransferText.verdict(check);
    blocks.add(check.passed() ? new Block.Text(verdict) : new Block.Notice(verdict));
    blocks.add(new Block.Text("Criterion: " + TransferText.CRITERION));
    TransferText.aside(check).ifPresent(text -> blocks.add(new Block.Text(text)));
    TransferText.power(check).ifPresent(text -> blocks.add(new Block.Text(text + ". `scaling` has the keys batchExponent and durationExponent.")));
    blocks.add(
        new Block.Figure(
            picture(check, unit),
            "Mean loss over the learning rate at the base scale, a curve for each " + quantity + "; bars are one standard error to each side. The ring marks the optimum, the dashed line the proxy's."
                + " Crosses at the upper edge: a training diverged; triangles: a loss above the axis."));
    blocks.add(table(check, unit));
    if (check.proxySweep().seeds() > 1) {
      blocks.add(new Block.Text(Resamples.NOTE));
    }
    blocks.add(new Block.Folded("All mean losses", List.of(losses(check))));
    return new Block.Section(axis, "Over " + axis, blocks);
  }

  private static Block table(TransferCheck check, String unit) {
    String of = unit.isEmpty() ? "" : " (" + unit + ")";
    List<List<String>> rows = new ArrayList<>();
    for (Sweep sweep : check.sweeps()) {
      boolean isProxy = sweep.size().equals(check.proxy());
      String name = check.axis().of(sweep.size()) + (isProxy ? " (proxy)" : "");
      Optional<Drift> drift = check.drift(sweep);
      if (drift.isEmpty()) {
        rows.add(List.of(name, "all diverged, or the proxy's did", "", "", "", "", ""));
        continue;
      }
      Drift d = drift.get();
      rows.add(
          List.of(
              name, Format.number(d.optimum().rate()) + TransferText.place(d.optimum()), Format.loss(d.optimum().loss()), isProxy ? "" : TransferText.octaves(d.octaves()) + (d.known() > 0 ? String.format(Locale.ROOT, " ± %.2f", d.known()) : ""),
              isProxy || Double.isNaN(d.low()) ? "" : TransferText.octaves(d.low()) + " to " + TransferText.octaves(d.high()), isProxy ? "" : TransferText.lost(d),
              isProxy || Double.isNaN(d.allowed()) ? "" : Format.loss(d.allowed())));
    }
    return new Block.Table(
        List.of(check.axis().id(), "best rate", "loss there" + of, "drift (octaves)", "95 % of resamples", "lost by the proxy's rate, ± standard error over pairs of a seed" + of, "allowed"), rows, true);
  }

  private static Block losses(TransferCheck check) {
    List<List<String>> rows = new ArrayList<>();
    for (Sweep sweep : check.sweeps()) {
      for (Sweep.Rate r : sweep.rates()) {
        long diverged = r.losses().stream().filter(l -> l.isNaN()).count();
        rows.add(
            List.of(
                Long.toString(check.axis().of(sweep.size())), Format.number(r.rate()), diverged > 0 ? diverged + " of " + r.losses().size() + " diverged" : Format.loss(r.mean()),
                Double.isNaN(r.standardError()) ? "" : Format.loss(r.standardError())));
      }
    }
    return new Block.Table(List.of(check.axis().id(), "rate", "mean loss", "standard error"), rows, true);
  }

  private static Picture picture(TransferCheck check, String unit) {
    Picture.Pen pen = Picture.pen();
    List<Sweep.Rate> rates = check.sweeps().stream().flatMap(s -> s.rates().stream()).toList();
    double[] losses = rates.stream().filter(r -> !r.diverged()).mapToDouble(Sweep.Rate::mean).toArray();
    double low = rates.stream().mapToDouble(Sweep.Rate::rate).min().orElseThrow();
    double high = rates.stream().mapToDouble(Sweep.Rate::rate).max().orElseThrow();
    Axis x = Axis.logarithmic(low / 1.3, high * 1.3, LEFT, WIDTH - RIGHT);
    Axis y = losses.length == 0 ? Axis.linear(0, 1, BOTTOM, TOP) : Axis.robust(losses, List.of(), BOTTOM, TOP);
    for (double tick : y.ticks(6)) {
      pen.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.GRID, 1);
      pen.small(LEFT - 8, y.at(tick) + 4, Format.tick(tick), Anchor.END, Ink.MUTED);
    }
    for (double tick : x.ticks(8)) {
      pen.line(x.at(tick), BOTTOM, x.at(tick), BOTTOM + 5, Ink.AXIS, 1);
      pen.small(x.at(tick), BOTTOM + 20, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    pen.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, Ink.AXIS, 1);
    pen.small((LEFT + WIDTH - RIGHT) / 2, BOTTOM + 42, "learning rate at the base scale", Anchor.MIDDLE, Ink.MUTED);
    pen.small(4, 18, "loss" + (unit.isEmpty() ? "" : ", " + unit), Anchor.START, Ink.MUTED);
    check.proxySweep().optimum().ifPresent(o -> pen.dashed(x.at(o.rate()), TOP - 4, x.at(o.rate()), BOTTOM, Ink.MUTED, 1.2));
    for (int i = 0; i < check.sweeps().size(); i++) {
      curve(pen, check, i, x, y);
    }
    return pen.picture("transfer-" + check.axis().id(), WIDTH, HEIGHT, "Loss over the learning rate, a curve for each " + TransferText.quantity(check.axis()));
  }

  private static void curve(Picture.Pen pen, TransferCheck check, int i, Axis x, Axis y) {
    Sweep sweep = check.sweeps().get(i);
    Look look = Look.of(i);
    Ink ink = look.ink();
    String name = check.axis().id() + " " + check.axis().of(sweep.size());
    List<Vertex> vertices = new ArrayList<>();
    for (Sweep.Rate r : sweep.rates()) {
      double at = x.at(r.rate());
      String hint = name + ", rate " + Format.number(r.rate());
      if (r.diverged()) {
        pen.cross(at, TOP - 14 - 7 * (i % 3), 3, ink, hint + ": diverged");
        pen.curve(vertices, ink, 2, look.stroke());
        vertices.clear();
      } else if (r.mean() > y.high()) {
        pen.triangle(at, TOP - 2, 4, Paint.of(ink));
        vertices.add(new Vertex(at, y.clipped(r.mean())));
      } else {
        double error = Double.isNaN(r.standardError()) ? 0 : r.standardError();
        pen.line(at, y.clipped(r.mean() - error), at, y.clipped(r.mean() + error), ink, 1.2);
        pen.dot(at, y.clipped(r.mean()), 3.2, Paint.of(ink), hint + ": " + Format.loss(r.mean()));
        vertices.add(new Vertex(at, y.at(r.mean())));
      }
    }
    pen.curve(vertices, ink, 2, look.stroke());
    sweep.optimum().ifPresent(o -> pen.ring(x.at(o.rate()), y.clipped(o.loss()), 5.5, 2.2, Paint.of(ink), name + ": optimum at rate " + Format.number(o.rate())));
    double row = TOP + 10 + 22 * i;
    pen.curve(List.of(new Vertex(WIDTH - RIGHT + 14, row - 4), new Vertex(WIDTH - RIGHT + 40, row - 4)), ink, 2.4, look.stroke());
    pen.small(WIDTH - RIGHT + 46, row, Long.toString(check.axis().of(sweep.size())) + (sweep.size().equals(check.proxy()) ? " (proxy)" : ""), Anchor.START, Ink.TEXT);
  }

  /// The lines of a check for a terminal.
  public static List<String> lines(TransferCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(check.axis().id() + ": " + TransferText.verdict(check));
    for (Sweep sweep : check.sweeps()) {
      Optional<Drift> drift = check.drift(sweep);
      boolean isProxy = sweep.size().equals(check.proxy());
      String value = String.format(Locale.ROOT, "  %-9d ", check.axis().of(sweep.size()));
      lines.add(
          drift.isEmpty()
              ? value + "all rates diverged, here or at the proxy"
              : value + TransferText.line(drift.get(), isProxy));
    }
    TransferText.power(check).ifPresent(text -> lines.add("  " + text));
    return lines;
  }
}
