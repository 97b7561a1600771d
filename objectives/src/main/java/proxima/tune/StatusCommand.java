package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import proxima.chart.Format;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.Interrupt;
import proxima.cli.Json;
import proxima.cli.Terminal;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// `status RUN`: where a run stands, also while it runs.
final class StatusCommand implements Command {

  private static final String FOLLOW = "--follow";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /// How many looks back the rate is taken over: a minute.
  private static final int LOOKS = 12;

  private final Pause pause;
  private final LongSupplier nanos;

  StatusCommand() {
    this(Pause.SLEEP, System::nanoTime);
  }

  /// @param pause between two looks
  /// @param nanos the clock that rates are taken by
  StatusCommand(Pause pause, LongSupplier nanos) {
    this.pause = pause;
    this.nanos = nanos;
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description("Prints where a run stands; also while it runs, and of a run in a store from any host.")
        .footer("", "Examples: ./proxima status runs/quickstart --follow", "          ./proxima status --store postgresql://db.example.org/proxima --study quickstart --follow");
    StoreOptions.describe(spec);
    spec.addOption(
        OptionSpec.builder(FOLLOW).type(boolean.class).arity("0").description("Go on with a line every " + PAUSE.toSeconds() + " seconds until the run is finished: trials a minute, workers, best loss, time left.").build());
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    try (Interrupt _ = new Interrupt(() -> {});
        StoreOptions.Source source = StoreOptions.source(arguments, Optional.empty())) {
      RunFolder folder = source.folder();
      RunConfig config = source.read();
      RunRecord record = RunRecord.read(folder, config);
      if (arguments.matchedOptionValue(FOLLOW, false)) {
        record = follow(folder, config, record, terminal);
      }
      print(folder, source.given(), config, record, terminal);
      return Exit.DONE;
    }
  }

  private record Look(long nanos, long told) {}

  private RunRecord follow(RunFolder folder, RunConfig config, RunRecord begun, Terminal terminal) throws InterruptedException {
    Deque<Look> looks = new ArrayDeque<>();
    RunRecord record = begun;
    while (!isFinished(folder, record)) {
      looks.add(new Look(nanos.getAsLong(), record.told()));
      if (looks.size() > LOOKS) {
        looks.remove();
      }
      terminal.note(line(config, record, looks));
      pause.take(PAUSE);
      record = RunRecord.read(folder, config, (name, run) -> RunStore.awaitToRead(name, run, terminal));
    }
    return record;
  }

  private static String line(RunConfig config, RunRecord record, Deque<Look> looks) {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    double minutes = (last.nanos - first.nanos) / 60e9;
    double rate = minutes > 0 ? (last.told - first.told) / minutes : 0;
    long left = record.all() - last.told;
    String speed = rate > 0 ? String.format(Locale.ROOT, ", %.1f a minute, %s left", rate, time(left / rate)) : "";
    long workers = record.workers().values().stream().filter(RunRecord.Hand::isThere).count();
    String hands = config.store().isPresent() ? ", " + workers + (workers == 1 ? " worker" : " workers") : "";
    String phase = record.phases().isEmpty() ? "no phase yet" : record.phases().keySet().stream().reduce((a, b) -> b).orElseThrow();
    return String.format(Locale.ROOT, "%s: %d of %d trials%s%s%s", phase, last.told, record.all(), speed, hands, best(record));
  }

  private static String time(double minutes) {
    return minutes < 1 ? "under a minute" : minutes < 90 ? Math.round(minutes) + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }

  /// Of the searches: what is trained again has other seeds, which do not compare.
  private static String best(RunRecord record) {
    return TuningRun.SEARCHES.stream().flatMap(phase -> record.phase(phase).stream()).flatMap(study -> best(study).stream().boxed()).min(Comparator.naturalOrder()).map(StatusCommand::best).orElse("");
  }

  private static String best(double loss) {
    return ", best loss " + Format.loss(loss);
  }

  /// Where a run is in a store, its result lies in its leader's folder.
  private static boolean isFinished(RunFolder folder, RunRecord record) {
    return folder.isFinished() || record.isConfirmed();
  }

  private static void print(RunFolder folder, String given, RunConfig config, RunRecord record, Terminal terminal) {
    boolean isFinished = isFinished(folder, record);
    Tally tally = record.tally();
    ObjectNode answer = Json.object().put("study", config.name()).put("finished", isFinished);
    answer.put("trials", tally.trials()).put("stopped", tally.stopped()).put("diverged", tally.diverged()).put("failed", tally.failed());
    answer.put("seconds", tally.seconds()).put("savedSeconds", tally.saved());
    String where = config.store().isPresent() ? "" : FolderLock.holder(folder.path()).map(process -> "process " + process + " works on it").orElse("");
    terminal.say(config.name() + ": " + (isFinished ? "finished" : where.isEmpty() ? "not finished; go on with: " + given : "not finished; " + where));
    ObjectNode phases = answer.putObject("phases");
    record.phases().forEach((name, study) -> phases.set(name, phase(record, name, study, terminal)));
    if (config.store().isPresent()) {
      ObjectNode workers = answer.putObject("workers");
      record.leader().ifPresent(name -> answer.put("leader", name));
      if (!isFinished) {
        terminal.say("  " + record.leader().map(name -> "led by " + name).orElse("nobody leads it, and none but a leader writes its result: lead on with ./proxima tune CONFIG, from any host"));
      }
      record.workers().forEach((name, w) -> {
        workers.putObject(name).put("there", w.isThere()).put("told", w.told()).put("running", w.running()).put("seconds", w.seconds());
        terminal.say(String.format(Locale.ROOT, "  worker %s: %d told, %d running, %.0f s of training%s", name, w.told(), w.running(), w.seconds(), w.isThere() || isFinished ? "" : "; gone"));
      });
    }
    if (tally.stopped() > 0) {
      terminal.say(String.format(Locale.ROOT, "  %.0f s of training, about %.0f s saved by early stopping", tally.seconds(), tally.saved()));
    }
    terminal.answer(answer);
  }

  private static ObjectNode phase(RunRecord record, String name, StoredStudy study, Terminal terminal) {
    int budget = record.config().trials(name);
    long told = RunRecord.told(study);
    long stopped = Tally.stopped(study);
    ObjectNode phase = Json.object().put("told", told).put("budget", budget).put("pending", study.trials().stream().filter(TrialResult::isPending).count()).put("stopped", stopped);
    OptionalDouble best = best(study);
    best.ifPresent(b -> phase.put("best", b));
    Map<String, Losses> confirmed = name.equals("confirm") ? record.confirmed() : Map.of();
    confirmed.forEach((setting, losses) -> phase.withObject("/settings").set(setting, losses.json("loss")));
    String text = TuningRun.SEARCHES.contains(name) && best.isPresent() ? best(best.getAsDouble()) : means(confirmed);
    terminal.say(String.format(Locale.ROOT, "  %-8s %d of %d%s%s", name, told, budget, stopped > 0 ? ", " + stopped + " stopped early" : "", text));
    return phase;
  }

  private static String means(Map<String, Losses> settings) {
    List<String> means = settings.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().estimate().map(l -> Format.loss(l.mean())).orElse("none")).toList();
    return means.isEmpty() ? "" : ", mean loss: " + String.join(", ", means);
  }

  private static OptionalDouble best(StoredStudy study) {
    return study.trials().stream().flatMapToDouble(t -> t.loss().stream()).min();
  }
}
