package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.ScaleOption;
import proxima.cli.Terminal;
import proxima.cli.WholeFile;
import proxima.module.Network;
import proxima.scaling.Caveats;
import proxima.scaling.Scale;
import proxima.scaling.ScaledSettings;
import proxima.scaling.ScalingTable;
import proxima.scaling.SettingsFormat;
import proxima.scaling.SettingsJson;

/// `transfer SOURCE --to SCALE`: a run's recommendation, or the values of a file, for a model of another scale.
final class TransferCommand implements Command {

  private static final String SETTING = "--setting";
  /// A run's base is its source: the values of a recommendation are those there.
  private static final ScaleOption TO = new ScaleOption("--to", "The target; what is left out stays as in the source, of a run as at its base", true);
  private static final String FORMATS = Arrays.stream(SettingsFormat.values()).map(SettingsFormat::id).collect(Collectors.joining(", "));

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description("Prints the hyperparameters of every module of a larger model: a finished run's recommendation, or the values of a settings file, moved through the scaling map.")
        .footer(
            "",
            "Examples: ./proxima transfer runs/quickstart --to width=256,depth=4,batch=2048,tokens=800000",
            "          ./proxima transfer examples/settings.yaml --to width=256,depth=8,batch=2048,tokens=1638400 --format json");
    spec.addPositional(
        PositionalParamSpec.builder().index("0").paramLabel("SOURCE").type(Path.class).required(true).description("A run folder, or a settings file (see examples/settings.yaml).").build());
    spec.addOption(TO.spec());
    spec.addOption(OptionSpec.builder("--format").paramLabel("FORMAT").type(String.class).description("One of " + FORMATS + ". Default: table; with --json: json.").build());
    spec.addOption(OptionSpec.builder(SETTING).paramLabel("NAME").type(String.class).description("Of a run: perModule, global or default. Default: perModule, the recommended one.").build());
    spec.addOption(
        OptionSpec.builder("--modules")
            .paramLabel("FILE")
            .type(Path.class)
            .description("The target's own modules file, instead of the source's modules widened and repeated.")
            .build());
    spec.addOption(OptionSpec.builder("-o", "--output").paramLabel("FILE").type(Path.class).description("Where to write. Default: standard output.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    String id = arguments.matchedOptionValue("--format", terminal.json() ? "json" : "table");
    SettingsFormat format =
        SettingsFormat.of(id).orElseThrow(() -> new InputException("--format: '" + id + "' is not one of " + FORMATS));
    ScaledSettings settings = settings(arguments, terminal);
    write(arguments, terminal, text(format, settings));
    terminal.answer(SettingsJson.of(settings));
    return Exit.DONE;
  }

  private static String text(SettingsFormat format, ScaledSettings settings) {
    try {
      return format.write(settings);
    } catch (IllegalArgumentException e) {
      throw new InputException("--format: " + e.getMessage());
    }
  }

  private static ScaledSettings settings(ParseResult arguments, Terminal terminal) {
    Path source = arguments.matchedPositionalValue(0, Path.of(""));
    if (!Files.isDirectory(source)) {
      MapFile file = MapFile.read(source);
      Scale to = TO.read(arguments, file.scale());
      Caveats.of(file.rule().table(), file.scale(), to).ifPresent(c -> terminal.note("proxima: beware: " + c));
      return arguments.hasMatchedOption("--modules") ? file.at(to, own(arguments, file.rule().table(), file.architecture().at(file.scale()), terminal)) : file.at(to);
    }
    RunFolder folder = new RunFolder(source);
    RunConfig config = folder.read();
    // Of a text it matters how many symbols it had, which was noted.
    if (config.objective() instanceof ObjectiveConfig.Command) {
      folder.checkData(config);
    }
    Experiment experiment = new Experiment(config);
    Scale to = TO.read(arguments, experiment.config().base());
    Caveats.of(experiment.config().rule().table(), experiment.config().base(), to).ifPresent(c -> terminal.note("proxima: beware: " + c));
    Setting setting = setting(arguments, folder, experiment);
    return arguments.hasMatchedOption("--modules")
        ? experiment.settings(setting, to, own(arguments, experiment.config().rule().table(), experiment.network(experiment.config().base()), terminal))
        : experiment.settings(setting, to);
  }

  private static Setting setting(ParseResult arguments, RunFolder folder, Experiment experiment) {
    String name = arguments.matchedOptionValue(SETTING, "perModule");
    return switch (name) {
      case "perModule" -> ResultFile.setting(folder);
      case "global" -> ResultFile.global(folder);
      case "default" -> new Setting(experiment.config().defaults(), ResultFile.global(folder).factors());
      default -> throw new InputException(SETTING + ": '" + name + "' is not one of " + String.join(", ", Comparison.NAMES));
    };
  }

  /// The target's own modules, with a note of what is not known to transfer to them.
  private static Network own(ParseResult arguments, ScalingTable table, Network base, Terminal terminal) {
    Network own = ModulesFile.read(arguments.matchedOptionValue("--modules", Path.of("")));
    Caveats.of(table, base, own).forEach(c -> terminal.note("proxima: beware: " + c));
    return own;
  }

  private static void write(ParseResult arguments, Terminal terminal, String text) {
    Path file = arguments.matchedOptionValue("--output", Path.of(""));
    if (file.toString().isEmpty()) {
      terminal.say(text.stripTrailing());
      return;
    }
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new InputException(file + ": can not be written: " + IoFault.text(e));
    }
  }
}
