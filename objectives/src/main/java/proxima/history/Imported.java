package proxima.history;

import java.util.List;
import java.util.function.Supplier;
import proxima.space.TaskHistory;

/// What came of a study or task of the source.
public sealed interface Imported {

  String task();

  /// A history.
  ///
  /// @param notes what was guessed, changed or left out, a line each
  record Read(TaskHistory history, List<String> notes) implements Imported {
    public Read {
      notes = List.copyOf(notes);
    }

    @Override
    public String task() {
      return history.task();
    }
  }

  /// It can be no history.
  record LeftOut(String task, String why) implements Imported {}

  /// @param read throws an IllegalArgumentException that says why there is no history
  static Imported of(String task, Supplier<Read> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      return new LeftOut(task, String.valueOf(e.getMessage()));
    }
  }
}
