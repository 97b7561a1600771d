package proxima.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command of the command line.
public interface Command {

  /// Adds the command's options, parameters and help to its specification.
  void describe(CommandSpec spec);

  /// Does the work.
  /// @return the exit code
  int run(ParseResult arguments, Terminal terminal) throws InterruptedException;

  /// The commands below this one by name, in the order of the help. Where there are any, one of them must be given.
  default Map<String, Command> commands() {
    return Map.of();
  }

  /// Whether its standard output is JSON without being asked.
  default boolean isJsonAlways() {
    return false;
  }
}
