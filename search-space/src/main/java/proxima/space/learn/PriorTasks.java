package proxima.space.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;

/// Earlier tuning tasks, translated into the space that is to be searched.
///
/// @param tasks what can be learned from
/// @param leftOut what nothing can be learned from
public record PriorTasks(SearchSpace space, List<PriorTask> tasks, List<LeftOut> leftOut) {

  /// The end of each line on a history that `of` refuses and `shared` takes.
  public static final String ASK = "ask for the shared parameters alone to use it";

  /// A task and why it says nothing.
  public record LeftOut(String name, String reason) {}

  public PriorTasks {
    tasks = List.copyOf(tasks);
    leftOut = List.copyOf(leftOut);
  }

  /// Of tasks that have all parameters of the space, and no others, and more than half of whose values lie in its ranges.
  /// @throws IllegalArgumentException with a line for each difference that keeps a history from being translated.
  public static PriorTasks of(SearchSpace space, List<TaskHistory> histories) {
    return of(space, histories, false, false);
  }

  /// Of tasks that have at least one parameter of the space: what they lack is unknown of them, what else they have is not regarded, and what lies beyond a narrower range counts as at its end.
  /// @throws IllegalArgumentException with a line for each other difference that keeps a history from being translated.
  public static PriorTasks shared(SearchSpace space, List<TaskHistory> histories) {
    return of(space, histories, true, false);
  }

  /// Of tasks whose values were computed for the space: however many lie beyond a range, they are in its unit.
  /// @param shared as of `shared`
  /// @throws IllegalArgumentException with a line for each difference that keeps a history from being translated.
  public static PriorTasks converted(SearchSpace space, List<TaskHistory> histories, boolean shared) {
    return of(space, histories, shared, true);
  }

  private static PriorTasks of(SearchSpace space, List<TaskHistory> histories, boolean shared, boolean converted) {
    List<String> problems = new ArrayList<>();
    List<PriorTask> tasks = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Map<Map<TaskHistory.Entry, Long>, String> seen = new HashMap<>();
    for (TaskHistory history : histories) {
      var translation = new Translation(space, history, shared, converted);
      Optional<String> same = Optional.ofNullable(seen.putIfAbsent(counts(history), history.task()));
      Optional<String> whole = histories.stream().filter(h -> h.entries().size() > history.entries().size() && history.begins(h)).map(TaskHistory::task).findFirst();
      if (!translation.problems().isEmpty()) {
        problems.addAll(translation.problems());
      } else if (same.isPresent() && !history.entries().isEmpty()) {
        leftOut.add(new LeftOut(history.task(), "it has the same trials as '" + same.get() + "'"));
      } else if (whole.isPresent() && !history.entries().isEmpty()) {
        leftOut.add(new LeftOut(history.task(), "its trials are the first of '" + whole.get() + "'"));
      } else {
        PriorTask task = translation.task(unused(history.task(), tasks));
        fault(task).ifPresentOrElse(reason -> leftOut.add(new LeftOut(history.task(), reason)), () -> tasks.add(task));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new PriorTasks(space, tasks, leftOut);
  }

  /// How often each trial stands in it, in whatever order.
  private static Map<TaskHistory.Entry, Long> counts(TaskHistory history) {
    return history.entries().stream().collect(Collectors.groupingBy(e -> e, Collectors.counting()));
  }

  /// Two tasks of one name are told apart by a number.
  private static String unused(String name, List<PriorTask> tasks) {
    String unused = name;
    for (int k = 2; names(tasks).contains(unused); k++) {
      unused = name + " (" + k + ")";
    }
    return unused;
  }

  private static List<String> names(List<PriorTask> tasks) {
    return tasks.stream().map(PriorTask::name).toList();
  }

  private static Optional<String> fault(PriorTask task) {
    List<Double> losses = task.losses();
    if (losses.isEmpty()) {
      return Optional.of("it has no trials that finished or diverged");
    }
    if (task.finished() == 0) {
      return Optional.of("all its " + losses.size() + " trials diverged");
    }
    return losses.stream().distinct().count() == 1 ? Optional.of("all its " + losses.size() + " trials have the loss " + losses.getFirst()) : Optional.empty();
  }
}
