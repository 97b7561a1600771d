package proxima.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.cli.InputException;
import proxima.cli.Problems;
import proxima.cli.Section;
import proxima.cli.TextFile;
import proxima.objective.EditDistance;

/// Reads the YAML file of a suite:
///
/// ```yaml
/// contenders: [proxima, random]
/// seeds: 3
/// workers: [1, 8]   # each contender alone, and on 8 simulated workers that try points at once; 1 where it is left out
/// blocks:
///   - {tasks: [branin, cliff-22], initial: 5, trials: 30}
///   - {tasks: [bbob-f8-10, bbob-5], initial: 10, trials: 50}      # function 8 of BBOB in 10 dimensions, and all 24 in 5
///   - {tables: [taskset, lcbench/adult], initial: 5, trials: 50}   # folders of recorded tables, or single ones
///   - {tables: [lcbench], mode: surrogate, initial: 5, trials: 50} # any point can be tried, and a random forest answers
///   - {tables: [lcbench], prior: 100, initial: 5, trials: 50}      # 100 rows of each other table of the folder are known
/// ```
final class SuiteReader {

  private static final int MOST_WORKERS = 1000;

  private SuiteReader() {}

  /// @param all the contenders that it may name
  /// @param tables the folders that recorded tables are looked for in, the first that has one counts
  /// @throws InputException with one line for each problem of the file.
  static Suite read(Path file, List<Contender> all, List<Path> tables) {
    Problems problems = new Problems(file);
    Section top = Section.read(problems);
    List<Contender> contenders = contenders(top, all);
    int seeds = (int) top.integer("seeds", 3, 1, 1000);
    List<Integer> workers = workers(top);
    List<Section> sections = top.sections("blocks");
    List<Suite.Block> blocks = sections.stream().map(s -> block(s, tables, seeds)).toList();
    if (top.has("blocks") && blocks.isEmpty()) {
      top.wrong("blocks", "needs one at least");
    }
    refuseRepeats(sections, blocks);
    if (sections.stream().noneMatch(s -> s.has("prior"))) {
      contenders.stream().filter(Contender::learns).forEach(c ->
          top.wrong("contenders", "'" + c.name() + "' learns from prior tasks, and no block has any; give a block of tables prior: 100, for 100 rows of each other table"));
    } else {
      List<String> others = blocks.stream().flatMap(b -> b.tasks().stream()).filter(t -> !t.isTransfer()).map(TaskEntry::name).distinct().toList();
      contenders.stream().filter(c -> c.learns() && !others.isEmpty()).forEach(c ->
          top.wrong(
              "contenders",
              "'" + c.name() + "' learns from prior tasks, and " + some(others) + " none; as contenders are compared on what all can play, put tasks without prior into a suite of their own"));
    }
    top.finish();
    problems.check();
    return new Suite(String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""), TextFile.written(file), blocks, contenders, workers, seeds);
  }

  private record Budget(String task, int initial, int trials) {}

  /// A task twice with one budget would be played twice under one name.
  private static void refuseRepeats(List<Section> sections, List<Suite.Block> blocks) {
    Set<Budget> seen = new HashSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      Suite.Block block = blocks.get(i);
      List<TaskEntry> again = block.tasks().stream().filter(t -> !seen.add(new Budget(t.name(), block.initial(), block.trials()))).toList();
      for (String key : List.of("tasks", "tables")) {
        List<String> names = again.stream().filter(t -> key.equals(t.digest().isEmpty() ? "tasks" : "tables")).map(t -> "'" + t.name() + "'").distinct().toList();
        if (!names.isEmpty()) {
          String more = names.size() == 1 ? "" : " and " + (names.size() - 1) + " more";
          sections.get(i).wrong(key, "needs each task once with " + block.initial() + " initial points and " + block.trials() + " trials, got " + names.getFirst() + more + " again");
        }
      }
    }
  }

  private static String some(List<String> names) {
    return names.size() == 1 ? names.getFirst() + " has" : names.getFirst() + " and " + (names.size() - 1) + " more have";
  }

  private static List<Contender> contenders(Section top, List<Contender> all) {
    List<Contender> chosen = new ArrayList<>();
    List<String> names = all.stream().map(Contender::name).toList();
    List<String> named = top.texts("contenders");
    if (top.has("contenders") && named.isEmpty()) {
      top.wrong("contenders", "needs one at least; there are " + String.join(", ", names));
    }
    for (String name : named) {
      int at = names.indexOf(name);
      if (at < 0) {
        top.wrong("contenders", "no contender '" + name + "'" + EditDistance.hint(name, names) + "; there are " + String.join(", ", names));
      } else if (chosen.contains(all.get(at))) {
        top.wrong("contenders", "needs each once, got '" + name + "' again");
      } else {
        chosen.add(all.get(at));
      }
    }
    return chosen;
  }

  private static List<Integer> workers(Section top) {
    if (!top.has("workers")) {
      return List.of(1);
    }
    List<Integer> workers = new ArrayList<>();
    for (String text : top.texts("workers")) {
      int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
      if (number < 1 || number > MOST_WORKERS || workers.contains(number)) {
        top.wrong("workers", "needs whole numbers from 1 to " + MOST_WORKERS + ", each once, got '" + text + "'");
      }
      workers.add(number);
    }
    if (workers.isEmpty()) {
      top.wrong("workers", "needs one number at least");
    }
    return workers;
  }

  private static Suite.Block block(Section s, List<Path> tables, int seeds) {
    List<TaskEntry> tasks = new ArrayList<>();
    if (!s.has("tasks") && !s.has("tables")) {
      s.wrong("tasks", "is missing: name tasks, or tables, or both");
    }
    if (s.has("tasks")) {
      for (String name : s.texts("tasks")) {
        try {
          tasks.addAll(Catalogue.synthetic(name));
        } catch (IllegalArgumentException e) {
          s.wrong("tasks", String.valueOf(e.getMessage()));
        }
      }
    }
    for (String key : List.of("mode", "prior")) {
      if (s.has(key) && !s.has("tables")) {
        s.wrong(key, "says how tables are played, and this block has none; name some under 'tables', or leave it out");
      }
    }
    TableMode mode = TableMode.of(s.choice("mode", TableMode.EXACT.id(), TableMode.ids()));
    int prior = (int) s.integer("prior", 0, 0, 100_000);
    List<TaskEntry> recorded = new ArrayList<>();
    if (s.has("tables")) {
      for (String path : s.texts("tables")) {
        recorded.addAll(recorded(s, tables, path, mode, prior, seeds));
      }
    }
    tasks.addAll(recorded);
    int initial = (int) s.integer("initial", 5, 1, 10_000);
    int trials = (int) s.integer("trials", 50, 1, 100_000);
    if (trials <= initial) {
      s.wrong("trials", "must be more than the " + initial + " initial points, got " + trials);
    }
    if (mode == TableMode.EXACT) {
      for (TaskEntry task : recorded) {
        int rows = task.at(0).rows().size();
        if (rows < trials) {
          s.wrong("trials", "must be no more than the " + rows + " rows of " + task.name() + ", got " + trials + "; with mode: surrogate any point can be tried");
        }
      }
    }
    s.finish();
    return new Suite.Block(tasks, initial, trials);
  }

  private static List<TaskEntry> recorded(Section s, List<Path> tables, String path, TableMode mode, int prior, int seeds) {
    Optional<Path> folder = tables.stream().filter(f -> Catalogue.hasTables(f, path)).findFirst();
    if (folder.isEmpty()) {
      String places = tables.stream().map(Path::toString).collect(Collectors.joining(" or "));
      s.wrong("tables", "no recorded tables '" + path + "' in " + places + "; --tables DIR names a folder that has them");
      return List.of();
    }
    try {
      return Catalogue.recorded(folder.get(), path, mode, prior, seeds);
    } catch (InputException e) {
      e.problems().forEach(problem -> s.wrong("tables", problem));
      return List.of();
    }
  }
}
