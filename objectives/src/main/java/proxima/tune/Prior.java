package proxima.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import proxima.cli.InputException;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.prior.PriorJson;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.prior.ScaleContext;
import proxima.prior.Sweep;
import proxima.prior.Target;
import proxima.scaling.Scale;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Sha256;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;

/// What a run learns from, as its folder keeps it: the runs named in the configuration may go on, or go.
///
/// @param text of the file
record Prior(PriorRuns runs, String text) {

  static Prior of(PriorRuns runs) {
    return new Prior(runs, PriorJson.write(runs));
  }

  /// @throws IllegalArgumentException if the text is none of `PriorJson`.
  static Prior read(String text) {
    return new Prior(PriorJson.read(text), text);
  }

  /// By run name, where each was read, and at what scale it trained, where that is one.
  Map<String, String> origins() {
    Map<String, String> origins = new LinkedHashMap<>();
    runs.runs().forEach(run -> origins.put(run.name(), run.from() + scale(run).map(s -> ", " + s).orElse("")));
    return origins;
  }

  private static Optional<Scale> scale(PriorRun run) {
    return switch (run) {
      case PriorRun.PerModule m -> Optional.of(m.scale());
      case PriorRun.Plain p -> {
        try {
          yield ScaleContext.scale(p.history());
        } catch (IllegalArgumentException e) {
          yield Optional.empty();
        }
      }
    };
  }

  /// What a journal remembers of it: after another prior a strategy would ask other points.
  String label() {
    return "prior " + Sha256.of(text).substring(0, 12);
  }

  /// What each phase that searches learns from it.
  /// @param global the values that factors multiply
  /// @throws IllegalArgumentException with a line for each difference that keeps a task from being translated.
  Map<String, PriorTasks> tasks(Experiment experiment, Hyperparameters global) {
    Map<String, PriorTasks> tasks = new TreeMap<>();
    switch (experiment.config().space()) {
      case SpaceConfig.Plain plain -> tasks.put("search", runs.tasks(plain.space()));
      case SpaceConfig.PerModule space -> {
        if (!space.global().isEmpty()) {
          tasks.put("global", global(experiment, space));
        }
        tasks.put("module", module(experiment, space, global));
      }
    }
    return tasks;
  }

  /// The global values to expect of a run, of which factors can be shown before it has begun: where the best ones of earlier runs lie in the mean, on the parameters' scales; the
  /// configuration's own where none of these searched them.
  Hyperparameters expected(Experiment experiment) {
    Hyperparameters defaults = experiment.config().defaults();
    if (!(experiment.config().space() instanceof SpaceConfig.PerModule space) || space.global().isEmpty()) {
      return defaults;
    }
    PriorTasks tasks = global(experiment, space);
    Map<Hyperparameter, GlobalSpace.Interval> searched = new LinkedHashMap<>();
    List<Double> means = new ArrayList<>();
    int coordinate = 0;
    for (Map.Entry<Hyperparameter, GlobalSpace.Interval> range : space.global().entrySet()) {
      OptionalDouble mean = meanOfBest(tasks, coordinate);
      if (mean.isPresent()) {
        searched.put(range.getKey(), range.getValue());
        means.add(mean.getAsDouble());
      }
      coordinate++;
    }
    if (searched.isEmpty()) {
      return defaults;
    }
    GlobalSpace known = new GlobalSpace(searched);
    return known.values(known.space().decode(Point.of(means.stream().mapToDouble(Double::doubleValue).toArray())), defaults);
  }

  /// Of each task that has the parameter, which has one coordinate; empty where none has it.
  private static OptionalDouble meanOfBest(PriorTasks tasks, int coordinate) {
    String name = tasks.space().parameters().get(coordinate).name();
    return tasks.tasks().stream().flatMap(t -> t.best(1, name).stream()).mapToDouble(x -> x.get(coordinate)).average();
  }

  PriorTasks search(SearchSpace space) {
    return runs.tasks(space);
  }

  PriorTasks global(Experiment experiment, SpaceConfig.PerModule space) {
    RunConfig config = experiment.config();
    PriorTasks tasks = scaled(experiment).tasks(Target.of(config.base(), experiment.network(config.base()), config.defaults().optimizer(), new GlobalSpace(space.global())));
    Map<String, List<String>> notes = new LinkedHashMap<>();
    runs.runs().forEach(run -> notes.put(run.name(), run instanceof PriorRun.Plain plain ? sweep(experiment).notes(plain) : List.of()));
    return new PriorTasks(tasks.space(), tasks.tasks().stream().map(t -> noting(t, notes.getOrDefault(t.name(), List.of()))).toList(), tasks.leftOut());
  }

  private static PriorTask noting(PriorTask task, List<String> lines) {
    PriorTask noted = task;
    for (String line : lines) {
      noted = noted.noting(line);
    }
    return noted;
  }

  /// With sweeps of other programs that know their scale as runs of this network.
  private PriorRuns scaled(Experiment experiment) {
    Sweep sweep = sweep(experiment);
    return new PriorRuns(runs.runs().stream().map(run -> run instanceof PriorRun.Plain plain ? scaled(plain, sweep) : run).toList(), runs.shared());
  }

  private Sweep sweep(Experiment experiment) {
    RunConfig config = experiment.config();
    return new Sweep(config.rule(), experiment::network, config.defaults(), runs.shared());
  }

  private static PriorRun scaled(PriorRun.Plain plain, Sweep sweep) {
    try {
      return sweep.of(plain);
    } catch (InputException e) {
      throw new InputException(e.problems().stream().map(line -> "prior run '" + plain.name() + "': " + line).toList());
    }
  }

  /// @param global the values that factors multiply
  PriorTasks module(Experiment experiment, SpaceConfig.PerModule space, Hyperparameters global) {
    RunConfig config = experiment.config();
    return scaled(experiment).tasks(Target.of(config.base(), experiment.network(config.base()), experiment.moduleSpace(space, global)));
  }

  /// Whether a run can learn something from it.
  /// @return a line for each task that lost something in the translation; factors are not told of, as the values that they multiply are not known yet
  /// @throws InputException with a line for each reason why not.
  List<String> check(Experiment experiment) {
    Map<String, PriorTasks> tasks;
    try {
      tasks = tasks(experiment, experiment.config().defaults());
    } catch (IllegalArgumentException e) {
      List<String> lines = new ArrayList<>(problems(e, " (--shared, or prior: {from: ..., shared: true})"));
      if (experiment.config().space() instanceof SpaceConfig.PerModule) {
        runs.runs().stream().filter(PriorRun.Plain.class::isInstance).map(PriorRun.Plain.class::cast)
            .forEach(plain -> sweep(experiment).notes(plain).forEach(note -> lines.add("prior task '" + plain.name() + "': " + note)));
      }
      throw new InputException(lines);
    }
    if (tasks.values().stream().allMatch(t -> t.tasks().isEmpty())) {
      List<String> lines = new ArrayList<>(List.of("nothing can be learned from the prior runs; take others, or none"));
      tasks.forEach((phase, t) -> t.leftOut().forEach(l -> lines.add("prior run '" + l.name() + "', phase '" + phase + "': " + l.reason())));
      throw new InputException(lines);
    }
    return tasks.entrySet().stream()
        .filter(e -> !e.getKey().equals("module"))
        .flatMap(e -> e.getValue().tasks().stream())
        .filter(t -> !t.notes().isEmpty())
        .map(t -> "prior task '" + t.name() + "': " + String.join("; ", t.notes()))
        .toList();
  }

  /// The lines that say why tasks can not be translated.
  /// @param mend how to ask for the shared parameters alone, after each line that tells to
  static List<String> problems(IllegalArgumentException e, String mend) {
    return String.valueOf(e.getMessage()).lines().distinct().map(line -> line.endsWith(PriorTasks.ASK) ? line + mend : line).toList();
  }

  /// The tasks, where there are any.
  static Optional<PriorTasks> useful(PriorTasks tasks) {
    return tasks.tasks().isEmpty() ? Optional.empty() : Optional.of(tasks);
  }
}
