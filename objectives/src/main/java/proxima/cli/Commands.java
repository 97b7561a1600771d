package proxima.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import proxima.objective.EditDistance;
import proxima.study.JournalException;

/// The command line: commands by name, in the order of the help.
public record Commands(Map<String, Command> commands) {

  /// Whether standard error is a terminal: the launcher knows, Java does not.
  private static final boolean INTERACTIVE = Boolean.getBoolean("proxima.terminal");

  private static final long MEGABYTE = 1L << 20;

  public Commands {
    commands = new LinkedHashMap<>(commands);
  }

  /// Runs one command line.
  /// @return the exit code
  public int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    CommandSpec root = CommandSpec.create().name("proxima").mixinStandardHelpOptions(true).version(Version.lines());
    root.usageMessage()
        .description("Tunes hyperparameters per module on a small proxy and transfers them to a larger model.")
        .footer("", "Each command has --help.");
    commands.forEach((name, command) -> root.addSubcommand(name, specification(root, command, in, out, err)));
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8)).setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, _) -> {
      line.getErr().println("proxima: " + misuse(e) + "; see ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
      return Exit.BAD_INPUT;
    });
    if (arguments.length == 0) {
      line.usage(err);
      return Exit.BAD_INPUT;
    }
    if (!arguments[0].startsWith("-") && !commands.containsKey(arguments[0])) {
      line.getErr().println("proxima: no command '" + arguments[0] + "'" + EditDistance.hint(arguments[0], commands.keySet()) + "; there are " + String.join(", ", commands.keySet()));
      return Exit.BAD_INPUT;
    }
    return line.execute(arguments);
  }

  /// What is wrong with a command line: first what is not known, since what is missing may be that, misspelt.
  private static String misuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    return command.getUnmatchedArguments().stream().findFirst()
        .map(unknown -> unknown.startsWith("-")
            ? "no option '" + unknown + "'" + EditDistance.hint(unknown, command.getCommandSpec().optionsMap().keySet().stream().filter(name -> name.startsWith("--")).toList())
            : "'" + unknown + "' is more than the command takes")
        .orElseGet(() -> String.valueOf(e.getMessage()).replaceFirst("is not an? (int|long)$", "is not a whole number").replaceFirst("is not a double$", "is not a number"));
  }

  private static CommandSpec specification(CommandSpec root, Command command, InputStream in, PrintStream out, PrintStream err) {
    Callable<Integer> call = () -> {
      ParseResult arguments = root.commandLine().getParseResult();
      while (arguments.hasSubcommand()) {
        arguments = arguments.subcommand();
      }
      return guarded(command, arguments, new Terminal(in, out, err, arguments.matchedOptionValue("--json", false), INTERACTIVE));
    };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(call).mixinStandardHelpOptions(true);
    command.describe(spec);
    command.commands().forEach((name, below) -> spec.addSubcommand(name, specification(root, below, in, out, err)));
    if (!command.isJsonAlways() && command.commands().isEmpty()) {
      spec.addOption(OptionSpec.builder("--json").type(boolean.class).arity("0").description("Print one JSON object as the last line of standard output.").build());
    }
    Map<String, String> codes = new TreeMap<>(Comparator.comparing(Integer::valueOf));
    codes.put(Integer.toString(Exit.DONE), "done");
    codes.put(Integer.toString(Exit.FAILED), "the work failed, such as a run whose trainings all diverged");
    codes.put(Integer.toString(Exit.BAD_INPUT), "bad input, or a store, disk or program that cannot be used; each line on standard error says what to mend");
    codes.put(Integer.toString(Exit.INTERRUPTED), "stopped by Ctrl-C (143: by SIGTERM); what was done is kept");
    codes.putAll(spec.usageMessage().exitCodeList());
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    return spec;
  }

  private static int guarded(Command command, ParseResult arguments, Terminal terminal) {
    try {
      return command.run(arguments, terminal);
    } catch (InputException e) {
      e.problems().forEach(p -> terminal.note("proxima: " + p));
      return Exit.BAD_INPUT;
    } catch (JournalException e) {
      terminal.note("proxima: " + e.getMessage());
      return Exit.BAD_INPUT;
    } catch (RunFailedException e) {
      terminal.note("proxima: " + e.getMessage());
      return Exit.FAILED;
    } catch (InterruptedException e) {
      return Exit.INTERRUPTED;
    } catch (OutOfMemoryError e) {
      terminal.note("proxima: out of memory with a heap of " + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB; PROXIMA_JAVA_FLAGS=-Xmx4g gives it 4 GB");
      return Exit.FAILED;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      terminal.note("proxima: internal error: " + e + "; please report it with the stack trace that PROXIMA_JAVA_FLAGS=-Dproxima.debug=true prints");
      if (Boolean.getBoolean("proxima.debug")) {
        e.printStackTrace(terminal.err());
      }
      return Exit.FAILED;
    }
  }
}
