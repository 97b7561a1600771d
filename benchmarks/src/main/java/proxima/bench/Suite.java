package proxima.bench;

import java.util.List;

/// What a comparison plays: every contender on every task with every seed.
///
/// @param seeds how many: 0, 1, …
record Suite(List<Block> blocks, List<Contender> contenders, int seeds) {

  Suite {
    blocks = List.copyOf(blocks);
    contenders = List.copyOf(contenders);
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
