package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.chart.Format;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.cli.TextFile;
import proxima.cli.WholeFile;
import proxima.prior.PriorRuns;
import proxima.space.Outcome;
import proxima.space.Value;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// `export RUN -o FILE`: a run's trials, as a table for other programs or whole for other runs.
final class ExportCommand implements Command {

  private static final List<String> FIXED = List.of("phase", "trial", "outcome", "step", "loss");

  /// The columns that are there only where some trial has something in them.
  private static final Map<String, Function<TrialResult, String>> OPTIONAL = optional();

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Writes a run's trials, all phases that search, values in base coordinates.",
            "FILE.csv: a line a trial: phase, trial, outcome (finished, stopped, diverged, failed, pending), step where it was stopped or diverged, loss, a column for each parameter, blank where the phase lacks it, and before these, if any trial has them: standardError of the loss, given (yes for a trial that was told, not asked for), again (the first trial of a configuration that is trained once more, longer), reason of a failure.",
            "FILE.json: the same, with curves, scale and network, as `tune --prior` reads it.")
        .footer("", "Example: ./proxima export runs/quickstart -o trials.csv");
    spec.addPositional(RunFolder.parameter());
    spec.addOption(OptionSpec.builder("-o", "--out").paramLabel("FILE").type(Path.class).required(true).description("The file to write, which ends in .csv or .json.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    RunFolder folder = RunFolder.of(arguments);
    Path out = arguments.matchedOptionValue("--out", Path.of(""));
    String name = String.valueOf(out.getFileName());
    if (!name.endsWith(".csv") && !name.endsWith(".json")) {
      throw new InputException("--out: " + out + " ends neither in .csv nor in .json, which says what to write");
    }
    RunConfig config = name.endsWith(".csv") ? folder.look() : folder.read();
    try {
      RunRecord record = RunRecord.read(folder, config);
      List<StoredStudy> studies = TuningRun.SEARCHES.stream().flatMap(phase -> record.phase(phase).stream()).toList();
      if (studies.isEmpty()) {
        throw new InputException(folder.path() + ": this run has no trials yet");
      }
      Files.createDirectories(out.toAbsolutePath().resolveSibling(""));
      WholeFile.write(out, name.endsWith(".csv") ? csv(studies) : json(out, folder, record));
      int trials = studies.stream().mapToInt(s -> s.trials().size()).sum();
      terminal.say(out + ": " + Format.count(trials, "trial"));
      terminal.answer(Json.object().put("file", out.toString()).put("trials", trials));
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  private static String json(Path out, RunFolder folder, RunRecord record) {
    String text = Prior.of(new PriorRuns(List.of(RunHistory.of(folder.path().toString(), record)), false)).text();
    TextFile.checkRecorded(out, text, "give tune --prior the run folder itself");
    return text;
  }

  private static String csv(List<StoredStudy> studies) {
    Set<String> parameters = new LinkedHashSet<>();
    studies.forEach(s -> s.space().parameters().forEach(p -> parameters.add(p.name())));
    List<String> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(FIXED);
    List<String> optional =
        OPTIONAL.entrySet().stream().filter(e -> studies.stream().flatMap(s -> s.trials().stream()).anyMatch(t -> !e.getValue().apply(t).isEmpty())).map(Map.Entry::getKey).toList();
    header.addAll(optional);
    header.addAll(parameters);
    lines.add(line(header));
    for (StoredStudy s : studies) {
      for (TrialResult t : s.trials()) {
        List<String> cells = new ArrayList<>(List.of(s.name(), Integer.toString(t.number())));
        cells.addAll(outcome(t));
        OPTIONAL.forEach((name, cell) -> {
          if (optional.contains(name)) {
            cells.add(cell.apply(t));
          }
        });
        parameters.forEach(p -> cells.add(t.configuration().get(p).map(Value::toString).orElse("")));
        lines.add(line(cells));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static Map<String, Function<TrialResult, String>> optional() {
    Map<String, Function<TrialResult, String>> columns = new LinkedHashMap<>();
    columns.put("standardError", t -> t.outcome().stream().map(ExportCommand::standardError).filter(e -> e > 0).map(String::valueOf).findFirst().orElse(""));
    columns.put("given", t -> t.asked() ? "" : "yes");
    columns.put("again", t -> t.first() == t.number() ? "" : Integer.toString(t.first()));
    columns.put("reason", t -> t.outcome().stream().map(ExportCommand::reason).findFirst().orElse(""));
    return columns;
  }

  private static List<String> outcome(TrialResult t) {
    if (t.outcome().isEmpty()) {
      return List.of("pending", "", "");
    }
    return switch (t.outcome().get()) {
      case Outcome.Finished(double loss, _, _) -> List.of("finished", "", Double.toString(loss));
      case Outcome.Stopped(long step, double loss, _) -> List.of("stopped", Long.toString(step), Double.toString(loss));
      case Outcome.Diverged(long step) -> List.of("diverged", Long.toString(step), "");
      case Outcome.Failed _ -> List.of("failed", "", "");
    };
  }

  private static double standardError(Outcome outcome) {
    return outcome instanceof Outcome.Finished f ? f.standardError() : 0;
  }

  /// In one line, as not all that read tables take more.
  private static String reason(Outcome outcome) {
    return outcome instanceof Outcome.Failed(String reason) ? reason.strip().replaceAll("\\s+", " ") : "";
  }

  private static String line(List<String> cells) {
    return cells.stream().map(c -> c.matches("(?s).*[\",\r\n].*") ? '"' + c.replace("\"", "\"\"") + '"' : c).collect(Collectors.joining(","));
  }
}
