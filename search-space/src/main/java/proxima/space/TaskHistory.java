package proxima.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All trials of one tuning task, in base coordinates: what later tasks can learn from.
///
/// @param task its name
/// @param context what else is known of it, such as model and scale
/// @param entries in the order they were told; their configurations lie in `space`
public record TaskHistory(String task, SearchSpace space, Map<String, Value> context, List<Entry> entries) {

  /// One trial.
  public record Entry(Configuration configuration, Outcome outcome, long seed) {}

  /// Whether it is another's beginning: a snapshot of it, or all of it.
  public boolean begins(TaskHistory whole) {
    return entries.size() <= whole.entries.size() && entries.equals(whole.entries.subList(0, entries.size()));
  }

  public TaskHistory {
    context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    entries = List.copyOf(entries);
    for (int i = 0; i < entries.size(); i++) {
      try {
        space.encode(entries.get(i).configuration());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("entry " + i + " of task '" + task + "': " + e.getMessage(), e);
      }
    }
  }
}
