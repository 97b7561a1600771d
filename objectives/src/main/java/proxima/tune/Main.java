package proxima.tune;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.cli.Command;
import proxima.cli.Commands;
import proxima.history.ImportHistoryCommand;
import proxima.history.NamedLayout;

/// The command line of tuning, without the benchmarks.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.in, System.out, System.err));
  }

  /// Runs one command line.
  /// @return the exit code
  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    return new Commands(commands()).run(arguments, in, out, err);
  }

  /// The commands by name, in the order of the help.
  public static Map<String, Command> commands() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("tune", new TuneCommand());
    commands.put("worker", new WorkerCommand());
    commands.put("resume", new ResumeCommand());
    commands.put("status", new StatusCommand());
    commands.put("report", new ReportCommand());
    commands.put("export", new ExportCommand());
    commands.put("import-history", importHistory(NamedLayout.all()));
    commands.put("learn-space", new LearnSpaceCommand());
    commands.put("transfer", new TransferCommand());
    commands.put("verify", new VerifyCommand());
    commands.put("check", new CheckCommand());
    commands.put("study", new StudyCommand());
    return commands;
  }

  /// The command that imports histories.
  /// @param layouts that it knows
  public static Command importHistory(List<NamedLayout> layouts) {
    return new ImportHistoryCommand(layouts, file -> SpaceFile.read(file).space());
  }
}
