package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.chart.Format;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.ScaleOption;
import proxima.cli.Terminal;
import proxima.cli.WholeFile;
import proxima.objective.Objective;
import proxima.scaling.Caveats;
import proxima.scaling.Scale;
import proxima.scaling.SettingsJson;
import proxima.study.SqliteJournal;

/// `verify RUN --to SCALE`: what the transfer of a finished run to a larger model is worth.
final class VerifyCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Trains a larger model with the default, the transferred global and the transferred per-module setting, and prints their losses and in how many times fewer steps the"
                + " per-module setting reaches the global setting's final loss. The same command again goes on where it was stopped.")
        .footer("", "Example: ./proxima verify runs/quickstart --to width=128,depth=4,batch=1024,tokens=400000 --seeds 3");
    spec.addPositional(RunFolder.parameter());
    spec.addOption(ScaleOption.TO.spec());
    spec.addOption(OptionSpec.builder("--seeds").paramLabel("N").type(int.class).description("Seeds for each setting. Default: 3.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    RunFolder folder = RunFolder.of(arguments);
    int seeds = CheckSource.seeds(arguments);
    RunConfig config = folder.read();
    folder.checkData(config);
    Scale to = ScaleOption.TO.read(arguments, config.scale());
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what was trained is kept. The same command goes on."));
        FolderLock _ = FolderLock.take(folder.path());
        // That of a run in a store has what verify trained alone.
        SqliteJournal journal = config.store().isPresent() ? SqliteJournal.open(folder.journal()) : folder.openJournal();
        TrialLog log = new TrialLog(folder.log())) {
      Experiment experiment = new Experiment(config);
      check(experiment, to);
      Caveats.of(config.rule().table(), config.base(), to).ifPresent(c -> terminal.note("proxima: beware: " + c));
      Verification.Result result =
          new Verification(experiment, ResultFile.global(folder), ResultFile.setting(folder), to, seeds)
              .run(journal, objective(experiment, folder), new ConsoleProgress(terminal, log));
      ObjectNode answer = answer(config, to, seeds, result);
      WholeFile.write(folder.path().resolve("verify-" + (to + ",seeds=" + seeds).replaceAll("[=,]", "-") + ".json"), answer.toPrettyString() + "\n");
      print(to, seeds, result, terminal);
      terminal.answer(answer);
      return Exit.DONE;
    } catch (IOException e) {
      throw new InputException(folder.path() + ": can not be written: " + IoFault.text(e));
    }
  }

  private static Objective objective(Experiment experiment, RunFolder folder) {
    try {
      return experiment.objective(folder);
    } catch (IllegalArgumentException e) {
      throw new InputException(folder.config() + ": " + e.getMessage());
    }
  }

  private static void check(Experiment experiment, Scale to) {
    try {
      experiment.network(to);
      experiment.check(to);
    } catch (IllegalArgumentException e) {
      throw new InputException("--to: " + e.getMessage());
    }
  }

  private static ObjectNode answer(RunConfig config, Scale to, int seeds, Verification.Result result) {
    ObjectNode answer = Json.object().put("study", config.name());
    answer.set("from", SettingsJson.of(config.scale()));
    answer.set("to", SettingsJson.of(to));
    answer.put("seeds", seeds);
    result.losses().forEach((name, l) -> answer.set(name, l.json("mean")));
    answer.set("stepSpeedup", json(result.speedup()));
    return answer;
  }

  /// The mean has an interval where all seeds get there, and none is a bound. With seeds of both kinds of bounds it is neither of them.
  static ObjectNode json(Verification.Speedup speedup) {
    ObjectNode json = speedup.estimate().map(e -> e.json("mean")).orElseGet(() -> Json.object().putNull("mean"));
    if (!speedup.isMeasured() || speedup.factors().isEmpty()) {
      json.putNull("low").putNull("high");
    }
    json.put("reached", speedup.reached());
    json.put("isLowerBound", speedup.isLowerBound()).put("isUpperBound", speedup.isUpperBound()).put("bounded", speedup.earliest() + speedup.unreached());
    return json.put("unreached", speedup.unreached()).put("lost", speedup.lost());
  }

  private static void print(Scale to, int seeds, Verification.Result result, Terminal terminal) {
    terminal.say("verify at " + to + ":");
    result.losses().forEach((name, l) -> terminal.say(String.format(Locale.ROOT, "  %-10s %s", name, l.text("seed"))));
    text(seeds, result.speedup()).forEach(line -> terminal.say("  " + line));
  }

  /// In words, line by line.
  static List<String> text(int seeds, Verification.Speedup speedup) {
    List<String> lines = new ArrayList<>();
    if (speedup.lost() > 0) {
      lines.add("the global setting has no loss with " + speedup.lost() + " of " + Format.count(seeds, "seed") + ", so that there is none to reach");
    }
    int compared = speedup.factors().size();
    String bound = speedup.isLowerBound() ? "at least " : speedup.isUpperBound() ? "at most " : speedup.isMeasured() ? "" : "about ";
    speedup.estimate().ifPresent(e ->
        lines.add("the per-module setting reaches the global setting's final loss in " + bound + times(e.mean()) + "x fewer steps" + (speedup.isMeasured() ? e.interval(VerifyCommand::times) : "")));
    if (speedup.earliest() > 0) {
      lines.add("(with " + speedup.earliest() + " of " + Format.count(compared, "seed") + " already in the shortest training, so that it may need fewer still)");
    }
    if (speedup.unreached() > 0) {
      boolean none = speedup.reached() == 0;
      String what = none ? "the per-module setting does not reach the global setting's final loss in as many steps" : "(not reached in as many steps, and counted as 1,";
      lines.add(what + " with " + speedup.unreached() + " of " + Format.count(compared, "seed") + (none ? "" : ")"));
    }
    return lines;
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, "%.2f", factor);
  }
}
