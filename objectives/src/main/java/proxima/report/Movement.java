package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.space.Point;
import proxima.space.RealParameter;

/// Which modules moved away from the global values, and how far.
final class Movement {

  private static final double CELL = 100;
  private static final double ROW = 33;
  private static final double GAP = 3;
  private static final double TOP = 44;
  // Of a change in its own standard deviations: about 97.5 % sure.
  private static final double SURE = 2;

  // Octaves: nothing nearer to 1 is called a move.
  private static final double MOVED = 0.25;

  private Movement() {}

  static Block.Section section(ReportData data, Optional<Surrogate> model) {
    List<Block> blocks = new ArrayList<>();
    Optional<ReportData.Phase> phase = data.tuned();
    Optional<Chosen> chosen = phase.flatMap(p -> Chosen.of(data, p.study()));
    Optional<ModuleFactors> factors = chosen.flatMap(c -> ModuleFactors.of(phase.orElseThrow().study().space(), c.configuration()));
    if (factors.isPresent()) {
      Map<String, Surrogate.Change> resets = model.map(m -> resets(m, chosen.get().point())).orElse(Map.of());
      if (!chosen.get().isRecommended()) {
        blocks.add(new Block.Notice("There is no recommendation yet; these are the factors of " + chosen.get().label() + "."));
      }
      blocks.add(
          new Block.Figure(
              picture(factors.get(), resets),
              "Each cell says what the module multiplies (×, warm) or divides (÷, cold) the tuned global value by; pale is unchanged, a point means that the"
                  + " module has no such factor."
                  + (resets.isEmpty() ? "" : " Bold with a dot: a move that matters: the model is about 97 % sure that setting this one back to ×1 would cost loss.")
                  + (factors.get().columns().contains("initStd")
                      ? " Learning rates are relative to the initial scales, multipliers to what the scales along their branch make of it."
                      : "")
                  + (factors.get().rows().stream().anyMatch(ModuleFactors::isBlock) ? " Factors of blocks are relative to their geometric mean." : "")));
      blocks.add(table(factors.get(), resets, data.unit()));
    } else if (phase.isEmpty()) {
      blocks.add(new Block.Text("The per-module phase has not begun."));
    } else if (chosen.isEmpty()) {
      blocks.add(new Block.Text("No trial of phase '" + phase.get().name() + "' has finished."));
    }
    for (ReportData.Phase p : data.searches()) {
      if (!ModuleFactors.isOfFactors(p.study().space())) {
        Optional<Chosen> point = p.name().equals("global") ? Chosen.global(data, p.study()) : Chosen.of(data, p.study());
        point.ifPresent(c -> {
          blocks.add(new Block.Subtitle(Names.phase(p.name())));
          blocks.add(Ranges.figure(p, c));
        });
      }
    }
    boolean modules = factors.isPresent() || phase.isEmpty() || ModuleFactors.isOfFactors(phase.get().study().space());
    return new Block.Section("moves", modules ? "Which modules moved, and how far" : "The settings found", blocks);
  }

  /// What setting each factor back to 1 would change, by parameter.
  private static Map<String, Surrogate.Change> resets(Surrogate model, Point point) {
    Map<String, Surrogate.Change> changes = new LinkedHashMap<>();
    for (Surrogate.Coordinate c : model.coordinates()) {
      changes.put(c.parameter().name(), model.change(point, Surrogate.with(point, c.index(), neutral(model, point, c))));
    }
    return changes;
  }

  /// The coordinate of factor 1, in the middle; for a block that of the other blocks' geometric mean, as the factors of blocks are relative to each other.
  private static double neutral(Surrogate model, Point point, Surrogate.Coordinate c) {
    String name = c.parameter().name();
    double others =
        model.coordinates().stream()
            .filter(o -> ModuleFactors.isBlock(ModuleFactors.row(name)) && ModuleFactors.isBlock(ModuleFactors.row(o.parameter().name())))
            .filter(o -> o.index() != c.index() && ModuleFactors.column(o.parameter().name()).equals(ModuleFactors.column(name)))
            .mapToDouble(o -> (point.get(o.index()) - 0.5) * reach(o))
            .average()
            .orElse(0);
    return Math.clamp(0.5 + others / reach(c), 0, 1);
  }

  /// The logarithm of the largest factor.
  private static double reach(Surrogate.Coordinate c) {
    return Math.log(((RealParameter) c.parameter()).high());
  }

  private static boolean matters(Map<String, Surrogate.Change> resets, String parameter, double octaves) {
    Surrogate.Change c = resets.get(parameter);
    return c != null && c.z() > SURE && Math.abs(octaves) >= MOVED;
  }

  private static Picture picture(ModuleFactors factors, Map<String, Surrogate.Change> resets) {
    Picture.Pen pen = Picture.pen();
    double left = 24 + factors.rows().stream().mapToDouble(r -> Picture.widthOf(heading(factors, r), Picture.TEXT)).max().orElse(0);
    double width = Math.max(left + factors.columns().size() * (CELL + GAP), left + 330);
    for (int j = 0; j < factors.columns().size(); j++) {
      pen.bold(left + j * (CELL + GAP) + CELL / 2, TOP - 14, Names.column(factors.columns().get(j)), Anchor.MIDDLE, Ink.TEXT);
    }
    double y = TOP;
    String before = "";
    for (String row : factors.rows()) {
      String group = factors.group(row);
      y += !before.isEmpty() && !group.equals(before) ? 12 : 0;
      before = group;
      pen.label(left - 14, y + ROW / 2 + 5, heading(factors, row), Anchor.END, Ink.TEXT);
      for (int j = 0; j < factors.columns().size(); j++) {
        cell(pen, left + j * (CELL + GAP), y, row + "/" + factors.columns().get(j), factors, resets);
      }
      y += ROW + GAP;
    }
    legend(pen, left, y + 16, factors.reach());
    return pen.picture("modules", width, y + 62, "Factors on the global values, a row for each module, a column for each hyperparameter");
  }

  private static String heading(ModuleFactors factors, String row) {
    return Names.row(row) + (factors.group(row).equals("branch") ? " branch" : "");
  }

  private static void cell(Picture.Pen pen, double x, double y, String parameter, ModuleFactors factors, Map<String, Surrogate.Change> resets) {
    Double octaves = factors.octaves().get(parameter);
    if (octaves == null) {
      pen.dot(x + CELL / 2, y + ROW / 2, 1.5, Paint.of(Ink.AXIS), "");
      return;
    }
    double strength = Math.min(1, Math.abs(octaves) / factors.reach());
    String text = Factor.text(octaves);
    pen.box(x, y, CELL, ROW, 5, Paint.of(Ink.PAGE), "");
    pen.box(x, y, CELL, ROW, 5, new Paint(octaves < 0 ? Ink.COBALT : Ink.ORANGE, opacity(strength)), Names.parameter(parameter) + " " + text);
    // On the darker blue white is legible sooner than on the orange.
    Ink ink = strength > (octaves < 0 ? 0.6 : 0.92) ? Ink.WHITE : Ink.TEXT;
    boolean matters = matters(resets, parameter, octaves);
    pen.label(x + CELL / 2, y + ROW / 2 + 5, text, 14, matters, Anchor.MIDDLE, Paint.of(ink));
    if (matters) {
      pen.dot(x + CELL - 10, y + 10, 3, Paint.of(ink), "setting it back to ×1 would cost loss");
    }
  }

  /// Half an octave of four is seen, and the end of the range is full colour.
  private static double opacity(double strength) {
    return 0.95 * Math.pow(strength, 0.85);
  }

  private static void legend(Picture.Pen pen, double left, double y, double reach) {
    int steps = 32;
    double width = 300.0 / steps;
    pen.box(left, y, 300, 12, 0, Paint.of(Ink.PAGE), "");
    for (int i = 0; i < steps; i++) {
      double share = 2 * (i + 0.5) / steps - 1;
      pen.box(left + i * width, y, width, 12, 0, new Paint(share < 0 ? Ink.COBALT : Ink.ORANGE, opacity(Math.abs(share))), "");
    }
    pen.small(left, y + 28, Factor.tick(-reach), Anchor.START, Ink.MUTED);
    pen.small(left + 75, y + 28, Factor.tick(-reach / 2), Anchor.MIDDLE, Ink.MUTED);
    pen.small(left + 150, y + 28, "×1", Anchor.MIDDLE, Ink.MUTED);
    pen.small(left + 225, y + 28, Factor.tick(reach / 2), Anchor.MIDDLE, Ink.MUTED);
    pen.small(left + 300, y + 28, Factor.tick(reach), Anchor.END, Ink.MUTED);
  }

  /// Factors, furthest first.
  private static Block table(ModuleFactors factors, Map<String, Surrogate.Change> resets, String unit) {
    String of = unit.isEmpty() ? "" : " (" + unit + ")";
    List<List<String>> rows = new ArrayList<>();
    factors.octaves().entrySet().stream()
        .sorted(Comparator.comparingDouble((Map.Entry<String, Double> e) -> -Math.abs(e.getValue())))
        .forEach(e -> {
          List<String> row = new ArrayList<>();
          row.add(Names.parameter(e.getKey()));
          row.add(Factor.text(e.getValue()));
          row.add(String.format(Locale.ROOT, "%+.2f", e.getValue()).replace('-', '−'));
          Surrogate.Change c = resets.get(e.getKey());
          if (c != null) {
            row.add(Format.signed(c.loss()));
            row.add(c.z() > SURE ? "yes" : c.z() < -SURE ? "no, it would gain" : "open");
          }
          rows.add(row);
        });
    List<String> header = new ArrayList<>(List.of("Factor", "on the global value", "octaves"));
    if (!resets.isEmpty()) {
      header.addAll(List.of("if set back to ×1: loss" + of, "worth it?"));
    }
    return new Block.Folded(
        "All " + rows.size() + " factors as numbers, furthest first" + (resets.isEmpty() ? "" : ", and what the model expects of undoing each"),
        List.of(new Block.Table(header, rows, true)));
  }
}
