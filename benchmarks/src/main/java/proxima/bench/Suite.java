package proxima.bench;

import java.util.List;
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

  /// What its tasks are.
  List<TaskNote> notes() {
    return blocks.stream().flatMap(b -> b.tasks().stream()).distinct().map(Suite::note).toList();
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
