package proxima.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import proxima.bench.result.Group;

/// A task of the catalogue.
///
/// @param isTransfer whether it has prior tasks
/// @param digest of the recorded tables that it is made of; empty where it is of none
/// @param of the task for a seed: synthetic ones differ by it
record TaskEntry(String name, Group group, boolean isTransfer, Optional<String> digest, LongFunction<Task> of) {

  /// Without recorded tables.
  TaskEntry(String name, Group group, LongFunction<Task> of) {
    this(name, group, false, Optional.empty(), of);
  }

  /// A task that is the same for each seed, and made once, when it is first needed: a model of a table takes seconds.
  static TaskEntry recorded(String name, String digest, Supplier<Task> make) {
    List<Task> made = new ArrayList<>();
    return new TaskEntry(name, Group.RECORDED, false, Optional.of(digest), _ -> {
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
