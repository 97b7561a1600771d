package proxima.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.Json;
import proxima.cli.SourceArgument;
import proxima.cli.Terminal;
import proxima.objective.EditDistance;

/// `import-tables LAYOUT SOURCE --out DIR`: makes a folder of tables that `bench` plays of evaluations that others have recorded.
public final class ImportCommand implements Command {

  private static final List<String> LAYOUTS = List.of("hpo-b", "lcbench", "yahpo");

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Makes tables for `bench` of evaluations that others have recorded: a CSV file for each task, and space.json. What can be no table is left out, and why is said.",
            "An accuracy becomes the loss 1 - accuracy, or 100 - accuracy where it is in percent; what is missing or not finite counts as diverged.",
            "",
            "Layouts:",
            "  hpo-b    SOURCE is the folder hpob-data, or a file in it. Tables of each",
            "           search space lie in a folder of their own. Choices with a column",
            "           each become one parameter.",
            "  lcbench  SOURCE is a file such as data_2k_lw.json. The loss is of the last",
            "           epoch.",
            "  yahpo    SOURCE is a scenario's folder, with config_space.json and data.csv.",
            "           A table has its task's rows of the highest epoch or trainsize;",
            "           repetitions are replicates.")
        .footer("", "Example: ./proxima import-tables lcbench data_2k_lw.json --out tables/lcbench");
    spec.addPositional(PositionalParamSpec.builder().index("0").paramLabel("LAYOUT").type(String.class).required(true).description(String.join(" | ", LAYOUTS)).build());
    spec.addPositional(SourceArgument.spec());
    spec.addOption(OptionSpec.builder("--out").paramLabel("DIR").type(Path.class).required(true).description("The folder to make.").build());
    spec.addOption(OptionSpec.builder("--target").paramLabel("NAME").type(String.class).description("What the loss is made of, for lcbench and yahpo. Default: val_balanced_accuracy for lcbench; for yahpo the first there is of val_accuracy, acc, mmce, valid_loss.").build());
  }

  private static Importer importer(String layout, Optional<String> target) {
    return switch (layout) {
      case "hpo-b" -> {
        target.ifPresent(t -> {
          throw new InputException("--target: HPO-B has accuracies alone, got " + t);
        });
        yield new HpoB();
      }
      case "lcbench" -> new LcBench(target.orElse("val_balanced_accuracy"));
      case "yahpo" -> new Yahpo(target);
      default -> throw new InputException("no layout '" + layout + "'" + EditDistance.hint(layout, LAYOUTS) + "; there are " + String.join(", ", LAYOUTS));
    };
  }

  private static Optional<String> target(ParseResult arguments) {
    return arguments.hasMatchedOption("--target") ? Optional.of(arguments.matchedOptionValue("--target", "")) : Optional.empty();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    Importer importer = importer(arguments.matchedPositionalValue(0, ""), target(arguments));
    Path source = SourceArgument.read(arguments);
    Path out = arguments.matchedOptionValue("--out", Path.of(""));
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; nothing was kept.")); ImportFolder folder = new ImportFolder(out, terminal::say)) {
      importer.read(source, folder);
      if (folder.written().isEmpty()) {
        throw new InputException(source + ": no table could be made of it");
      }
      folder.keep();
      print(folder, out, terminal);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException("from " + source + " to " + out + ": " + e);
    }
  }

  private static void print(ImportFolder folder, Path out, Terminal terminal) {
    Path place = out.toAbsolutePath().normalize();
    Path first = place.resolve(folder.written().getFirst().task()).resolveSibling("");
    Path parent = place.resolveSibling("");
    terminal.say("");
    int tables = folder.written().size();
    terminal.say(tables + (tables == 1 ? " table in " : " tables in ") + out);
    terminal.say("A suite has them by {tables: [" + parent.relativize(first) + "], initial: 5, trials: 50}, and is played with --tables " + parent);
    ObjectNode answer = Json.object().put("folder", out.toString());
    folder.results().forEach(result -> {
      ObjectNode node = answer.withArray(result instanceof TableResult.Written ? "tables" : "leftOut").addObject().put("task", result.task());
      switch (result) {
        case TableResult.Written w -> node.put("rows", w.rows()).put("diverged", w.diverged()).put("leftOut", w.leftOut().count());
        case TableResult.LeftOut l -> node.put("why", l.why());
      }
    });
    terminal.answer(answer);
  }
}
