package proxima.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command of the command line.
public interface Command {

  /// Adds the command's options, parameters and help to its specification.
  void describe(CommandSpec spec);

  /// Does the work.
  /// @return the exit code
  int run(ParseResult arguments, Terminal terminal) throws InterruptedException;

  /// Whether its standard output is JSON without being asked.
  default boolean isJsonAlways() {
    return false;
  }
}
