package proxima.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.bench.report.Played.ByRows;
import proxima.bench.report.Played.TaskNote;

/// What a comparison plays: every contender on every task with every seed, and each number of workers.
///
/// @param name of its file, without the ending
/// @param text of its file
/// @param workers numbers of simulated workers
/// @param seeds how many: 0, 1, …
record Suite(String name, String text, List<Block> blocks, List<Contender> contenders, List<Integer> workers, int seeds) {

  Suite {
    blocks = List.copyOf(blocks);
    contenders = List.copyOf(contenders);
    workers = List.copyOf(workers);
  }

  /// Those of all blocks, each once.
  List<TaskEntry> tasks() {
    Map<String, TaskEntry> tasks = new LinkedHashMap<>();
    blocks.forEach(b -> b.tasks().forEach(t -> tasks.putIfAbsent(t.name(), t)));
    return List.copyOf(tasks.values());
  }

  /// What its tasks are.
  List<TaskNote> notes() {
    return tasks().stream().map(Suite::note).toList();
  }

  /// Its tasks that are played by their rows, and the contenders that choose among these.
  ByRows byRows() {
    List<TaskEntry> tasks = tasks().stream().filter(t -> !t.at(0).rows().isEmpty()).toList();
    List<String> choosing = tasks.stream().limit(1).map(t -> t.at(0)).flatMap(task -> contenders.stream().filter(c -> c.chooses(task)).map(Contender::name)).toList();
    return new ByRows(tasks.stream().map(TaskEntry::name).toList(), choosing);
  }

  private static TaskNote note(TaskEntry entry) {
    Task task = entry.at(0);
    return new TaskNote(entry.name(), task.space().dimension(), task.kind(), task.outOfBag());
  }

  /// Tasks with one budget.
  /// @param initial points that all contenders are given first
  /// @param trials with those
  record Block(List<TaskEntry> tasks, int initial, int trials) {
    Block {
      tasks = List.copyOf(tasks);
    }
  }
}
