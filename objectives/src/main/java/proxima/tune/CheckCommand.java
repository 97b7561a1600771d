package proxima.tune;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.Terminal;

/// `check KIND`: whether what transfer rests on holds for a configuration's networks.
final class CheckCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description("Checks what transfer rests on, for the networks of a configuration at scales of your choice. Each kind has --help.")
        .footer("", "Examples: ./proxima check coordinates examples/quickstart.yaml", "          ./proxima check transfer examples/quickstart.yaml --widths 32,64,128");
  }

  @Override
  public Map<String, Command> commands() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("coordinates", new CheckCoordinatesCommand());
    commands.put("transfer", new CheckTransferCommand());
    commands.put("sharpness", new CheckSharpnessCommand());
    commands.put("optimizers", new CheckOptimizersCommand());
    return commands;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    terminal.note("proxima: check: needs a kind: " + String.join(", ", commands().keySet()) + ", such as: ./proxima check coordinates CONFIG");
    return Exit.BAD_INPUT;
  }
}
