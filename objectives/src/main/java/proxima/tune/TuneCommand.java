package proxima.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Terminal;

/// `tune CONFIG`: runs a configuration; goes on with it where its run folder holds it already.
final class TuneCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Tunes a network's hyperparameters: the global values, then factors on them for each module, then the best few again with fresh seeds.",
            "The same command again goes on with a run that was stopped.")
        .footer("", "Example: ./proxima tune examples/quickstart.yaml");
    spec.addPositional(
        PositionalParamSpec.builder().index("0").paramLabel("CONFIG").type(Path.class).required(true).description("The configuration, a YAML file; see examples/.").build());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).description("The run folder. Default: runs/NAME, NAME being the configuration's.").build());
    spec.addOption(PriorOptions.prior("Earlier runs to learn from: run folders, files of learn-space, task histories. Default: the configuration's."));
    spec.addOption(PriorOptions.shared());
    EngineOptions.describe(spec);
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    Path file = arguments.matchedPositionalValue(0, Path.of(""));
    Optional<EngineOptions> engine = EngineOptions.of(arguments);
    RunConfig config = RunConfigReader.readToTrain(file);
    RunFolder folder = new RunFolder(arguments.matchedOptionValue("--out", Path.of("runs", config.name())));
    if (engine.isEmpty()) {
      RunConfigReader.checkRunnable(file, config);
    } else {
      RunConfigReader.checkUnwatched(file, config);
    }
    Optional<PriorConfig> given = PriorOptions.of(arguments);
    Optional<PriorConfig> wanted = given.or(config::prior).filter(_ -> given.isPresent() || !folder.holds(file));
    Optional<Prior> prior = wanted.map(PriorSources::read).map(Prior::of);
    List<String> notes = prior.map(p -> p.check(new Experiment(config))).orElse(List.of());
    folder.check(file, prior);
    notes.forEach(note -> terminal.note("proxima: " + note));
    if (config.store().isPresent() && !folder.holds(file)) {
      Session.begin(file, config, prior, terminal);
    }
    folder.create(file, prior);
    return Session.run(folder, engine, terminal);
  }
}
