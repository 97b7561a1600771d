package proxima.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import proxima.cli.InputException;
import proxima.cli.RunFailedException;
import proxima.gp.Threads;
import proxima.module.GlobalSpace;
import proxima.module.ModuleSpace;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Evaluation;
import proxima.strategy.InitialDesign;
import proxima.strategy.Knowledge;
import proxima.strategy.Recommendation;
import proxima.strategy.Strategy;
import proxima.study.EarlyStopping;
import proxima.study.Journal;
import proxima.study.Study;
import proxima.study.Trial;

/// The phases of a tuning run on its journal: each goes on where the journal ends, so that a run can be stopped at any moment and opened again.
///
/// 1. `global`: the global values, from a design over their whole range.
/// 2. `module`: the factors, around the best global values, whose own outcome is told as a warm start.
/// 3. `select`: the best few again, with fresh seeds; the posterior mean over all of it recommends one.
/// 4. `confirm`: the default, the best global and the recommended setting, with further fresh seeds.
///
/// A run without modules has `search` instead of the first two and confirms `best` alone.
final class TuningRun {

  /// The phases that search.
  static final List<String> SEARCHES = List.of("global", "module", "search");

  /// What a run without modules confirms.
  private static final List<String> PLAIN_NAMES = List.of("best");

  /// Initial points of the global phase: a few for each dimension, as it is small.
  private static final int GLOBAL_DESIGN = 5;
  /// Initial points of the per-module phase.
  private static final int MODULE_DESIGN = 12;
  /// The per-module phase starts within two octaves of the best global values.
  private static final double MODULE_RADIUS = 2 * StrategyChoice.OCTAVE;

  private final Experiment experiment;
  private final Journal journal;
  private final RunConfig config;
  private final Optional<Prior> prior;

  /// @param prior what the phases that search learn from
  TuningRun(Experiment experiment, Journal journal, Optional<Prior> prior) {
    this.experiment = experiment;
    this.journal = journal;
    this.prior = prior;
    this.config = experiment.config();
  }

  /// Runs what is left of all phases.
  /// @throws InputException if trials fail from the first on, as where the user's command does not work
  /// @throws RunFailedException if no trial of a phase finished, so that there is nothing to go on from
  RunResult run(Objective objective, Progress progress) throws InterruptedException {
    try (Runner runner = new OwnRunner(objective, config.workers(), OwnRunner.Order.ASKED, progress)) {
      return run(runner);
    }
  }

  /// The same, on workers given.
  RunResult run(Runner runner) throws InterruptedException {
    return switch (config.space()) {
      case SpaceConfig.PerModule space -> perModule(space, runner);
      case SpaceConfig.Plain space -> plain(space, runner);
    };
  }

  private RunResult perModule(SpaceConfig.PerModule space, Runner runner) throws InterruptedException {
    Global global = global(space, runner);
    ModuleSpace modules = experiment.moduleSpace(space, global.best().hyperparameters());
    Configuration centre = modules.space().decode(Point.centre(modules.space().dimension()));
    InitialDesign design = InitialDesign.around(Point.centre(modules.space().dimension()), MODULE_RADIUS, Math.min(MODULE_DESIGN, config.budget().perModule()));
    Optional<PriorTasks> known = prior.map(p -> p.module(experiment, space, global.best().hyperparameters()));
    try (Study study = open("module", modules.space(), StrategyChoice.of(config.strategy()), design, known, Hints.NONE)) {
      global.outcome().ifPresent(outcome -> begin(study, centre, outcome));
      Function<Configuration, Setting> setting = c -> new Setting(global.best().hyperparameters(), modules.factors(c));
      runner.run("module", study, config.budget().perModule(),
          t -> experiment.job("module-" + t.number(), t.configuration(), setting.apply(t.configuration()), config.scale(t), config.seeds().search()), monitors(study));
      requireFinished("module", study);
      Configuration best =
          select(study, runner, (id, c, seed) -> experiment.job(id, c, setting.apply(c), config.scale(), seed));
      Configuration recommended = merged(global.natural(), best);
      Comparison settings = new Comparison(new Setting(config.defaults(), modules.factors(centre)), setting.apply(centre), setting.apply(best));
      Map<String, Losses> losses =
          confirm(Comparison.NAMES, recommended, runner, (id, name, seed) -> experiment.job(id, best, settings.of(name), config.scale(), seed));
      return result(losses, recommended, Optional.of(settings.perModule()), Optional.of(settings.global()));
    }
  }

  /// The global values adopted are the study's first trial.
  /// @throws InputException if it was begun around others
  private static void begin(Study study, Configuration centre, Outcome outcome) {
    if (study.trials().stream().anyMatch(t -> !t.asked() && !t.outcome().equals(Optional.of(outcome)))) {
      throw new InputException(
          "phase '" + study.name() + "': was begun around other global values than this program finds on the trials before, so that it is another than the one that began the run; go on with that one, or tune again");
    }
    study.add(centre, outcome);
  }

  /// @param best the best global values
  /// @param outcome what came of them in the global phase; empty where they were not tried
  /// @param natural the same, by name
  private record Global(Setting best, Optional<Outcome> outcome, Configuration natural) {}

  private Global global(SpaceConfig.PerModule space, Runner runner) throws InterruptedException {
    ModuleSpace modules = experiment.moduleSpace(space, config.defaults());
    var factors = modules.factors(modules.space().decode(Point.centre(modules.space().dimension())));
    if (space.global().isEmpty() || config.budget().global() == 0) {
      return new Global(new Setting(config.defaults(), factors), Optional.empty(), new Configuration(Map.of()));
    }
    GlobalSpace global = new GlobalSpace(space.global());
    InitialDesign design = InitialDesign.cube(Math.min(config.budget().global(), GLOBAL_DESIGN + 2 * (space.global().size() - 1)));
    // The global phase is Bayesian whatever strategy the modules are given to: rivals start from the same global values.
    Optional<PriorTasks> known = prior.map(p -> p.global(experiment, space));
    try (Study study = open("global", global.space(), StrategyChoice.GP, design, known, space.hints())) {
      runner.run("global", study, config.budget().global(),
          t -> experiment.job("global-" + t.number(), t.configuration(), new Setting(global.values(t.configuration(), config.defaults()), factors), config.scale(t), config.seeds().global(t.number())), monitors(study));
      requireFinished("global", study);
      Evaluation best = best(study.knowledge()).orElseThrow();
      Configuration values = study.space().decode(best.point());
      return new Global(new Setting(global.values(values, config.defaults()), factors), best.outcome(), global.natural(values));
    }
  }

  private RunResult plain(SpaceConfig.Plain space, Runner runner) throws InterruptedException {
    InitialDesign design = InitialDesign.of(space.space(), config.budget().global());
    Optional<PriorTasks> known = prior.map(p -> p.search(space.space()));
    try (Study study = open("search", space.space(), StrategyChoice.of(config.strategy()), design, known, space.hints())) {
      runner.run("search", study, config.budget().global(), t -> experiment.job("search-" + t.number(), t.configuration(), config.scale(t), config.seeds().search()), monitors(study));
      requireFinished("search", study);
      Configuration best = select(study, runner, (id, c, seed) -> experiment.job(id, c, config.scale(), seed));
      Map<String, Losses> losses = confirm(PLAIN_NAMES, best, runner, (id, name, seed) -> experiment.job(id, best, config.scale(), seed));
      return result(losses, best, Optional.empty(), Optional.empty());
    }
  }

  private interface JobMaker<T> {
    Job job(String id, T what, long seed);
  }

  /// Trains the finalists again, each with fresh seeds, and recommends one of them by posterior mean over all that is known.
  private Configuration select(Study study, Runner runner, JobMaker<Configuration> maker) throws InterruptedException {
    Selection selection = Selection.of(study.knowledge(), config.budget());
    int count = selection.trainings();
    if (count == 0) {
      return selection.best(List.of()).orElseThrow();
    }
    try (Study select = JobList.open(journal, "select", count, config.seed(), selection.configurations())) {
      runner.run("select", select, count, t -> {
        int i = JobList.index(t);
        return maker.job("select-" + i, selection.configuration(i), config.seeds().select(i % selection.seeds()));
      });
      return selection.best(select.trials()).orElseThrow();
    }
  }

  /// Trains each setting with the same fresh seeds, none of which any search has seen.
  /// @param recommended from which all of them follow
  private Map<String, Losses> confirm(List<String> names, Configuration recommended, Runner runner, JobMaker<String> maker) throws InterruptedException {
    int seeds = config.budget().seeds();
    int count = names.size() * seeds;
    try (Study confirm = JobList.open(journal, "confirm", count, config.seed(), List.of(recommended))) {
      runner.run("confirm", confirm, count, t -> {
        int i = JobList.index(t);
        return maker.job("confirm-" + i, names.get(i / seeds), config.seeds().confirm(i % seeds));
      });
      return Losses.of(confirm.trials(), names, seeds);
    }
  }

  /// The settings that a run confirms, the recommended one last.
  static List<String> settings(RunConfig config) {
    return config.space() instanceof SpaceConfig.Plain ? PLAIN_NAMES : Comparison.NAMES;
  }

  /// The best trial by posterior mean; empty where none has finished.
  static Optional<Evaluation> best(Knowledge known) {
    return Recommendation.best(known, 1).stream().findFirst().map(known.evaluations()::get);
  }

  private Study open(String phase, SearchSpace space, StrategyChoice choice, InitialDesign design, Optional<PriorTasks> known, Hints hints) {
    Optional<PriorTasks> useful = known.flatMap(Prior::useful);
    String learned = useful.flatMap(_ -> prior).map(p -> ", " + p.label()).orElse("");
    String label = choice.label(design) + hints.label() + config.stopping().map(rule -> ", " + rule).orElse("") + learned;
    Strategy strategy = useful.map(tasks -> choice.learning(tasks, design, hints)).orElseGet(() -> choice.strategy(space, design, Threads.available(), hints));
    EarlyStopping stopping = config.stopping().isPresent() ? new Steady(config.stopping().get(), config.workers()) : EarlyStopping.NONE;
    return Study.open(journal, phase, space, strategy, stopping, label, config.seed());
  }

  /// Losses on the way are reported where that may end a training.
  private Function<Trial, Monitor> monitors(Study study) {
    return config.stopping().isPresent() ? t -> (step, loss) -> study.report(t.number(), step, loss) : _ -> Monitor.NONE;
  }

  private static void requireFinished(String phase, Study study) {
    if (study.best().isEmpty()) {
      String last =
          study.trials().reversed().stream().flatMap(t -> t.outcome().stream()).findFirst().map(Outcome::brief).orElse("there was none");
      String text = "phase '" + phase + "': none of " + study.trials().size() + " trials was trained to its end; the last one: " + last;
      throw study.knowledge().informative() == 0 ? new InputException(text) : new RunFailedException(text);
    }
  }

  private static Configuration merged(Configuration a, Configuration b) {
    Map<String, Value> values = new LinkedHashMap<>(a.values());
    values.putAll(b.values());
    return new Configuration(values);
  }

  private RunResult result(Map<String, Losses> losses, Configuration best, Optional<Setting> setting, Optional<Setting> global) {
    return new RunResult(config.name(), losses, best, setting, global);
  }
}
