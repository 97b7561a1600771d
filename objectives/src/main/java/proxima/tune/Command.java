package proxima.tune;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command of the command line.
interface Command {

  /// Adds the command's options, parameters and help to its specification.
  void describe(CommandSpec spec);

  /// Does the work.
  /// @return the exit code
  int run(ParseResult arguments, Terminal terminal) throws InterruptedException;
}
