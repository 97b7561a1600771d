package proxima.space.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import proxima.space.Decimal;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

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
    Map<Map<Told, Long>, String> seen = new HashMap<>();
    List<List<Told>> all = histories.stream().map(PriorTasks::told).toList();
    for (int i = 0; i < histories.size(); i++) {
      TaskHistory history = histories.get(i);
      List<Told> own = all.get(i);
      var translation = new Translation(space, history, shared, converted);
      Optional<String> same = Optional.ofNullable(seen.putIfAbsent(counts(own), history.task()));
      Optional<String> whole = IntStream.range(0, all.size()).filter(k -> isLonger(all.get(k), own)).mapToObj(k -> histories.get(k).task()).findFirst();
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

  /// What a table of results has of a trial as well: no seed, no curve, and numbers of whatever kind.
  private record Told(Map<String, Value> values, Outcome outcome) {}

  private static List<Told> told(TaskHistory history) {
    return history.entries().stream().map(e -> new Told(numbers(e.configuration().values()), bare(e.outcome()))).toList();
  }

  private static Map<String, Value> numbers(Map<String, Value> values) {
    return values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> Decimal.of(e.getValue().toString()).<Value>map(Value.Real::new).orElse(e.getValue())));
  }

  private static Outcome bare(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished f -> Outcome.of(f.loss());
      case Outcome.Stopped s -> new Outcome.Stopped(s.step(), s.loss(), List.of());
      case Outcome.Diverged _ -> new Outcome.Diverged(0);
      case Outcome.Failed _ -> new Outcome.Failed("");
    };
  }

  /// How often each trial stands in it, in whatever order.
  private static Map<Told, Long> counts(List<Told> trials) {
    return trials.stream().collect(Collectors.groupingBy(t -> t, Collectors.counting()));
  }

  /// Whether trials go on where others end.
  private static boolean isLonger(List<Told> trials, List<Told> first) {
    return trials.size() > first.size() && trials.subList(0, first.size()).equals(first);
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
