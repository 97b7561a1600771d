package proxima.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Json;
import proxima.cli.ScaleOption;
import proxima.cli.SourceArgument;
import proxima.cli.Terminal;
import proxima.cli.TextFile;
import proxima.objective.EditDistance;
import proxima.space.HistoryJson;
import proxima.space.Outcome;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;

/// `import-history LAYOUT SOURCE --out DIR`: makes task histories of what other programs have recorded.
public final class ImportHistoryCommand implements Command {

  static final String LOSS = "--loss";
  static final String MAXIMIZE = "--maximize";
  private static final String IGNORE = "--ignore";
  private static final String SPACE = "--space";

  static final String FAILED = "--failed";

  /// What a CSV file does not say.
  static final List<String> OF_CSV = List.of(LOSS, MAXIMIZE, IGNORE, SPACE);

  /// What not every layout heeds.
  private static final List<String> OPTIONS = List.of(LOSS, MAXIMIZE, IGNORE, SPACE, FAILED);

  private static final ScaleOption SCALE = new ScaleOption("--scale", "The scale they were tuned at, for runs that tune modules to learn from", false);

  private final List<NamedLayout> layouts;
  private final SpaceReader spaces;

  /// Reads the file of a search space.
  public interface SpaceReader {
    SearchSpace read(Path file);
  }

  public ImportHistoryCommand(List<NamedLayout> layouts, SpaceReader spaces) {
    this.layouts = List.copyOf(layouts);
    this.spaces = spaces;
  }

  @Override
  public void describe(CommandSpec spec) {
    List<String> lines = new ArrayList<>(
        List.of("Makes task histories, which `learn-space` and `tune --prior` learn from, of trials that other programs have recorded.",
            "Losses are minimised: what is maximised becomes its negative. What is not finite counts as diverged. All that is guessed or left out is told.", "", "Layouts:"));
    layouts.forEach(l -> IntStream.range(0, l.help().size()).forEach(i -> lines.add(String.format("  %-11s%s", i == 0 ? l.name() : "", l.help().get(i)))));
    spec.usageMessage().description(lines.toArray(String[]::new)).footer("", "Example: ./proxima import-history optuna study.db --out histories");
    spec.addPositional(PositionalParamSpec.builder().index("0").paramLabel("LAYOUT").type(String.class).required(true).description(String.join(" | ", names())).build());
    spec.addPositional(SourceArgument.spec());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).required(true).description("The folder for the histories, one a file.").build());
    spec.addOption(OptionSpec.builder(LOSS).paramLabel("NAME").type(String.class).description("csv, syne-tune: the column that is the loss.").build());
    spec.addOption(OptionSpec.builder(MAXIMIZE).type(boolean.class).arity("0").description("csv: higher is better; syne-tune: the same, where the experiment does not say it of the loss's column.").build());
    spec.addOption(OptionSpec.builder(IGNORE).paramLabel("NAME").type(String[].class).arity("1").description("csv: a column that is no parameter; may be given more than once.").build());
    spec.addOption(OptionSpec.builder(SPACE).paramLabel("FILE").type(Path.class).description("csv: the search space, a JSON file as `study` has it. Default: as wide as the values.").build());
    spec.addOption(
        OptionSpec.builder(FAILED).paramLabel("KIND").type(String.class)
            .description("optuna: what trials that failed count as: diverged, as Optuna fails those whose loss is not a number, or failed, which says nothing. Default: failed.").build());
    spec.addOption(
        OptionSpec.builder(Labels.OPTION).paramLabel("OLD=NEW").type(String[].class).arity("1")
            .description("What a parameter is called here, such as lr=learningRate; may be given more than once.").build());
    spec.addOption(SCALE.spec());
  }

  private List<String> names() {
    return layouts.stream().map(NamedLayout::name).toList();
  }

  private List<String> heeding(String option) {
    return layouts.stream().filter(l -> l.options().contains(option)).map(NamedLayout::name).toList();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    String name = arguments.matchedPositionalValue(0, "");
    NamedLayout layout =
        layouts.stream().filter(l -> l.name().equals(name)).findFirst()
            .orElseThrow(() -> new InputException("no layout '" + name + "'" + EditDistance.hint(name, names()) + "; there are " + String.join(", ", names())));
    OPTIONS.stream().filter(o -> arguments.hasMatchedOption(o) && !layout.options().contains(o)).findFirst().ifPresent(o -> {
      throw new InputException(o + ": is for " + String.join(" and ", heeding(o)) + ", not for " + name + "; leave it out");
    });
    Path source = SourceArgument.read(arguments);
    Path out = arguments.matchedOptionValue("--out", Path.of(""));
    Labels labels = Labels.of(Arrays.asList(arguments.matchedOptionValue(Labels.OPTION, new String[0])), SCALE.read(arguments));
    try {
      List<Imported> all = labels.on(layout.layout().read(source, options(arguments))).stream().map(ImportHistoryCommand::fitting).toList();
      if (all.stream().noneMatch(Imported.Read.class::isInstance)) {
        List<String> lines = new ArrayList<>(List.of(source + ": no history could be made of it"));
        all.forEach(i -> lines.add(text(i)));
        throw new InputException(lines);
      }
      write(all, out, terminal);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException("from " + source + " to " + out + ": " + e);
    }
  }

  private ImportOptions options(ParseResult arguments) {
    return new ImportOptions(
        arguments.hasMatchedOption(LOSS) ? Optional.of(arguments.matchedOptionValue(LOSS, "")) : Optional.empty(),
        arguments.matchedOptionValue(MAXIMIZE, false),
        Arrays.asList(arguments.matchedOptionValue(IGNORE, new String[0])),
        arguments.hasMatchedOption(SPACE) ? Optional.of(spaces.read(arguments.matchedOptionValue(SPACE, Path.of("")))) : Optional.empty(),
        isDiverged(arguments.matchedOptionValue(FAILED, "failed")));
  }

  private static boolean isDiverged(String kind) {
    return switch (kind) {
      case "diverged" -> true;
      case "failed" -> false;
      default -> throw new InputException(FAILED + ": takes diverged or failed, got '" + kind + "'");
    };
  }

  /// Left out where its file would be longer than what is read of one.
  private static Imported fitting(Imported imported) {
    return imported instanceof Imported.Read(TaskHistory history, _) && TextFile.isTooLong(HistoryJson.write(history))
        ? new Imported.LeftOut(history.task(), "its file " + TextFile.TOO_LONG)
        : imported;
  }

  private static void write(List<Imported> all, Path out, Terminal terminal) throws IOException {
    Files.createDirectories(out);
    List<String> there = all.stream().filter(Imported.Read.class::isInstance).map(i -> file(out, i.task(), Set.of())).filter(Files::exists).map(Path::toString).distinct().toList();
    if (!there.isEmpty()) {
      throw new InputException(there.stream().map(f -> f + ": is there already, and would be learned from beside the new one; remove it, or give another --out").toList());
    }
    ObjectNode answer = Json.object();
    Set<Path> written = new HashSet<>();
    for (Imported imported : all) {
      terminal.say(text(imported));
      switch (imported) {
        case Imported.Read(TaskHistory history, List<String> notes) -> {
          notes.forEach(n -> terminal.say("  " + n));
          Path file = file(out, history.task(), written);
          written.add(file);
          Files.writeString(file, HistoryJson.write(history), StandardOpenOption.CREATE_NEW);
          ObjectNode node = answer.withArray("histories").addObject().put("task", history.task()).put("file", file.toString()).put("trials", history.entries().size());
          notes.forEach(n -> node.withArray("notes").add(n));
        }
        case Imported.LeftOut(String task, String why) -> answer.withArray("leftOut").addObject().put("task", task).put("why", why);
      }
    }
    terminal.say("next    ./proxima learn-space " + out + "/*.json -o prior.json");
    terminal.answer(answer);
  }

  /// Of its name, with a number where another history of this import has that.
  private static Path file(Path out, String task, Set<Path> written) {
    String name = task.replaceAll("[^\\w.-]", "_");
    Path file = out.resolve(name + ".json");
    for (int k = 2; written.contains(file); k++) {
      file = out.resolve(name + "_" + k + ".json");
    }
    return file;
  }

  private static String text(Imported imported) {
    return switch (imported) {
      case Imported.Read(TaskHistory h, _) -> {
        long diverged = h.entries().stream().filter(e -> e.outcome() instanceof Outcome.Diverged).count();
        yield h.task() + ": " + h.entries().size() + " trials over " + h.space().parameters().size() + (h.space().parameters().size() == 1 ? " parameter" : " parameters") + (diverged == 0 ? "" : ", " + diverged + " diverged");
      }
      case Imported.LeftOut(String task, String why) -> task + ": left out: " + why;
    };
  }
}
