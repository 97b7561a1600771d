package proxima.tune;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import proxima.cli.InputException;
import proxima.module.GlobalSpace;
import proxima.prior.PriorJson;
import proxima.prior.PriorRun;
import proxima.prior.PriorRuns;
import proxima.prior.ScaleContext;
import proxima.prior.Target;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// The readers of tuning runs, which are of their package alone, for tests that spoil their files.
public final class TuneReaders {

  private TuneReaders() {}

  /// A configuration, as far as `tune` reads it before it trains.
  public static void config(Path file) {
    RunConfigReader.read(file, file);
  }

  /// A settings file, and its values at its own scale.
  public static void settings(Path file) {
    MapFile map = MapFile.read(file);
    map.at(map.scale());
  }

  public static void modules(Path file) {
    ModulesFile.read(file);
  }

  public static void space(Path file) {
    SpaceFile.read(file);
  }

  /// A history or a file of `learn-space`, and what a run like each one learns from it.
  public static void prior(Path file) {
    PriorRuns runs = new PriorRuns(PriorSources.read(file).runs(), true);
    for (PriorRun run : runs.runs()) {
      try {
        switch (run) {
          case PriorRun.Plain p -> {
            ScaleContext.scale(p.history());
            runs.tasks(p.history().space());
          }
          case PriorRun.PerModule m -> m.phases().forEach((phase, trials) -> runs.tasks(Target.like(m, phase, trials)));
        }
      } catch (IllegalArgumentException e) {
        throw new InputException(Prior.problems(e, ""));
      }
    }
  }

  /// The result of the run in a file's folder.
  public static void result(Path file) {
    ResultFile.setting(new RunFolder(file.resolveSibling("")));
  }

  /// What a history says that knows its scale.
  public static Map<String, Value> context() {
    return ScaleContext.of(new Scale(64, 2, 1024, 204_800));
  }

  /// A file of `learn-space` with a run that tunes modules, and another.
  public static String prior(TaskHistory plain) {
    Path file = Path.of("..", "examples", "quickstart.yaml");
    RunConfig config = RunConfigReader.read(file, file);
    SpaceConfig.PerModule space = (SpaceConfig.PerModule) config.space();
    Experiment experiment = new Experiment(config);
    Map<PriorRun.Phase, PriorRun.Trials> phases = new LinkedHashMap<>();
    phases.put(PriorRun.Phase.GLOBAL, new PriorRun.Trials(config.defaults(), history(new GlobalSpace(space.global()).space())));
    phases.put(PriorRun.Phase.MODULE, new PriorRun.Trials(config.defaults(), history(experiment.moduleSpace(space, config.defaults()).space())));
    PriorRun modules = new PriorRun.PerModule("run", "runs/run", config.scale(), config.base(), config.rule(), experiment.network(config.base()), phases);
    return PriorJson.write(new PriorRuns(List.of(modules, new PriorRun.Plain("plain", "plain.json", plain)), false));
  }

  private static TaskHistory history(SearchSpace space) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<TaskHistory.Entry> entries = random.doubles(6)
        .mapToObj(loss -> new TaskHistory.Entry(space.decode(Point.of(random.doubles(space.dimension()).toArray())), Outcome.of(loss), 1)).toList();
    return new TaskHistory("run", space, Map.of(), entries);
  }
}
