package proxima.bench;

import java.util.function.LongFunction;
import proxima.bench.result.Group;

/// A task of the catalogue.
///
/// @param of the task for a seed: synthetic ones differ by it
record TaskEntry(String name, Group group, LongFunction<Task> of) {

  Task at(long seed) {
    return of.apply(seed);
  }
}
