package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.Comparator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.chart.Format;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.objective.Objective;
import proxima.train.Device;

/// `worker --store STORE --study RUN`: joins a run from any host.
final class WorkerCommand implements Command {

  private static final String WORKERS = "--workers";
  private static final String DEVICE = "--device";

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Joins a run that was begun with `store:` in its configuration, from any host, and works on its trials until it is finished.",
            "Stopped by SIGTERM or Ctrl-C it takes no more trials, lets those that run end within some seconds, and hands the rest back. What a killed worker held is taken over by others half a minute later.",
            "Files that the configuration names must lie at the same paths on every host.")
        .footer("", "Example: ./proxima worker --store postgresql://tuning@db.example.org/proxima --study cluster --workers 4");
    spec.addOption(StoreOptions.store(true));
    spec.addOption(StoreOptions.study(true));
    spec.addOption(OptionSpec.builder(WORKERS).paramLabel("N").type(int.class).description("Trainings at once. Default: the configuration's.").build());
    spec.addOption(OptionSpec.builder(DEVICE).paramLabel("DEVICE").type(String.class).description("Where they run: auto, cpu, gpu, or gpu:K of several. Default: the configuration's.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what was told is kept, and others take the rest"));
        TemporaryFolder folder = TemporaryFolder.make();
        RunStore store = StoreOptions.open(arguments, (name, run) -> RunStore.open(name, run, terminal))) {
      RunFolder run = new RunFolder(folder.path());
      RunDescription description = store.description();
      run.create(description);
      RunConfig config = on(arguments, run.readElsewhere(store.where() + ", configuration"));
      int workers = CheckSource.count(arguments, WORKERS, config.workers(), 1, 256);
      Experiment experiment = new Experiment(config);
      Objective objective = objective(arguments, experiment, run, store);
      description.checkData(config, store.where() + " can not be worked on from here");
      Tallying progress = new Tallying(terminal);
      try (Worker worker = Worker.joining(store);
          Runner runner = worker.runner(objective, workers, progress)) {
        String device = experiment.runsOn().map(d -> ", " + d).orElse("");
        terminal.note(
            "proxima: worker " + worker.name() + " (proxima " + Version.PROXIMA + device + ", " + Format.count(Runtime.getRuntime().availableProcessors(), "processor") + ") joins " + store.where() + ", "
                + Format.count(workers, "training") + " at once");
        RunResult result = new TuningRun(experiment, store, run.readPrior()).run(runner);
        String best = result.losses().values().stream().flatMap(l -> l.estimate().stream()).map(Estimate::mean).min(Comparator.naturalOrder()).map(mean -> ", best loss " + Format.loss(mean)).orElse("");
        terminal.say(store.where() + " is finished" + best + "; this worker told " + progress.told() + " of its trials");
        ObjectNode answer = Json.object().put("study", config.name()).put("worker", worker.name()).put("told", progress.told()).put("seconds", progress.seconds());
        terminal.answer(answer);
        return Exit.DONE;
      } finally {
        if (progress.failed() > 0 && Files.exists(run.jobs())) {
          folder.keep();
          terminal.note("proxima: the logs of trials that failed are kept in " + run.jobs());
        }
      }
    } catch (IllegalArgumentException e) {
      throw new InputException("--study: " + e.getMessage());
    }
  }

  private static Objective objective(ParseResult arguments, Experiment experiment, RunFolder run, RunStore store) {
    try {
      return experiment.objective(run);
    } catch (IllegalArgumentException e) {
      if (arguments.hasMatchedOption(DEVICE)) {
        throw new InputException(DEVICE + ": " + e.getMessage());
      }
      boolean isCommand = experiment.config().objective() instanceof ObjectiveConfig.Command;
      throw new InputException(
          store.where() + " can not be worked on from here: " + e.getMessage() + (isCommand ? RunFolder.SAME_PATHS : "; give this worker another with " + DEVICE));
    }
  }

  private static RunConfig on(ParseResult arguments, RunConfig config) {
    if (!arguments.hasMatchedOption(DEVICE)) {
      return config;
    }
    try {
      String device = arguments.matchedOptionValue(DEVICE, "");
      Device.of(device);
      return config.withObjective(config.objective().withDevice(device));
    } catch (IllegalArgumentException e) {
      throw new InputException(DEVICE + ": " + e.getMessage());
    }
  }
}
