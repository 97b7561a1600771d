package proxima.tune;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Terminal;

/// `resume RUN`: goes on with a run that was stopped.
final class ResumeCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Goes on with a run that was stopped, as if it never had been. Of a finished run the result and the report are written anew.");
    spec.addPositional(RunFolder.parameter());
    EngineOptions.describe(spec);
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    Optional<EngineOptions> engine = EngineOptions.of(arguments);
    RunFolder folder = RunFolder.of(arguments);
    if (engine.isPresent()) {
      RunConfigReader.checkUnwatched(folder.config(), folder.read());
    }
    return Session.run(folder, engine, terminal);
  }
}
