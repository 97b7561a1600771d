package proxima.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import proxima.bench.result.Group;
import proxima.bench.result.Run;
import proxima.chart.Format;

/// What is compared: contests in which every contender has played every match. A match is a task with a seed; one that some contender has not played
/// yet is left out for all, so that nobody is judged by other tasks than the rest.
///
/// @param contenders in the suite's order
/// @param contests in the groups' order, then in the suite's
record Field(List<String> contenders, List<Contest> contests) {

  Field {
    contenders = List.copyOf(contenders);
    contests = List.copyOf(contests);
  }

  private record Budget(String task, Group group, int initial, int trials) {
    static Budget of(Run run) {
      return new Budget(run.task(), run.group(), run.initial(), run.trials());
    }
  }

  /// @param without contenders whose runs do not count
  static Field of(List<Run> runs, Set<String> without) {
    List<Run> counted = runs.stream().filter(r -> !without.contains(r.contender())).toList();
    Set<String> contenders = counted.stream().map(Run::contender).collect(Collectors.toCollection(LinkedHashSet::new));
    Map<Budget, Map<Long, Map<String, Run>>> matches = new LinkedHashMap<>();
    counted.forEach(r -> matches.computeIfAbsent(Budget.of(r), _ -> new TreeMap<>()).computeIfAbsent(r.seed(), _ -> new LinkedHashMap<>()).put(r.contender(), r));
    List<Contest> contests = new ArrayList<>();
    matches.forEach((budget, bySeed) -> {
      List<Map<String, Run>> whole = bySeed.values().stream().filter(m -> m.keySet().equals(contenders)).toList();
      if (!whole.isEmpty()) {
        Map<String, List<Run>> byContender = contenders.stream().collect(Collectors.toMap(c -> c, c -> whole.stream().map(m -> run(m, c)).toList()));
        contests.add(new Contest(name(budget, matches.keySet()), budget.group, budget.initial, budget.trials, byContender));
      }
    });
    contests.sort(Comparator.comparing(Contest::group));
    return new Field(List.copyOf(contenders), contests);
  }

  /// The task, with as much of its budget as tells it from the others.
  private static String name(Budget budget, Set<Budget> all) {
    List<Budget> others = all.stream().filter(b -> b.task.equals(budget.task) && !b.equals(budget)).toList();
    boolean asLong = others.stream().anyMatch(b -> b.trials == budget.trials);
    return budget.task + (others.isEmpty() ? "" : ", " + budget.trials) + (asLong ? " with " + budget.initial + " initial" : "");
  }

  private static Run run(Map<String, Run> match, String contender) {
    Run run = match.get(contender);
    if (run == null) {
      throw new IllegalArgumentException("no run of " + contender);
    }
    return run;
  }

  boolean isEmpty() {
    return contests.isEmpty();
  }

  List<Group> groups() {
    return contests.stream().map(Contest::group).distinct().toList();
  }

  Field only(Group group) {
    return only(c -> c.group() == group);
  }

  Field only(Predicate<Contest> wanted) {
    return new Field(contenders, contests.stream().filter(wanted).toList());
  }

  /// Folders of tables.
  List<String> folders() {
    return contests.stream().flatMap(c -> c.folder().stream()).distinct().toList();
  }

  int matches() {
    return contests.stream().mapToInt(Contest::seeds).sum();
  }

  List<Run> runs(String contender) {
    return contests.stream().flatMap(c -> c.of(contender).stream()).toList();
  }

  /// Whether a run of a contender failed.
  boolean hasFailed(String contender) {
    return contests.stream().anyMatch(c -> c.failed(contender) > 0);
  }

  /// Whether a run of anyone has a result.
  boolean hasResult() {
    return contests.stream().anyMatch(Contest::hasResult);
  }

  /// The trials that all contests have.
  int trials() {
    return contests.stream().mapToInt(Contest::trials).min().orElse(0);
  }

  int longest() {
    return contests.stream().mapToInt(Contest::trials).max().orElse(0);
  }

  /// `10 seeds`, or from how many to how many.
  String seeds() {
    int fewest = contests.stream().mapToInt(Contest::seeds).min().orElse(0);
    int most = contests.stream().mapToInt(Contest::seeds).max().orElse(0);
    return fewest == most ? Format.count(most, "seed") : fewest + " to " + most + " seeds";
  }

  /// `4 tasks × 10 seeds`: the n of what is told of this field.
  String size() {
    return Format.count(contests.size(), "task") + " × " + seeds();
  }
}
