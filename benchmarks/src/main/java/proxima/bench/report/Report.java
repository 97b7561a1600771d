package proxima.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import proxima.bench.result.Group;
import proxima.chart.Block;
import proxima.chart.Format;
import proxima.chart.Page;

/// Writes the report of a comparison.
public final class Report {

  /// So many tasks are drawn in one picture; more in one for each group.
  private static final int TOGETHER = 12;

  private Report() {}

  /// Writes `report.html`, which loads nothing, and its pictures as PNG files beside it. Earlier ones are replaced.
  public static void write(Path folder, Judgement judgement) throws IOException {
    Files.createDirectories(folder);
    List<Block.Section> sections = new ArrayList<>();
    judgement.all().filter(v -> v.field().hasResult()).ifPresentOrElse(
        all -> sections.addAll(sections(judgement, all)),
        () -> sections.add(new Block.Section("result", "Result", List.of(new Block.Notice(judgement.text())))));
    List<String> notes = new ArrayList<>();
    Page.writePictures(folder, sections).ifPresent(notes::add);
    sections.add(Origins.section(judgement, notes));
    Page.write(folder, "Comparison: " + judgement.played().name(), judgement.all().map(all -> under(all.field())).orElse(""), sections);
  }

  private static List<Block.Section> sections(Judgement judgement, Verdict all) {
    Styles styles = new Styles(all.field().contenders());
    List<Block.Section> sections = new ArrayList<>();
    sections.add(result(judgement, all, styles));
    if (judgement.groups().size() > 1 || judgement.folders().size() > 1) {
      sections.add(groups(judgement, styles));
    }
    List<Parallel> parallel = Parallel.of(all.field());
    if (!parallel.isEmpty()) {
      sections.add(workers(parallel));
    }
    sections.add(tasks(all, styles));
    sections.add(time(all.field(), styles));
    sections.add(divergence(all.field(), styles));
    return sections;
  }

  private static String under(Field field) {
    return Format.count(field.contenders().size(), "contender") + ", " + field.size();
  }

  private static Block.Section result(Judgement judgement, Verdict verdict, Styles styles) {
    Played played = judgement.played();
    List<Block> blocks = new ArrayList<>();
    if (!played.isWhole()) {
      blocks.add(new Block.Notice(played.runs().size() + " of " + played.planned() + " runs have been played. What follows is over the matches, a task with a seed each, that all contenders have played."));
    }
    if (!played.leftOut().isEmpty()) {
      blocks.add(new Block.Notice("Left out: " + String.join("; ", played.leftOut().stream().map(l -> l.contender() + " (" + l.why() + ")").toList()) + "."));
    }
    blocks.add(new Block.Text(verdict.text()));
    blocks.add(new Block.Tiles(tiles(verdict)));
    if (judgement.groups().size() > 1 && verdict.scores().size() > 1) {
      blocks.add(new Block.Bullets(judgement.groups().entrySet().stream().map(g -> g.getKey().id() + ", " + g.getValue().line()).toList()));
    }
    blocks.addAll(numbers(verdict, "", styles));
    return new Block.Section("result", "Result", blocks);
  }

  private static List<Block.Tile> tiles(Verdict verdict) {
    Score shown = verdict.ours().orElse(verdict.leader());
    Mark last = shown.last();
    List<Block.Tile> tiles = new ArrayList<>();
    tiles.add(new Block.Tile("Mean rank of " + shown.contender(), String.format(Locale.ROOT, "%.2f", shown.meanRank()), "of " + verdict.scores().size(), "1 is the best; n = " + Format.count(verdict.field().matches(), "pair") + " of task and seed"));
    tiles.add(new Block.Tile("Final regret", ScoreTable.regret(last.interval().mean()), "", (last.interval().isKnown() ? "95 % CI " + ScoreTable.regret(last.interval().low()) + " to " + ScoreTable.regret(last.interval().high()) + ", " : "") + "n = " + Format.count(last.runs(), "run")));
    tiles.add(new Block.Tile("Diverged after trial " + Share.FROM, Divergence.percent(shown.diverged().value()), "", shown.diverged().diverged() + " of " + shown.diverged().of() + " suggestions"));
    tiles.add(new Block.Tile("A suggestion takes", ScoreTable.seconds(shown.secondsPerSuggestion()), "", "median, with all the refitting"));
    return tiles;
  }

  /// The pictures and tables of a field.
  /// @param suffix of the pictures' names
  private static List<Block> numbers(Verdict verdict, String suffix, Styles styles) {
    Field field = verdict.field();
    String n = field.size();
    boolean first = suffix.isEmpty();
    List<Block> blocks = new ArrayList<>();
    if (field.contenders().size() > 1) {
      blocks.add(new Block.Figure(CriticalDifference.picture("critical-difference" + suffix, n, Ranking.of(field), styles),
          "Mean ranks by final regret, n = " + n + ". " + (first
              ? "The further left the better. A bar joins neighbours of which no two differ (p ≥ 0.05, Wilcoxon's signed-rank test of every pair over " + Unit.of(field).n(field)
                  + ", Holm's correction for all pairs). The text corrects for the leader's rivals alone, so it may find a difference where a bar joins the two."
              : "Bars: no difference, tested over " + Unit.of(field).n(field) + ".")));
    }
    blocks.add(ScoreTable.standings(verdict));
    blocks.add(new Block.Figure(Curves.picture("curves" + suffix, n, field, styles),
        "n = " + n + (first ? "; each task counts alike. 0 is a task's best, 1 its median; bands are 95 % bootstrap intervals over other seeds on these tasks, numbers the means at the right end." : ".")
            + (field.longest() > field.trials() ? " The curves end where the shortest task does; the table has the later trials." : "")));
    blocks.add(ScoreTable.regrets(verdict));
    failed(field).ifPresent(text -> blocks.add(new Block.Text(text)));
    return blocks;
  }

  /// What the asterisk says, where there is one.
  private static Optional<String> failed(Field field) {
    return field.contenders().stream().anyMatch(field::hasFailed)
        ? Optional.of("* Some runs failed: they rank last, and in means and curves they keep the regret that they had.")
        : Optional.empty();
  }

  private static Block.Section groups(Judgement judgement, Styles styles) {
    List<Block> blocks = new ArrayList<>();
    if (judgement.groups().size() > 1) {
      judgement.groups().forEach((group, verdict) -> {
        blocks.add(new Block.Subtitle(group.id()));
        blocks.add(new Block.Text(verdict.text()));
        if (verdict.field().hasResult()) {
          blocks.addAll(numbers(verdict, "-" + group.id(), styles));
        }
      });
    }
    if (judgement.folders().size() > 1) {
      blocks.add(new Block.Subtitle("Folders of recorded tables"));
      blocks.add(new Block.Bullets(judgement.folders().entrySet().stream().map(f -> f.getKey() + ", " + f.getValue().line()).toList()));
      blocks.add(ScoreTable.finals(judgement.folders()));
    }
    return new Block.Section("groups", "Groups of tasks", blocks);
  }

  private static Block.Section tasks(Verdict verdict, Styles styles) {
    Field field = verdict.field();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figure(HeatMap.picture("tasks", field, verdict.scores().stream().map(Score::contender).toList()),
        "Mean final regret, n = " + field.seeds() + " a cell; contenders by mean rank. A frame marks the lowest of a task" + failed(field).map(text -> ", failed runs counting as the highest. " + text).orElse(".")));
    List<Field> parts = field.contests().size() <= TOGETHER ? List.of(field) : field.groups().stream().map(field::only).toList();
    for (Field part : parts) {
      String of = part.groups().stream().map(Group::id).collect(Collectors.joining(", "));
      blocks.add(new Block.Figure(Multiples.picture("curves-by-task" + (parts.size() == 1 ? "" : "-" + of), of, part.contests(), styles),
          of + ": mean normalised regret by number of trials, from the last initial point on; n = " + part.seeds() + " each. What is 0 lies at the lower edge."));
    }
    if (field.contenders().size() > 1) {
      Reached reached = Reached.of(verdict);
      blocks.add(new Block.Text("After how many trials " + reached.contender() + " has for the first time the regret that another has at its end, the median over the seeds. Where losses are noisy it may rise again:"));
      blocks.add(reached.table(field));
    }
    return new Block.Section("tasks", "Each task", blocks);
  }

  private static Block.Section workers(List<Parallel> parallel) {
    return new Block.Section("workers", "Workers", List.of(
        new Block.Text("What several workers cost that try points at once: regret after as many trials as with the fewest, and the ratio of the two."),
        Parallel.table(parallel)));
  }

  private static Block.Section time(Field field, Styles styles) {
    return new Block.Section("time", "Time", List.of(new Block.Figure(Seconds.picture("seconds", field, styles),
        "Seconds from asking for a suggestion to having it, fitting included, by the number of observations told before: medians over all suggestions of like numbers; n = "
            + field.size() + ". Contenders in Python answer over a pipe, which adds milliseconds.")));
  }

  private static Block.Section divergence(Field field, Styles styles) {
    Field where = Divergence.where(field);
    List<Block> blocks = new ArrayList<>();
    if (where.isEmpty()) {
      boolean any = field.contenders().stream().anyMatch(c -> Share.of(field.runs(c)).of() > 0);
      blocks.add(new Block.Text(any ? "No suggestion after trial " + Share.FROM + " diverged." : "There are no suggestions after trial " + Share.FROM + "."));
    } else {
      blocks.add(new Block.Figure(Divergence.picture("diverged", where, styles),
          "On the tasks where some contender's suggestion diverged after trial " + Share.FROM + ": " + String.join(", ", where.contests().stream().map(Contest::name).toList()) + "; n = " + where.size()
              + ". Tasks count alike; lines are 95 % bootstrap intervals over other seeds."));
    }
    return new Block.Section("diverged", "Diverged suggestions", blocks);
  }
}
