package proxima.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.RunFailedException;
import proxima.cli.Terminal;
import proxima.objective.Objective;
import proxima.scaling.Caveats;
import proxima.study.JournalException;
import proxima.study.SqliteJournal;

/// One sitting of a run in its folder: from wherever it stands to its end, its result and its report.
final class Session {

  private Session() {}

  /// @param engine whose cluster evaluates the trials; empty for this process
  /// @return the exit code
  static int run(RunFolder folder, Optional<EngineOptions> engine, Terminal terminal) throws InterruptedException {
    RunConfig config = folder.read();
    folder.checkData(config);
    Caveats.of(config.rule().table(), config.base(), config.scale()).ifPresent(c -> terminal.note("proxima: beware: " + c));
    String command = "./proxima resume " + folder.path() + engine.map(EngineOptions::given).orElse("");
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what was told is kept. Go on with: " + command));
        FolderLock _ = FolderLock.take(folder.path());
        TrialLog log = new TrialLog(folder.log())) {
      Progress progress = new ConsoleProgress(terminal, log);
      RunResult result = result(folder, config, engine, progress, terminal);
      RunRecord record = RunRecord.read(folder, config);
      ResultFile.write(folder.result(), result, record.tally());
      RunReport.write(folder, record);
      print(folder, config.objective(), result, record.tally(), terminal);
      terminal.answer(ResultFile.summary(result, record.tally()));
      return Exit.DONE;
    } catch (IllegalArgumentException e) {
      throw new InputException(folder.config() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new InputException(folder.path() + ": can not be written: " + IoFault.text(e) + (IoFault.isFull(e) ? "; free space, then: " : "; mend that, then: ") + command);
    }
  }

  private static RunResult result(RunFolder folder, RunConfig config, Optional<EngineOptions> engine, Progress progress, Terminal terminal) throws InterruptedException {
    try {
      return engine.isEmpty() ? here(folder, config, progress, terminal) : elsewhere(folder, config, engine.get(), progress, terminal);
    } catch (RunFailedException | InterruptedException e) {
      if (terminal.json()) {
        answer(folder, config, terminal);
      }
      throw e;
    }
  }

  /// How far a run came that ends without a result; nothing where its store is away by now.
  private static void answer(RunFolder folder, RunConfig config, Terminal terminal) {
    try {
      terminal.answer(ResultFile.summary(config.name(), RunRecord.read(folder, config).tally()));
    } catch (JournalException e) {
      terminal.note("proxima: " + e.getMessage());
    }
  }

  /// Begins a run in its store, before there is a folder of it.
  /// @throws InputException if there is another run of its name
  static void begin(Path configFile, RunConfig config, Optional<Prior> prior, Terminal terminal) {
    try (RunStore store = RunStore.open(config.store().orElseThrow(), config.name(), terminal)) {
      begin(store, RunDescription.of(configFile, prior).withData(config), config);
    } catch (IOException e) {
      throw new InputException(configFile + ": can not be read: " + IoFault.text(e));
    }
  }

  private static void begin(RunStore store, RunDescription run, RunConfig config) {
    store.begin(run);
    store.description().checkData(config, store.where());
  }

  private static RunResult here(RunFolder folder, RunConfig config, Progress progress, Terminal terminal) throws InterruptedException {
    Experiment experiment = new Experiment(config);
    Objective objective = experiment.objective(folder);
    return config.store().isPresent() ? shared(folder, experiment, objective, progress, terminal) : own(folder, experiment, objective, OwnRunner.Order.ASKED, progress);
  }

  private static RunResult elsewhere(RunFolder folder, RunConfig config, EngineOptions engine, Progress progress, Terminal terminal) throws InterruptedException {
    Experiment experiment = new Experiment(config);
    try (Cluster cluster = engine.connect(config, folder.path(), terminal)) {
      Objective objective = new ClusterObjective(cluster, folder.describe().withData(config).withoutPrior());
      return config.store().isPresent() ? shared(folder, experiment, objective, progress, terminal) : own(folder, experiment, objective, OwnRunner.Order.ENDED, progress);
    }
  }

  /// On the folder's own journal.
  private static RunResult own(RunFolder folder, Experiment experiment, Objective objective, OwnRunner.Order order, Progress progress) throws InterruptedException {
    try (SqliteJournal journal = folder.openJournal();
        Runner runner = new OwnRunner(objective, experiment.config().workers(), order, progress)) {
      return new TuningRun(experiment, journal, folder.readPrior()).run(runner);
    }
  }

  /// In a store, where others may join; this process leads.
  private static RunResult shared(RunFolder folder, Experiment experiment, Objective objective, Progress progress, Terminal terminal) throws InterruptedException {
    RunConfig config = experiment.config();
    try (RunStore store = RunStore.open(config.store().orElseThrow(), config.name(), terminal)) {
      begin(store, folder.describe().withData(config), config);
      try (Worker worker = Worker.leading(store, terminal);
          Runner runner = worker.runner(objective, config.workers(), progress)) {
        terminal.note("proxima: others join with: " + store.join());
        return new TuningRun(experiment, store, folder.readPrior()).run(runner);
      }
    }
  }

  private static void print(RunFolder folder, ObjectiveConfig objective, RunResult result, Tally tally, Terminal terminal) {
    String stopped = tally.stopped() == 0 ? "" : String.format(Locale.ROOT, "%d stopped early, about %.0f s saved, ", tally.stopped(), tally.saved());
    terminal.say(
        String.format(
            Locale.ROOT, "%s: %d trials, %s%d diverged, %d failed, %.0f s of training", result.study(), tally.trials(), stopped, tally.diverged(), tally.failed(), tally.seconds()));
    result.losses().forEach((name, l) -> terminal.say(String.format(Locale.ROOT, "  %-10s %s", name, l.text("fresh seed"))));
    String above = Experiment.above(objective);
    if (!above.isEmpty()) {
      terminal.say("  losses are " + objective.unit() + " above " + above);
    }
    objective.losses().ifPresent(losses -> terminal.say("  losses are " + losses));
    beware(result).ifPresent(text -> terminal.note("proxima: beware: " + text));
    terminal.say("  report     " + folder.report());
    if (result.setting().isPresent() && Double.isFinite(result.loss())) {
      terminal.say("  next       ./proxima transfer " + folder.path() + " --to width=...,depth=...,batch=...,tokens=...");
    }
  }

  /// What is wrong with the recommended setting, if anything: that it has no loss, or a higher one than another beyond what chance explains.
  static Optional<String> beware(RunResult result) {
    if (Double.isInfinite(result.loss())) {
      String instead = result.better().map(name -> "; transfer --setting " + name + " takes one that has").orElse("");
      return Optional.of("the recommended setting has no loss with any fresh seed; a larger budget.finalists, or narrower ranges in space, would find another" + instead);
    }
    return result.better().map(name ->
        "the " + name + " setting has a lower loss than the recommended one; a larger budget.perModule, or narrower ranges in space.perModule, would find better; transfer --setting " + name + " takes that one");
  }
}
