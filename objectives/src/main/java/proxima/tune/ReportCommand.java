package proxima.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.report.ReportData;

/// `report RUN`: writes the report anew, from what the run has recorded so far.
final class ReportCommand implements Command {

  private static final String OUT = "--out";
  private static final String BESIDE = "--beside";

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Writes report.html and its pictures anew, from what the run has recorded so far; of a run in a store from any host, while it runs.");
    StoreOptions.describe(spec);
    spec.addOption(OptionSpec.builder(OUT).paramLabel("DIR").type(Path.class).description("Where the folder of a run in a store is made, if there is none yet. Default: runs/NAME.").build());
    spec.addOption(
        OptionSpec.builder(BESIDE).paramLabel("RUN").type(Path.class).description("Another run to compare the search with, such as the same without --prior: how many trials each took to its losses.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    if (arguments.hasMatchedPositional(0) && arguments.hasMatchedOption(OUT)) {
      throw new InputException(OUT + ": is where the folder of a run in a store is made; leave it out, as the report of " + RunFolder.of(arguments).path() + " is written there");
    }
    Path out = arguments.matchedOptionValue(OUT, Path.of("runs", arguments.matchedOptionValue("--study", "")));
    try (StoreOptions.Source source = StoreOptions.source(arguments, Optional.of(out))) {
      RunFolder folder = source.folder();
      RunRecord record = RunRecord.read(folder, source.read());
      write(folder, record, arguments.hasMatchedOption(BESIDE) ? Optional.of(other(record.config(), new RunFolder(arguments.matchedOptionValue(BESIDE, Path.of(""))))) : Optional.empty());
      terminal.say(folder.report().toString());
      terminal.answer(Json.object().put("report", folder.report().toString()));
      return Exit.DONE;
    }
  }

  private static void write(RunFolder folder, RunRecord record, Optional<ReportData.Other> other) {
    try {
      RunReport.write(folder, record, other);
    } catch (IOException e) {
      throw new InputException(folder.report() + ": can not be written: " + IoFault.text(e) + "; make room or let yourself write there, or take a copy of the folder");
    }
  }

  private static ReportData.Other other(RunConfig here, RunFolder folder) {
    return RunReport.other(here, folder, RunRecord.read(folder, folder.look()));
  }
}
