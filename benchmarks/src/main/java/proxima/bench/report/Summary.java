package proxima.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import proxima.bench.result.Run;
import proxima.chart.Format;
import proxima.cli.Json;

/// The result of a comparison for a terminal and for scripts.
public final class Summary {

  /// Columns that names have on a terminal, at least.
  private static final int NAME = 20;

  private Summary() {}

  /// Lines for a person: what the report begins with, and the numbers of all tasks and of each group.
  public static List<String> lines(Judgement judgement) {
    List<String> lines = new ArrayList<>();
    judgement.all().ifPresent(all -> lines.addAll(table("all tasks", all)));
    if (judgement.groups().size() > 1) {
      judgement.groups().forEach((group, verdict) -> lines.addAll(table(group.id(), verdict)));
    }
    judgement.all().ifPresent(all -> lines.addAll(workers(Parallel.of(all.field()))));
    lines.add("");
    lines.add(judgement.text());
    return lines;
  }

  private static List<String> table(String title, Verdict verdict) {
    List<String> lines = new ArrayList<>(List.of("", title + ", " + verdict.field().size() + ": mean rank, normalised regret with 95 % intervals, diverged, seconds a suggestion"));
    int width = verdict.scores().stream().mapToInt(s -> s.contender().length()).reduce(NAME, Math::max);
    StringBuilder head = new StringBuilder("  " + " ".repeat(width) + "  rank");
    verdict.leader().regret().forEach((m, mark) -> head.append(String.format(Locale.ROOT, "  %-21s", "@" + m + of(mark, verdict.field()))));
    boolean end = !endsAt(verdict.leader().regret().keySet(), verdict.field());
    if (end) {
      head.append(String.format(Locale.ROOT, "  %-21s", "@end"));
    }
    lines.add(head + "  div.    s");
    for (Score s : verdict.scores()) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-" + width + "s %5.2f", s.contender(), s.meanRank()));
      Stream.concat(s.regret().values().stream(), Stream.of(s.last()).filter(_ -> end)).forEach(mark -> line.append(String.format(Locale.ROOT, "  %-21s", ScoreTable.text(mark))));
      line.append("  ").append(String.format(Locale.ROOT, "%-6s", Divergence.percent(s.diverged().value()).replace(" ", ""))).append("  ").append(seconds(s.secondsPerSuggestion()));
      lines.add(line + (s.failed().isEmpty() ? "" : "  " + s.failed().size() + " failed"));
    }
    return lines;
  }

  /// Whether all tasks end at the last of these marks.
  private static boolean endsAt(Set<Integer> marks, Field field) {
    int last = marks.stream().mapToInt(m -> m).max().orElse(0);
    return field.contests().stream().allMatch(c -> c.trials() == last);
  }

  private static String seconds(double seconds) {
    return Double.isNaN(seconds) ? "–" : String.format(Locale.ROOT, "%.3f", seconds);
  }

  private static List<String> workers(List<Parallel> all) {
    List<String> lines = new ArrayList<>();
    if (!all.isEmpty()) {
      lines.addAll(List.of("", "final regret, as a multiple of that with the fewest workers, with 95 % intervals"));
      int width = all.stream().mapToInt(p -> p.entrant().name().length()).reduce(NAME, Math::max);
      all.forEach(p -> lines.add(String.format(Locale.ROOT, "  %-" + width + "s  %s", p.entrant().name(), p.text())));
    }
    return lines;
  }

  /// The tasks that are as long, where not all are.
  private static String of(Mark mark, Field field) {
    return mark.tasks() == field.contests().size() ? "" : " (" + Format.count(mark.tasks(), "task") + ")";
  }

  /// One object: scores of all tasks, of each group and of each folder of tables, best first, how sure it is that the best differ from the rest, and after how
  /// many trials ours has the final regret of each other one.
  public static ObjectNode json(Judgement judgement) {
    ObjectNode answer = Json.object();
    ArrayNode contenders = answer.putArray("contenders");
    ArrayNode leftOut = answer.putArray("leftOut");
    judgement.played().leftOut().forEach(l -> leftOut.addObject().put("name", l.contender()).put("why", l.why()));
    ArrayNode tasks = answer.putArray("tasks");
    judgement.played().tasks().forEach(t -> tasks.add(task(t)));
    ObjectNode groups = answer.putObject("groups");
    ObjectNode folders = answer.putObject("folders");
    ObjectNode significance = answer.putObject("significance");
    judgement.all().ifPresent(all -> {
      all.scores().forEach(s -> contenders.add(score(s, all.field())));
      significance(all).ifPresent(s -> significance.set("all", s));
      ObjectNode workers = answer.putObject("workers");
      Parallel.of(all.field()).forEach(p -> workers.set(p.entrant().name(), parallel(p)));
      if (all.field().hasResult()) {
        answer.set("reached", reached(Reached.of(all)));
      }
    });
    judgement.groups().forEach((group, verdict) -> {
      ArrayNode scores = groups.putArray(group.id());
      verdict.scores().forEach(s -> scores.add(score(s, verdict.field())));
      significance(verdict).ifPresent(s -> significance.set(group.id(), s));
    });
    judgement.folders().forEach((folder, verdict) -> {
      ArrayNode scores = folders.putArray(folder);
      verdict.scores().forEach(s -> scores.add(score(s, verdict.field())));
    });
    return answer;
  }

  private static ObjectNode task(Played.TaskNote note) {
    ObjectNode node = Json.object().put("name", note.task()).put("dimensions", note.dimension()).put("answeredBy", note.kind());
    note.outOfBag().ifPresent(o -> {
      ObjectNode fit = node.putObject("outOfBag").put("scale", o.scale()).put("r2", o.r2()).put("rankCorrelation", o.rankCorrelation()).put("amongBest", o.amongBest());
      o.divergence().ifPresent(d -> fit.put("divergedFound", d.found()).put("othersMistaken", d.mistaken()));
    });
    return node;
  }

  private static ObjectNode score(Score s, Field field) {
    ObjectNode node = Json.object().put("name", s.contender()).put("meanRank", s.meanRank());
    ObjectNode regret = node.putObject("regret");
    s.regret().forEach((mark, m) -> regret.put(Integer.toString(mark), m.interval().mean()));
    ObjectNode intervals = Json.object();
    ObjectNode runs = Json.object();
    s.regret().forEach((mark, m) -> {
      intervals.set(Integer.toString(mark), ends(m.interval()));
      runs.put(Integer.toString(mark), m.runs());
    });
    intervals.set("final", ends(s.last().interval()));
    runs.put("final", s.last().runs());
    node.put("finalRegret", s.last().interval().mean());
    node.set("intervals", intervals);
    node.set("runs", runs);
    Json.put(node, "diverged", s.diverged().value());
    node.put("suggestions", s.diverged().of());
    Json.put(node, "secondsPerSuggestion", s.secondsPerSuggestion());
    ArrayNode versions = node.putArray("versions");
    field.runs(s.contender()).stream().map(Run::version).filter(v -> !v.isEmpty()).distinct().forEach(versions::add);
    ArrayNode failed = node.putArray("failed");
    for (Run r : s.failed()) {
      failed.addObject().put("task", r.task()).put("seed", r.seed()).put("trials", r.steps().size()).put("why", r.failure().orElse(""));
    }
    return node;
  }

  private static ObjectNode parallel(Parallel p) {
    ObjectNode node = Json.object().put("finalRegret", p.regret()).put("withFewest", p.fewest());
    Json.put(node, "ratio", p.ratio().mean());
    node.set("interval", ends(p.ratio()));
    Json.put(node, "medianTask", p.median());
    return node;
  }

  private static ObjectNode reached(Reached reached) {
    ObjectNode node = Json.object().put("of", reached.contender());
    ObjectNode byTask = node.putObject("trials");
    reached.trials().forEach((contest, rivals) -> {
      ObjectNode row = byTask.putObject(contest);
      rivals.forEach((rival, n) -> Json.put(row, rival, n));
    });
    return node;
  }

  /// Empty where nobody leads.
  private static Optional<ObjectNode> significance(Verdict verdict) {
    if (!verdict.field().hasResult()) {
      return Optional.empty();
    }
    Unit unit = Unit.of(verdict.field());
    ObjectNode node = Json.object().put("of", verdict.leader().contender()).put("n", unit.count(verdict.field())).put("unit", unit.name().toLowerCase(Locale.ROOT));
    ObjectNode against = node.putObject("against");
    verdict.duels().forEach(d -> against.put(d.rival(), d.p()));
    return Optional.of(node);
  }

  private static ArrayNode ends(Interval i) {
    ArrayNode ends = Json.object().arrayNode();
    return i.isKnown() ? ends.add(i.low()).add(i.high()) : ends;
  }
}
