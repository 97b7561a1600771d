package proxima.tune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.Terminal;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// `status RUN`: where a run stands, also while it runs.
final class StatusCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Prints where a run stands; also while it runs.");
    spec.addPositional(RunFolder.parameter());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    RunFolder folder = RunFolder.of(arguments);
    RunConfig config = folder.read();
    try (SqliteJournal journal = SqliteJournal.openToRead(folder.journal())) {
      RunRecord record = RunRecord.read(folder, config, journal);
      ObjectNode answer = new ObjectMapper().createObjectNode().put("study", config.name()).put("finished", folder.isFinished());
      Tally tally = record.tally();
      answer.put("trials", tally.trials()).put("stopped", tally.stopped()).put("diverged", tally.diverged()).put("failed", tally.failed());
      answer.put("seconds", tally.seconds()).put("savedSeconds", tally.saved());
      ObjectNode phases = answer.putObject("phases");
      terminal.say(config.name() + ": " + (folder.isFinished() ? "finished" : "not finished; go on with: ./proxima resume " + folder.path()));
      record.phases().forEach((name, study) -> {
        int budget = config.trials(name);
        long told = study.trials().stream().filter(t -> t.isAskedFor() && !t.isPending()).count();
        ObjectNode phase = phases.putObject(name).put("told", told).put("budget", budget).put("pending", study.trials().stream().filter(TrialResult::isPending).count());
        long stopped = Tally.stopped(study);
        phase.put("stopped", stopped);
        OptionalDouble best = best(study);
        best.ifPresent(b -> phase.put("best", b));
        String text = best.isPresent() ? String.format(Locale.ROOT, ", best loss %.4f", best.getAsDouble()) : "";
        terminal.say(String.format(Locale.ROOT, "  %-8s %d of %d%s%s", name, told, budget, stopped > 0 ? ", " + stopped + " stopped early" : "", text));
      });
      if (tally.stopped() > 0) {
        terminal.say(String.format(Locale.ROOT, "  %.0f s of training, about %.0f s saved by early stopping", tally.seconds(), tally.saved()));
      }
      terminal.answer(answer);
      return Exit.DONE;
    }
  }

  private static OptionalDouble best(StoredStudy study) {
    Optional<Double> best = study.trials().stream().flatMap(t -> t.loss().stream().boxed()).min(Comparator.naturalOrder());
    return best.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
