package proxima.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.chart.Axis;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Ink;
import proxima.chart.Picture;
import proxima.chart.Shape.Anchor;
import proxima.chart.Shape.Paint;
import proxima.report.ReportData.Estimate;
import proxima.space.Outcome;
import proxima.study.TrialResult;

/// What the run found, in one glance: losses over fresh seeds, gains, counts.
final class Headline {

  private static final double WIDTH = 920;
  private static final double LEFT = 150;
  private static final double RIGHT = 250;
  private static final double ROW = 46;

  private Headline() {}

  static Block.Section section(ReportData data) {
    List<Block> blocks = new ArrayList<>();
    missing(data).ifPresent(text -> blocks.add(new Block.Notice(text)));
    lost(data).ifPresent(text -> blocks.add(new Block.Notice(text)));
    sentence(data).ifPresent(text -> blocks.add(new Block.Text(text)));
    blocks.add(new Block.Tiles(tiles(data)));
    if (!data.known().isEmpty()) {
      blocks.add(
          new Block.Figure(
              picture(data),
              "Further left is better. Rings are fresh seeds, which no search has seen; the dot is their mean, the bar behind it and the numbers at the right its"
                  + " 95 % confidence interval. Numbers on lines say how much higher a loss is than the recommended setting's."));
      blocks.add(losses(data));
      if (data.known().size() > 1) {
        blocks.add(gains(data));
      }
    }
    return new Block.Section("result", "Result", blocks);
  }

  /// What an unfinished run lacks.
  private static Optional<String> missing(ReportData data) {
    List<String> parts = new ArrayList<>();
    long pending = data.searches().stream().flatMap(p -> p.study().trials().stream()).filter(TrialResult::isPending).count();
    if (data.phases().isEmpty()) {
      parts.add("no trial has begun");
    } else if (data.tuned().isEmpty()) {
      parts.add("the per-module phase has not begun");
    }
    if (pending > 0) {
      parts.add(Format.count(pending, "trial") + " asked and not told yet");
    }
    long fresh = data.phases().stream().filter(p -> p.name().equals("confirm")).flatMap(p -> p.study().trials().stream()).filter(TrialResult::isPending).count();
    if (fresh > 0) {
      parts.add(Format.count(fresh, "training") + " with fresh seeds not told yet");
    }
    if (data.estimates().isEmpty()) {
      parts.add("no losses over fresh seeds yet; losses below are of single seeds, and the best of many is a little lucky");
    } else if (!data.estimates().containsKey("best")) {
      List.of("default", "global", "perModule").stream()
          .filter(s -> !data.estimates().containsKey(s))
          .forEach(s -> parts.add("no loss of '" + Names.setting(s) + "' over fresh seeds"));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of("Missing from this report: " + String.join("; ", parts) + ".");
  }

  /// That what the run recommends has no loss with any fresh seed.
  private static Optional<String> lost(ReportData data) {
    return data.estimates().entrySet().stream()
        .filter(e -> Set.of("perModule", "best").contains(e.getKey()) && !e.getValue().isKnown())
        .findFirst()
        .map(e -> "The recommended setting has no loss over fresh seeds: " + seeds(e.getValue()) + ".");
  }

  /// The result in words.
  private static Optional<String> sentence(ReportData data) {
    Estimate best = data.known().get("perModule");
    Estimate global = data.known().get("global");
    if (best == null || global == null) {
      return Optional.empty();
    }
    Comparison c = Comparison.of(best, global);
    String verdict =
        !c.hasInterval()
            ? "too few seeds to say how sure that is"
            : c.low() > 0 ? "more than chance explains" : c.high() < 0 ? "worse, beyond chance" : "which chance may explain";
    return Optional.of(
        "Tuned per module the loss is " + Format.loss(best.mean(), data.unit()) + ", against " + Format.loss(global.mean(), data.unit())
            + " with the best global values: a gain of " + Format.signed(c.gain()) + (data.unit().isEmpty() ? "" : " " + data.unit())
            + (c.hasInterval() ? " (95 % CI " + Format.signed(c.low()) + " to " + Format.signed(c.high()) + ")" : "") + ", " + verdict + "."
            + (best.lost() + global.lost() == 0 ? "" : " That leaves out what has no loss: " + Format.count(best.lost(), "seed") + " of the former, " + Format.count(global.lost(), "seed") + " of the latter" + (c.paired() ? "; the gain is over the " + Format.count(c.seeds(), "seed") + " that both have." : ".")));
  }

  private static List<Block.Tile> tiles(ReportData data) {
    List<Block.Tile> tiles = new ArrayList<>();
    List<Map.Entry<String, Estimate>> settings = List.copyOf(data.estimates().entrySet());
    if (!settings.isEmpty()) {
      String last = settings.getLast().getKey();
      Estimate best = settings.getLast().getValue();
      tiles.add(
          best.isKnown()
              ? new Block.Tile(Names.setting(last) + ": loss", Format.loss(best.mean()), data.unit(), interval(best) + ", " + seeds(best))
              : new Block.Tile(Names.setting(last) + ": loss", "none", "", seeds(best)));
      for (int i = settings.size() - 2; i >= 0; i--) {
        if (!best.isKnown() || !settings.get(i).getValue().isKnown()) {
          continue;
        }
        Comparison c = Comparison.of(best, settings.get(i).getValue());
        tiles.add(
            new Block.Tile(
                "Gain over " + lower(settings.get(i).getKey()), Format.signed(c.gain()), data.unit(),
                (c.hasInterval() ? "95 % CI " + Format.signed(c.low()) + " to " + Format.signed(c.high()) : "too few seeds for an interval")
                    + (c.low() <= 0 && c.high() >= 0 ? ", which includes 0" : "")));
      }
    } else {
      data.searches().stream().reduce((a, b) -> b).flatMap(p -> Trials.best(p.study())).ifPresent(t ->
          tiles.add(new Block.Tile("Best loss so far", Format.loss(t.loss().orElseThrow()), data.unit(), "one seed, trial " + t.number())));
    }
    List<TrialResult> told = data.phases().stream().flatMap(p -> p.study().trials().stream()).filter(t -> t.asked() && !t.isPending()).toList();
    long diverged = told.stream().filter(t -> t.outcome().orElseThrow() instanceof Outcome.Diverged).count();
    long failed = told.stream().filter(t -> t.outcome().orElseThrow() instanceof Outcome.Failed).count();
    // Points, not the short trainings of those that went on.
    long stopped =
        data.phases().stream().flatMap(p -> p.study().knowledge().evaluations().stream()).filter(e -> e.asked() && e.outcome().filter(o -> o instanceof Outcome.Stopped).isPresent()).count();
    tiles.add(
        new Block.Tile(
            "Trainings", String.valueOf(told.size()), "", (stopped > 0 ? stopped + " stopped early, " : "") + diverged + " diverged, " + failed + " failed"));
    if (!data.timings().isEmpty()) {
      double[] seconds = data.timings().stream().mapToDouble(ReportData.Timing::seconds).toArray();
      double sum = Arrays.stream(seconds).sum();
      Arrays.sort(seconds);
      tiles.add(new Block.Tile("Training time", Format.seconds(sum), "", "median " + Format.seconds(Axis.quantile(seconds, 0.5)) + " each, over all workers"));
    }
    return tiles;
  }

  private static String lower(String setting) {
    return Names.setting(setting).toLowerCase(Locale.ROOT);
  }

  private static String interval(Estimate e) {
    return e.values().size() < 2 ? "no interval" : "95 % CI " + Format.loss(e.low()) + " to " + Format.loss(e.high());
  }

  private static String seeds(Estimate e) {
    String seeds = Format.count(e.values().size() + e.lost(), "fresh seed");
    return e.lost() == 0 ? seeds : (e.isKnown() ? "only " + e.bySeed().size() : "none") + " of " + seeds + " finished";
  }

  private static Block losses(ReportData data) {
    List<List<String>> rows = new ArrayList<>();
    String unit = data.unit().isEmpty() ? "" : " (" + data.unit() + ")";
    data.estimates().forEach((name, e) ->
        rows.add(
            List.of(
                Names.setting(name), e.isKnown() ? Format.loss(e.mean()) : "–", e.values().size() < 2 ? "–" : Format.loss(e.low()) + " to " + Format.loss(e.high()),
                e.lost() == 0 ? String.valueOf(e.values().size()) : e.values().size() + " of " + (e.values().size() + e.lost()),
                each(e))));
    return new Block.Table(List.of("Setting", "Mean loss" + unit, "95 % CI" + unit, "Seeds", "Each seed" + unit), rows, true);
  }

  /// The losses in the order of seeds, with a dash for each that has none.
  private static String each(Estimate e) {
    int seeds = Math.max(e.bySeed().size() + e.lost(), e.isKnown() ? e.bySeed().lastKey() + 1 : 0);
    return IntStream.range(0, seeds).mapToObj(k -> e.bySeed().containsKey(k) ? Format.loss(e.bySeed().get(k)) : "–").collect(Collectors.joining(", "));
  }

  private static Block gains(ReportData data) {
    List<Map.Entry<String, Estimate>> settings = List.copyOf(data.known().entrySet());
    String unit = data.unit().isEmpty() ? "" : " (" + data.unit() + ")";
    List<List<String>> rows = new ArrayList<>();
    for (int b = settings.size() - 1; b > 0; b--) {
      for (int w = b - 1; w >= 0; w--) {
        Comparison c = Comparison.of(settings.get(b).getValue(), settings.get(w).getValue());
        rows.add(
            List.of(
                Names.setting(settings.get(b).getKey()) + " against " + lower(settings.get(w).getKey()), Format.signed(c.gain()),
                c.hasInterval() ? Format.signed(c.low()) + " to " + Format.signed(c.high()) : "–",
                c.paired() ? Format.count(c.seeds(), "same seed") : "unpaired (Welch)"));
      }
    }
    return new Block.Table(List.of("Gain, + is better", "Mean gain" + unit, "95 % CI" + unit, "Compared over"), rows, true);
  }

  private static Picture picture(ReportData data) {
    Picture.Pen pen = Picture.pen();
    double bottom = 14 + ROW * data.estimates().size();
    double[] all =
        data.known().values().stream()
            .flatMap(e -> Stream.concat(e.values().stream(), Stream.of(e.low(), e.mean(), e.high())))
            .mapToDouble(v -> v)
            .toArray();
    Axis x = Axis.robust(all, List.of(Arrays.stream(all).max().orElseThrow()), LEFT, WIDTH - RIGHT);
    for (double tick : x.ticks(6)) {
      pen.line(x.at(tick), 6, x.at(tick), bottom, Ink.GRID, 1);
      pen.small(x.at(tick), bottom + 18, Format.tick(tick), Anchor.MIDDLE, Ink.MUTED);
    }
    pen.small((LEFT + WIDTH - RIGHT) / 2, bottom + 38, data.label("loss"), Anchor.MIDDLE, Ink.MUTED);
    double best = List.copyOf(data.known().values()).getLast().mean();
    pen.dashed(x.clipped(best), 6, x.clipped(best), bottom, Ink.AXIS, 1.2);
    int row = 0;
    for (var entry : data.estimates().entrySet()) {
      Estimate e = entry.getValue();
      Ink ink = Names.ink(entry.getKey());
      double y = 14 + ROW * (row++ + 0.5);
      pen.bold(LEFT - 16, y + 5, Names.setting(entry.getKey()), Anchor.END, Ink.TEXT);
      if (!e.isKnown()) {
        pen.small(WIDTH - RIGHT + 24, y + 5, seeds(e), Anchor.START, Ink.MUTED);
        continue;
      }
      difference(pen, x.clipped(best), x.clipped(e.mean()), y, Format.signed(e.mean() - best), ink);
      pen.box(x.clipped(e.low()) - 1, y - 8, x.clipped(e.high()) - x.clipped(e.low()) + 2, 16, 3, new Paint(ink, 0.3), "");
      e.bySeed().forEach((k, loss) -> pen.ring(x.clipped(loss), y, 3, 1.1, new Paint(ink, 0.9), "seed " + (k + 1) + ": " + Format.loss(loss, data.unit())));
      pen.dot(x.clipped(e.mean()), y, 4.5, Paint.of(ink), Names.setting(entry.getKey()) + ": " + Format.loss(e.mean(), data.unit()));
      pen.bold(WIDTH - RIGHT + 24, y + 5, Format.loss(e.mean(), data.unit()), Anchor.START, Ink.TEXT);
      if (e.values().size() > 1) {
        pen.small(WIDTH - RIGHT + 118, y + 5, Format.loss(e.low()) + " to " + Format.loss(e.high()), Anchor.START, Ink.MUTED);
      }
    }
    return pen.picture("result", WIDTH, bottom + 46, "Mean losses of the settings over fresh seeds, with 95 % confidence intervals");
  }

  /// A line from the best setting's loss to another's, with what it is long, where there is room.
  private static void difference(Picture.Pen pen, double from, double to, double y, String text, Ink ink) {
    pen.line(from, y, to, y, ink, 1.2);
    if (Math.abs(to - from) > Picture.widthOf(text, Picture.SMALL) + 24) {
      pen.small((from + to) / 2, y - 6, text, Anchor.MIDDLE, Ink.MUTED);
    }
  }
}
