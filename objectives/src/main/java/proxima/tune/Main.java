package proxima.tune;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.study.JournalException;

/// The command line.
public final class Main {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int INTERRUPTED = 130;

  /// Whether standard error is a terminal: the launcher knows, Java does not.
  private static final boolean INTERACTIVE = Boolean.getBoolean("proxima.terminal");

  private static final Map<String, Command> COMMANDS = commands();

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.in, System.out, System.err));
  }

  /// Runs one command line.
  /// @return the exit code
  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    CommandSpec root = CommandSpec.create().name("proxima").mixinStandardHelpOptions(true).version(Version.lines());
    root.usageMessage()
        .description("Tunes hyperparameters per module on a small proxy and transfers them to a larger model.")
        .footer("", "Each command has --help.");
    COMMANDS.forEach((name, command) -> root.addSubcommand(name, specification(root, command, in, out, err)));
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8)).setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    if (arguments.length == 0) {
      line.usage(err);
      return BAD_INPUT;
    }
    return line.execute(arguments);
  }

  private static Map<String, Command> commands() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("tune", new TuneCommand());
    commands.put("resume", new ResumeCommand());
    commands.put("status", new StatusCommand());
    commands.put("report", new ReportCommand());
    commands.put("transfer", new TransferCommand());
    commands.put("verify", new VerifyCommand());
    commands.put("study", new StudyCommand());
    return commands;
  }

  private static CommandSpec specification(CommandSpec root, Command command, InputStream in, PrintStream out, PrintStream err) {
    Callable<Integer> call = () -> {
      ParseResult arguments = root.commandLine().getParseResult().subcommand();
      return guarded(command, arguments, new Terminal(in, out, err, arguments.matchedOptionValue("--json", false), INTERACTIVE));
    };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(call).mixinStandardHelpOptions(true);
    command.describe(spec);
    // A study's standard output is JSON always.
    if (!(command instanceof StudyCommand)) {
      spec.addOption(OptionSpec.builder("--json").type(boolean.class).arity("0").description("Print one JSON object as the last line of standard output.").build());
    }
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(Integer.toString(DONE), "done");
    codes.put(Integer.toString(FAILED), "the work failed, such as a run in which no trial finished");
    codes.put(Integer.toString(BAD_INPUT), "bad input; each line on standard error says what to mend");
    codes.put(Integer.toString(INTERRUPTED), "stopped by Ctrl-C; what was done is kept");
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    return spec;
  }

  private static int guarded(Command command, ParseResult arguments, Terminal terminal) {
    try {
      return command.run(arguments, terminal);
    } catch (InputException e) {
      e.problems().forEach(p -> terminal.note("proxima: " + p));
      return BAD_INPUT;
    } catch (JournalException e) {
      terminal.note("proxima: " + e.getMessage());
      return BAD_INPUT;
    } catch (RunFailedException e) {
      terminal.note("proxima: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    } catch (RuntimeException e) {
      terminal.note("proxima: internal error: " + e + "; please report it with the stack trace that PROXIMA_JAVA_FLAGS=-Dproxima.debug=true prints");
      if (Boolean.getBoolean("proxima.debug")) {
        e.printStackTrace(terminal.err());
      }
      return FAILED;
    }
  }
}
