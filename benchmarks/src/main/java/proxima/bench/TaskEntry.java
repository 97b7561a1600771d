package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import proxima.bench.result.Group;

/// A task of the catalogue.
///
/// @param isTransfer whether it has prior tasks
/// @param of the task for a seed: synthetic ones differ by it
record TaskEntry(String name, Group group, boolean isTransfer, LongFunction<Task> of) {

  /// Without prior tasks.
  TaskEntry(String name, Group group, LongFunction<Task> of) {
    this(name, group, false, of);
  }

  /// A task that is the same for each seed, and made once, when it is first needed: a model of a table takes seconds.
  static TaskEntry recorded(String name, Supplier<Task> make) {
    List<Task> made = new ArrayList<>();
    return new TaskEntry(name, Group.RECORDED, _ -> {
      synchronized (made) {
        if (made.isEmpty()) {
          made.add(make.get());
        }
        return made.getFirst();
      }
    });
  }

  Task at(long seed) {
    return of.apply(seed);
  }
}
