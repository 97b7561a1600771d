package proxima.tune;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Terminal;

/// `resume RUN`: goes on with a run that was stopped.
final class ResumeCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Goes on with a run that was stopped, as if it never had been. A finished run is left as it is.");
    spec.addPositional(RunFolder.parameter());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    return Session.run(RunFolder.of(arguments), terminal);
  }
}
