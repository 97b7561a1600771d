package proxima.tune;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.ListOption;
import proxima.cli.ScaleOption;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.cli.WholeFile;
import proxima.diagnose.OptimizerCheck;
import proxima.diagnose.OptimizerReport;
import proxima.diagnose.Size;
import proxima.diagnose.TrainingLog;
import proxima.module.HyperparametersJson;
import proxima.module.Optimizer;
import proxima.scaling.Scale;
import proxima.scaling.SettingsJson;

/// `check optimizers CONFIG`: optimizers beside each other, each tuned with as many trials on the proxy, transferred, and trained with complete schedules.
final class CheckOptimizersCommand implements Command {

  private static final String KIND = "optimizers";
  private static final ListOption OPTIMIZERS = new ListOption("--optimizers", "adamw,muon-rms,lion");
  private static final ListOption FRACTIONS = new ListOption("--fractions", "0.4,0.5,0.6,0.7,0.8,1");
  private static final ScaleOption TO = new ScaleOption("--to", "The scale to compare at, by default the configuration's; what is left out stays as there", false);
  private static final String TRIALS = "--trials";

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Compares optimizers fairly: each one's global values are tuned by Bayesian optimization with the same number of trials at the configuration's scale, transferred to the target by the scaling"
                + " table, and trained there for several numbers of steps, each with a complete schedule, with the same seeds. The first optimizer is the reference: how large a part of the steps, and of the time, do"
                + " others need for its final loss? What is not searched, such as epsilon, is the configuration's where the optimizer is its own, and initStd for all. It is trained with half and with twice its tuned rate too, so that differences have a measure.",
            "The same command again goes on where it was stopped: each training that ended is a line of trainings.csv in the folder --out.")
        .footer("", "Examples: ./proxima check optimizers examples/quickstart.yaml --optimizers adamw,muon-rms", "          ./proxima check optimizers examples/quickstart.yaml --to width=128");
    CheckSource.describe(spec, "the folder of a finished run, of which the configuration alone counts, since each optimizer is tuned anew");
    spec.addOption(OPTIMIZERS.spec("The reference first, of " + String.join(", ", CheckSource.OPTIMIZERS) + ". Default: " + OPTIMIZERS.example() + "."));
    spec.addOption(OptionSpec.builder(TRIALS).paramLabel("N").type(int.class).description("Trials of each search. Default: 16.").build());
    spec.addOption(FRACTIONS.spec("Parts of the target's steps to train for, each rounded to whole steps; 1 is always among them. Default: " + FRACTIONS.example() + "."));
    spec.addOption(TO.spec());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    CheckSource source = CheckSource.read(arguments);
    int seeds = CheckSource.seeds(arguments);
    int trials = CheckSource.count(arguments, TRIALS, 16, 4, 10_000);
    List<Optimizer> optimizers = optimizers(arguments);
    List<Double> given = fractions(arguments);
    Scale target = arguments.hasMatchedOption(TO.name()) ? TO.read(arguments, source.config().scale()) : source.config().scale();
    source.experiment().network(target);
    check(source, target);
    List<String> problems = OptimizerTrainings.problems(source, optimizers, target, OPTIMIZERS.name(), TO.name());
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    List<Double> fractions = trained(given, target, terminal);
    List<String> unfollowed = source.unfollowed(List.of(Size.of(target)));
    source.noteUnfollowed(List.of(Size.of(target)), terminal);
    int workers = source.workers(arguments);
    Path out = source.folder(arguments, KIND);
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what was trained is kept. The same command goes on."));
        FolderLock _ = FolderLock.take(out);
        TrainingLog log = new TrainingLog(out.resolve(TrainingLog.NAME));
        CheckProgress progress = new CheckProgress(terminal, KIND, 0, optimizers.size() * (trials + fractions.size() * seeds) + 2 * seeds)) {
      var trainings = new OptimizerTrainings(source, source.experiment().subject(new RunFolder(out)), log, workers, progress);
      OptimizerCheck check = check(trainings, optimizers, trials, target, fractions, seeds, terminal, progress);
      ObjectNode answer = answer(source, target, trials, check);
      WholeFile.write(out.resolve("check.json"), answer.toPrettyString() + "\n");
      List<String> how =
          new ArrayList<>(List.of(trials + " trials of each search, at " + source.config().scale(), "trained at " + target + ", seeds " + source.config().seeds().verify(0) + " to " + source.config().seeds().verify(seeds - 1)));
      unfollowed.forEach(how::add);
      if (source.isRun()) {
        how.add("what " + source.path() + " recommends is not used: each optimizer is tuned anew");
        terminal.note("proxima: " + how.getLast());
      }
      Path report = OptimizerReport.write(out, source.originOfSeveral(how), check);
      terminal.say("table " + source.config().rule().table().id() + ", tuned at " + source.config().scale() + ", trained at " + target + ", " + seeds + (seeds == 1 ? " seed" : " seeds"));
      OptimizerReport.lines(check).forEach(terminal::say);
      terminal.say("report  " + report);
      trainings.noteKnown(terminal, out.resolve(TrainingLog.NAME));
      terminal.answer(answer);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  private static void check(CheckSource source, Scale target) {
    try {
      source.experiment().check(target);
    } catch (IllegalArgumentException e) {
      throw new InputException(TO.name() + ": " + e.getMessage());
    }
  }

  private static OptimizerCheck check(
      OptimizerTrainings trainings, List<Optimizer> optimizers, int trials, Scale target, List<Double> fractions, int seeds, Terminal terminal, CheckProgress progress) throws InterruptedException {
    try {
      List<OptimizerCheck.Entry> entries = new ArrayList<>();
      for (Optimizer optimizer : optimizers) {
        entries.add(trainings.entry(optimizer, trials, target, fractions, seeds));
      }
      return new OptimizerCheck(fractions, entries, trainings.misTuned(entries.getFirst().tuned(), target, seeds));
    } catch (InterruptedException e) {
      terminal.answer(progress.stopped(KIND));
      throw e;
    }
  }

  private static List<Optimizer> optimizers(ParseResult arguments) {
    List<String> ids = OPTIMIZERS.isGiven(arguments) ? OPTIMIZERS.words(arguments) : Arrays.asList(OPTIMIZERS.example().split(",", -1));
    Set<Optimizer> optimizers = new LinkedHashSet<>();
    for (String id : ids) {
      optimizers.add(Optimizer.of(CheckSource.known(OPTIMIZERS.name(), id, CheckSource.OPTIMIZERS)));
    }
    if (optimizers.size() < 2) {
      throw new InputException(OPTIMIZERS.name() + ": needs two or more different optimizers, got " + String.join(",", ids));
    }
    return List.copyOf(optimizers);
  }

  private static List<Double> fractions(ParseResult arguments) {
    List<Double> given = new ArrayList<>(FRACTIONS.isGiven(arguments) ? FRACTIONS.numbers(arguments) : Arrays.stream(FRACTIONS.example().split(",", -1)).map(Double::valueOf).toList());
    given.add(1.0);
    for (double f : given) {
      if (!(f > 0 && f <= 1)) {
        throw new InputException(FRACTIONS.name() + ": a part of the steps must be in (0, 1], got " + f);
      }
    }
    List<Double> fractions = given.stream().sorted().distinct().toList();
    if (fractions.size() < 2) {
      throw new InputException(FRACTIONS.name() + ": needs a part of the steps below 1, such as " + FRACTIONS.example());
    }
    return fractions;
  }

  /// The parts that whole numbers of steps make of the target's; those that come to as many are one.
  private static List<Double> trained(List<Double> given, Scale target, Terminal terminal) {
    NavigableMap<Long, List<Double>> bySteps = new TreeMap<>();
    given.forEach(f -> bySteps.computeIfAbsent(OptimizerTrainings.steps(target, f), _ -> new ArrayList<>()).add(f));
    bySteps.forEach((steps, parts) -> {
      if (parts.size() > 1) {
        terminal.note("proxima: " + FRACTIONS.name() + ": " + parts.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " all come to " + steps + " of " + target.steps() + " steps, and are trained once");
      }
    });
    if (bySteps.size() < 2) {
      throw new InputException(FRACTIONS.name() + ": all come to " + target.steps() + " of " + target.steps() + " steps; needs more tokens, or smaller parts");
    }
    return bySteps.keySet().stream().map(steps -> (double) steps / target.steps()).toList();
  }

  private static ObjectNode answer(CheckSource source, Scale target, int trials, OptimizerCheck check) {
    ObjectNode answer = Json.object().put("check", KIND).put("name", source.config().name()).put("table", source.config().rule().table().id());
    answer.set("scale", SettingsJson.of(source.config().scale()));
    answer.set("target", SettingsJson.of(target));
    answer.put("trials", trials).put("seeds", check.seeds()).put("version", Version.PROXIMA);
    ObjectNode misTuned = answer.putObject("misTuned");
    ArrayNode half = misTuned.putArray("half");
    check.misTuned().half().forEach(l -> Json.add(half, l));
    ArrayNode twice = misTuned.putArray("twice");
    check.misTuned().twice().forEach(l -> Json.add(twice, l));
    Json.put(misTuned, "cost", check.misTuning());
    ArrayNode list = answer.putArray("optimizers");
    for (OptimizerCheck.Entry e : check.entries()) {
      ObjectNode node = list.addObject().put("name", e.name());
      node.set("tuned", HyperparametersJson.of(e.tuned()));
      node.put("found", e.found());
      ArrayNode atEnds = node.putArray("atEnds");
      e.atEnds().forEach(h -> atEnds.add(h.id()));
      Json.put(node, "loss", e.loss());
      Json.put(node, "standardError", e.standardError());
      Json.put(node, "steps", check.ratio(e).orElse(Double.NaN));
      node.put("stepsAtMost", check.isAtMost(e));
      Json.put(node, "stepsLow", check.interval(e)[0]);
      Json.put(node, "stepsHigh", check.interval(e)[1]);
      Json.put(node, "p", check.significance(e));
      node.put("withinMisTuning", check.isWithinMisTuning(e));
      Json.put(node, "millisPerStep", e.millis());
      Json.put(node, "time", check.time(e).orElse(Double.NaN));
      ArrayNode curve = node.putArray("curve");
      for (int f = 0; f < check.fractions().size(); f++) {
        ObjectNode point = curve.addObject().put("fraction", check.fractions().get(f)).put("steps", OptimizerTrainings.steps(target, check.fractions().get(f)));
        ArrayNode losses = point.putArray("losses");
        e.losses().get(f).forEach(l -> Json.add(losses, l));
      }
    }
    return answer;
  }
}
