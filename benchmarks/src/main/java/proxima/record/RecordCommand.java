package proxima.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.objective.EditDistance;

/// `record`: trains proxies at many settings of their modules and writes what came of them as tables.
public final class RecordCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    List<String> tasks = Proxies.all().stream().map(p -> "  " + p.name() + ": " + p.summary()).toList();
    spec.usageMessage()
        .description(
            Stream.concat(
                    Stream.of(
                        "Trains small proxies at many settings of their modules, and writes tables of what came of them, which `bench` replays. A table has " + Plan.STANDARD.size() + " rows: plain settings, Sobol points of the whole space, searches, points near the best, and replicates with other seeds.",
                        "The same command again goes on where it was stopped, also by kill -9. What a table holds does not depend on the number of workers.",
                        "",
                        "Tasks:"),
                    tasks.stream())
                .toArray(String[]::new))
        .footer("", "Example: ./proxima record --workers 2 --out runs/record");
    spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("0..*").paramLabel("TASK").type(List.class).auxiliaryTypes(String.class).description("The tasks to record. Default: all.").build());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).description("Where the tables go. Default: runs/record.").build());
    spec.addOption(OptionSpec.builder("--workers").paramLabel("N").type(int.class).description("Trainings at once. Default: 2.").build());
    spec.addOption(OptionSpec.builder("--rows").paramLabel("N").type(int.class).description("Stop when a table has so many rows. Default: all of them.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    List<Proxy> proxies = chosen(arguments.matchedPositionalValue(0, List.<String>of()));
    int workers = positive("--workers", arguments.matchedOptionValue("--workers", 2));
    int size = Math.min(Plan.STANDARD.size(), positive("--rows", arguments.matchedOptionValue("--rows", Plan.STANDARD.size())));
    Path out = arguments.matchedOptionValue("--out", Path.of("runs", "record"));
    List<Recording> recordings = new ArrayList<>();
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; whole rows are kept. The same command goes on."))) {
      for (Proxy p : proxies) {
        recordings.add(Recording.open(out, p, Plan.STANDARD));
      }
      try (RecordProgress progress = new RecordProgress(terminal, recordings, size);
          Recorder recorder = new Recorder(workers, Plan.STANDARD, size, progress::added)) {
        recorder.record(recordings);
      } catch (InterruptedException e) {
        terminal.answer(answer(recordings, out).put("of", size));
        throw e;
      }
      print(terminal, recordings, out);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    } finally {
      close(recordings);
    }
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new InputException(option + ": must be 1 or more, got " + value);
    }
    return value;
  }

  private static List<Proxy> chosen(List<String> names) {
    List<String> known = Proxies.all().stream().map(Proxy::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new InputException("no task '" + name + "'" + EditDistance.hint(name, known) + "; there are " + String.join(", ", known));
      }
    }
    return Proxies.all().stream().filter(p -> names.isEmpty() || names.contains(p.name())).toList();
  }

  private static void print(Terminal terminal, List<Recording> recordings, Path out) {
    terminal.say(String.format(Locale.ROOT, "%-22s %5s %9s %9s %9s %9s %9s", "table", "rows", "diverged", "best", "global", "median", "noise"));
    for (Recording r : recordings) {
      TableSummary s = TableSummary.of(r.table().rows());
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s %5d %8.1f%%", r.proxy().name(), s.rows(), 100 * s.diverged()));
      numbers(s).forEach((_, number) -> line.append(String.format(Locale.ROOT, " %9s", number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : "-")));
      terminal.say(line.toString());
    }
    terminal.answer(answer(recordings, out));
  }

  private static ObjectNode answer(List<Recording> recordings, Path out) {
    ObjectNode answer = Json.object().put("folder", out.toString());
    ObjectNode tables = answer.putObject("tables");
    for (Recording r : recordings) {
      TableSummary s = TableSummary.of(r.table().rows());
      ObjectNode node = tables.putObject(r.proxy().name()).put("rows", s.rows()).put("diverged", s.diverged());
      numbers(s).forEach((name, number) -> number.ifPresent(v -> node.put(name, v)));
    }
    return answer;
  }

  private static Map<String, OptionalDouble> numbers(TableSummary s) {
    Map<String, OptionalDouble> numbers = new LinkedHashMap<>();
    numbers.put("best", s.best());
    numbers.put("global", s.global());
    numbers.put("median", s.median());
    numbers.put("noise", s.noise());
    return numbers;
  }

  private static void close(List<Recording> recordings) {
    for (Recording r : recordings) {
      try {
        r.close();
      } catch (IOException e) {
        throw new InputException("a table can not be closed: " + IoFault.text(e));
      }
    }
  }
}
