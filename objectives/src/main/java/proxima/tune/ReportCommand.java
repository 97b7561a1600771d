package proxima.tune;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.study.SqliteJournal;

/// `report RUN`: writes the report anew, from what the run has recorded so far.
final class ReportCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Writes report.html and its pictures anew, from what the run has recorded so far.");
    spec.addPositional(RunFolder.parameter());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    RunFolder folder = RunFolder.of(arguments);
    RunConfig config = folder.read();
    try (SqliteJournal journal = SqliteJournal.open(folder.journal())) {
      RunRecord record = RunRecord.read(folder, config, journal);
      RunReport.write(folder, record);
      terminal.say(folder.report().toString());
      terminal.answer(Json.object().put("report", folder.report().toString()));
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(folder.report() + ": can not be written: " + e.getMessage());
    }
  }
}
