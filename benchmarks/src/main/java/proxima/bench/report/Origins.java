package proxima.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proxima.bench.result.Entrant;
import proxima.bench.result.Run;
import proxima.chart.Block;
import proxima.chart.Format;

/// How a comparison was run and judged.
final class Origins {

  private static final List<String> RULES =
      List.of(
          "Paired: with a seed all contenders get the same initial points and the same noise of each trial.",
          "Regret: (value − best) / (median − best) of the task. The value is that of the point with the lowest observed loss so far, without noise; the median is over the table's rows or"
              + " over uniform points. Before its first finite loss a run has 1, or the regret of that loss where it is higher.",
          "Ranks: by final regret in each match; equal ones share their mean rank; a run that failed or has no finite loss is behind all, and in tests has the highest regret of its match, at least 1. Seeds are"
              + " averaged in a task, then tasks.",
          "Means of regret, in tables and pictures, keep for a run that failed the regret that it had; an asterisk marks those with such runs.",
          "Tests: Wilcoxon's signed ranks of differences in final regret, zeros by Pratt, exact up to 50 differences; Holm's correction, for the leader's rivals in words and tables, for all"
              + " pairs in the picture of ranks. Over tasks (means over seeds) where there are enough of them to show a difference between so many"
              + " contenders; otherwise over pairs of task and seed, which tells of these tasks alone."
              + " Each group is tested by itself.",
          "Intervals of a regret: 95 %, seeds resampled within each task. Intervals of a difference from the leader: tasks or seeds, as in the tests."
              + " Of n values n − 1 are drawn, which leaves the spread of few seeds as wide as it is.",
          "Won: in how many of the tested pairs a contender's final regret is lower than the leader's. Contenders are ordered by mean rank, so a mean regret can be lower further down.",
          "Workers are simulated: each asks for a trial when its last one has ended, those of the others pending; a trial takes what a recorded training took that ended like it, a suggestion"
              + " no time. Ratios are of regrets averaged over seeds, then tasks; intervals resample seeds within each task, the same for both.",
          "Diverged: of the suggestions after trial " + Share.FROM + ", or after the initial points where those are more. Failed: runs. Time: median seconds a suggestion.");

  private Origins() {}

  static Block.Section section(Judgement judgement, List<String> notes) {
    Played played = judgement.played();
    List<Block> blocks = new ArrayList<>();
    if (!notes.isEmpty()) {
      blocks.add(new Block.Bullets(notes));
    }
    blocks.add(new Block.Subtitle("Failures, and contenders left out"));
    blocks.addAll(failures(played));
    blocks.add(new Block.Subtitle("Judgement"));
    blocks.add(new Block.Bullets(RULES));
    judgement.all().ifPresent(all -> {
      blocks.add(new Block.Subtitle("Tasks"));
      blocks.add(tasks(played, all.field()));
      byRows(played, all.field()).ifPresent(text -> blocks.add(new Block.Text(text)));
    });
    blocks.add(new Block.Subtitle("Contenders"));
    blocks.add(contenders(played));
    blocks.add(new Block.Subtitle("Machine"));
    blocks.add(sessions(played));
    blocks.add(new Block.Folded("Suite file", List.of(new Block.Verbatim(played.suite()))));
    return new Block.Section("origins", "How it was run", blocks);
  }

  private static List<Block> failures(Played played) {
    List<Run> failed = played.runs().stream().filter(r -> r.failure().isPresent()).toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text((failed.isEmpty() ? "No run failed" : Format.count(failed.size(), "run") + " failed") + ", of " + played.runs().size() + "; "
        + (played.leftOut().isEmpty() ? "no contender was left out." : "left out: " + played.leftOut().stream().map(l -> l.contender() + ": " + l.why()).collect(Collectors.joining("; ")) + ".")));
    if (!failed.isEmpty()) {
      List<List<String>> rows = failed.stream()
          .map(r -> List.of(r.contender(), r.task(), Long.toString(r.seed()), r.steps().size() + " of " + r.trials(), r.failure().orElse("")))
          .toList();
      Block table = new Block.Table(List.of("Contender", "Task", "Seed", "Trials", "Why"), rows, false);
      blocks.add(rows.size() > 12 ? new Block.Folded("All " + rows.size() + " failures", List.of(table)) : table);
    }
    return blocks;
  }

  private static Block tasks(Played played, Field field) {
    List<List<String>> rows = new ArrayList<>();
    for (Contest c : field.contests()) {
      String name = task(c);
      Played.TaskNote note = played.tasks().stream().filter(t -> t.task().equals(name)).findFirst().orElse(new Played.TaskNote(name, 0, "", Optional.empty()));
      rows.add(List.of(name, c.group().id(), note.kind(), note.dimension() == 0 ? "" : Integer.toString(note.dimension()), Integer.toString(c.initial()), Integer.toString(c.trials()), Integer.toString(c.seeds())));
    }
    Block table = new Block.Table(List.of("Task", "Group", "Answered by", "Dimensions", "Initial", "Trials", "Seeds"), rows, false);
    return rows.size() > 20 ? new Block.Folded("All " + rows.size() + " tasks", List.of(table)) : table;
  }

  /// Who chooses among the rows of tables and who does not; empty where none is played by its rows.
  static Optional<String> byRows(Played played, Field field) {
    List<String> tasks = field.contests().stream().map(Origins::task).distinct().toList();
    List<String> rows = played.byRows().tasks().stream().filter(tasks::contains).toList();
    Map<Boolean, List<String>> contenders = field.contenders().stream().map(c -> Entrant.of(c).contender()).distinct().collect(Collectors.partitioningBy(played.byRows().choosing()::contains));
    List<String> choosing = contenders.getOrDefault(true, List.of());
    List<String> others = contenders.getOrDefault(false, List.of());
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    String what = "Of " + Format.count(tasks.size(), "task") + " " + rows.size() + (rows.size() == 1 ? " is a table that is" : " are tables that are") + " played by " + (rows.size() == 1 ? "its" : "their") + " rows. ";
    String who = others.isEmpty() ? "All contenders choose among these themselves."
        : (choosing.isEmpty() ? "No contender chooses among these itself" : String.join(", ", choosing) + (choosing.size() == 1 ? " chooses" : " choose") + " among these")
            + "; of " + String.join(", ", others) + " the row nearest to the suggestion is taken that was not tried yet, which costs regret.";
    return Optional.of(what + who);
  }

  private static String task(Contest c) {
    return c.runs().values().iterator().next().getFirst().task();
  }

  private static Block contenders(Played played) {
    List<List<String>> rows = played.runs().stream()
        .collect(Collectors.groupingBy(Run::contender, LinkedHashMap::new, Collectors.toList()))
        .entrySet().stream()
        .map(e -> List.of(e.getKey(), Integer.toString(e.getValue().size()), e.getValue().stream().map(Run::version).filter(v -> !v.isEmpty()).distinct().sorted(Comparator.naturalOrder()).collect(Collectors.joining("; "))))
        .toList();
    return new Block.Table(List.of("Contender", "Runs", "Versions"), rows, false);
  }

  private static Block sessions(Played played) {
    List<List<String>> rows = played.sessions().stream()
        .map(s -> List.of(s.started(), s.revision(), s.machine(), Integer.toString(s.cores()), s.jvm(), Integer.toString(s.workers())))
        .toList();
    return rows.isEmpty() ? new Block.Text("Not recorded.") : new Block.Table(List.of("Played from", "Revision", "Machine", "Cores", "JVM", "Runs at once"), rows, false);
  }
}
