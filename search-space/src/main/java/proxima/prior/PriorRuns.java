package proxima.prior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.module.Optimizer;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// The earlier runs that a new one learns from.
///
/// @param runs two of one name are told apart by a number
/// @param shared whether runs over other parameters are used for those that both have
public record PriorRuns(List<PriorRun> runs, boolean shared) {

  public PriorRuns {
    runs = apart(runs);
  }

  private static List<PriorRun> apart(List<PriorRun> runs) {
    Map<String, PriorRun> apart = new LinkedHashMap<>();
    for (PriorRun run : runs) {
      String name = run.name();
      for (int k = 2; apart.containsKey(name); k++) {
        name = run.name() + " (" + k + ")";
      }
      apart.put(name, run.named(name));
    }
    return List.copyOf(apart.values());
  }

  /// What a run over parameters that know no scale learns from.
  /// @throws IllegalArgumentException with a line for each difference that keeps a task from being translated.
  public PriorTasks tasks(SearchSpace space) {
    List<TaskHistory> histories = new ArrayList<>();
    List<PriorTasks.LeftOut> leftOut = new ArrayList<>();
    for (PriorRun run : runs) {
      switch (run) {
        case PriorRun.Plain p -> histories.add(named(p.history(), p.name()));
        case PriorRun.PerModule _ -> leftOut.add(new PriorTasks.LeftOut(run.name(), "it tunes modules, and this run parameters of its own"));
      }
    }
    return with(shared ? PriorTasks.shared(space, histories) : PriorTasks.of(space, histories), leftOut);
  }

  /// What a phase of a run that tunes modules learns from.
  /// @throws IllegalArgumentException with a line for each difference that keeps a task from being translated.
  public PriorTasks tasks(Target target) {
    List<TaskHistory> histories = new ArrayList<>();
    List<PriorTasks.LeftOut> leftOut = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, String> notes = new HashMap<>();
    for (PriorRun run : runs) {
      switch (run) {
        case PriorRun.PerModule m -> {
          try {
            Passage.Arrival arrival = arrival(m, target);
            arrival.history().ifPresentOrElse(histories::add, () -> leftOut.add(new PriorTasks.LeftOut(m.name(), arrival.lost().orElse(missing(m, target)))));
            arrival.lost().ifPresent(note -> notes.put(m.name(), note));
          } catch (IllegalArgumentException e) {
            problems.add("prior task '" + m.name() + "': " + e.getMessage());
          }
        }
        case PriorRun.Plain p -> leftOut.add(new PriorTasks.LeftOut(run.name(), reason(p)));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    PriorTasks tasks = PriorTasks.converted(target.space(), histories, shared);
    List<PriorTask> noted = tasks.tasks().stream().map(t -> Optional.ofNullable(notes.get(t.name())).map(t::noting).orElse(t)).toList();
    return with(new PriorTasks(tasks.space(), noted, tasks.leftOut()), leftOut);
  }

  /// Why a history is no run that tunes modules.
  private static String reason(PriorRun.Plain plain) {
    return ScaleContext.missing(plain.history()).map(missing -> "it says no scale, as " + missing).orElse("none of its parameters is a global value of which it tried two above 0") + ", and this run tunes modules";
  }

  private static Passage.Arrival arrival(PriorRun.PerModule run, Target target) {
    return Optional.ofNullable(run.phases().get(target.phase()))
        .filter(trials -> trials.around().optimizer() == target.optimizer())
        .map(trials -> new Passage(run, target).arrival(trials))
        .orElse(new Passage.Arrival(Optional.empty(), Optional.empty()));
  }

  private static String missing(PriorRun.PerModule run, Target target) {
    PriorRun.Trials trials = run.phases().get(target.phase());
    if (trials == null || trials.history().entries().isEmpty()) {
      return "it has no trials of a phase '" + target.phase().id() + "'";
    }
    Optimizer optimizer = trials.around().optimizer();
    if (optimizer != target.optimizer()) {
      return "its optimizer is " + optimizer.id() + ", and this run's " + target.optimizer().id();
    }
    // One trial differs from none.
    return trials.history().entries().size() == 1
        ? "it has 1 trial of phase '" + target.phase().id() + "'"
        : "its phase '" + target.phase().id() + "' has searched none of this one's parameters";
  }

  private static TaskHistory named(TaskHistory h, String name) {
    return new TaskHistory(name, h.space(), h.context(), h.entries());
  }

  private static PriorTasks with(PriorTasks tasks, List<PriorTasks.LeftOut> more) {
    List<PriorTasks.LeftOut> all = new ArrayList<>(tasks.leftOut());
    all.addAll(more);
    return new PriorTasks(tasks.space(), tasks.tasks(), all);
  }
}
