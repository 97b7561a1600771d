package proxima.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.objective.EditDistance;

/// The cluster that evaluates the trials of a run: `--engine spark --master URL`.
record EngineOptions(Engine engine, String master) {

  private static final String ENGINE = "--engine";
  private static final String MASTER = "--master";

  /// Engines that there are, whether built in or not.
  private static final List<String> KNOWN = List.of("spark");

  static void describe(CommandSpec spec) {
    spec.addOption(OptionSpec.builder(ENGINE).paramLabel("ENGINE").type(String.class)
        .description("Run trials on a cluster: spark, where it is built in (PROXIMA_PROFILES=spark). Outcomes are told as they end. Default: in this process. Not part of the run: resumed without it, a run goes on here.").build());
    spec.addOption(OptionSpec.builder(MASTER).paramLabel("URL").type(String.class).description("Where the cluster is: spark://HOST:PORT, or local[N] for N trials at once in this process.").build());
  }

  /// Empty where trials run in this process.
  /// @throws InputException if there is no such engine, or one option is given without the other
  static Optional<EngineOptions> of(ParseResult arguments) {
    if (arguments.hasMatchedOption(ENGINE) != arguments.hasMatchedOption(MASTER)) {
      throw new InputException("give both " + ENGINE + " and " + MASTER + ", as in " + ENGINE + " spark " + MASTER + " spark://HOST:7077, or neither");
    }
    return arguments.hasMatchedOption(ENGINE) ? Optional.of(new EngineOptions(engine(arguments.matchedOptionValue(ENGINE, "")), arguments.matchedOptionValue(MASTER, ""))) : Optional.empty();
  }

  private static Engine engine(String name) {
    if (!KNOWN.contains(name)) {
      throw new InputException(ENGINE + ": no engine '" + name + "'" + EditDistance.hint(name, KNOWN) + "; there are " + String.join(", ", KNOWN));
    }
    return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(e -> e.name().equals(name)).findFirst()
        .orElseThrow(() -> new InputException(ENGINE + ": " + name + " is not built in; build it in by the environment variable PROXIMA_PROFILES=" + name + ", as in: PROXIMA_PROFILES=" + name + " ./proxima tune ..."));
  }

  /// The options, as a command line that goes on with the run has them.
  String given() {
    return " " + ENGINE + " " + engine.name() + " " + MASTER + " " + master;
  }

  Cluster connect(RunConfig config, Path folder, Terminal terminal) throws InterruptedException {
    return engine.connect(master, config.workers(), folder, terminal);
  }
}
