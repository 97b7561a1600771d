package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Command;
import proxima.cli.Exit;
import proxima.cli.FolderLock;
import proxima.cli.InputException;
import proxima.cli.Interrupt;
import proxima.cli.IoFault;
import proxima.cli.Json;
import proxima.cli.ListOption;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.cli.WholeFile;
import proxima.diagnose.CheckOrigin;
import proxima.diagnose.ScaleAxis;
import proxima.diagnose.Size;
import proxima.diagnose.Subject;
import proxima.diagnose.Sweep;
import proxima.diagnose.Sweeps;
import proxima.diagnose.TrainingLog;
import proxima.diagnose.Trainings;
import proxima.diagnose.TransferCheck;
import proxima.diagnose.TransferJson;
import proxima.diagnose.TransferReport;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.UpdateRule;
import proxima.objective.Job;
import proxima.proxy.Experts;
import proxima.scaling.Ratios;
import proxima.space.Configuration;

/// `check transfer CONFIG`: whether the best learning rate stays where it is as the model and its training grow.
final class CheckTransferCommand implements Command {

  private static final String KIND = "transfer";
  private static final ListOption AXIS = new ListOption("--axis", "width,depth");
  private static final ListOption RATES = new ListOption("--rates", "0.01,0.02,0.04");
  private static final List<String> AXES = Arrays.stream(ScaleAxis.values()).map(ScaleAxis::id).toList();

  /// Those that every model has.
  private static final List<ScaleAxis> USUAL = Arrays.stream(ScaleAxis.values()).filter(axis -> !axis.isOfExperts()).toList();

  /// To each side of the configuration's rate.
  private static final int OCTAVES = 3;

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Trains at each scale with several learning rates, and says where the best one lies, how far that is from the proxy's (the configuration's scale), and what loss the proxy's best rate costs"
                + " there. One axis grows at a time; which ones: those whose scales are given, those of --axis, else width, depth, batch and tokens.",
            "A mixture of experts has two axes more, if they are asked for. Over experts, their number grows and as many are active; under the table moe-fixed-sparsity, which is for one active share, as large a part. Over granularity they are finer: at twice the granularity twice as many of half the hidden width, twice as"
                + " many of them active. The best rate is known to stay over the one and not over the other (arXiv 2508.09752).",
            "Passed: at every scale the best rate, by a parabola through the lowest mean and its neighbours, lies within 1 octave of the proxy's (aim: 0.5), and what its best rate costs is within 2"
                + " standard errors of a difference between means over seeds, or what a quarter of an octave costs where that is more; with one seed the latter alone. Beside a rate that diverges there is no parabola: the best rate is one that was"
                + " tried, known to the distance of its neighbours, which is said; where that is more than an octave it is not passed. Where the lowest mean is at an end of the rates, up to 6 octaves are added there.",
            "The same command again goes on where it was stopped, even by kill -9: each training that ended is a line of trainings.csv in the folder --out, and none is done twice.")
        .footer(
            "",
            "Examples: ./proxima check transfer examples/quickstart.yaml --widths 32,64,128 --rates 0.0078,0.0156,0.031,0.0625,0.125",
            "          ./proxima check transfer runs/quickstart --axis depth,batch",
            "          ./proxima check transfer examples/experts.yaml --experts 4,8,16 --granularities 2,4,8");
    CheckSource.describe(spec);
    CheckSource.describeVerdict(spec);
    spec.addOption(CheckSource.optimizer());
    spec.addOption(AXIS.spec("Axes to grow along, of " + String.join(", ", AXES) + "."));
    for (ScaleAxis axis : ScaleAxis.values()) {
      String multiples = multiples(axis).length == 4 ? "1, 2, 4 and 8" : "1, 2 and 4";
      spec.addOption(CheckSource.spec(axis, multiples + " times the configuration's, which is always among them"));
    }
    spec.addOption(RATES.spec("Learning rates at the base scale, such as " + RATES.example() + ". Default: the setting's, and up to 3 octaves below and above it."));
  }

  private static long[] multiples(ScaleAxis axis) {
    return switch (axis) {
      case WIDTH, TOKENS -> new long[] {1, 2, 4, 8};
      case DEPTH, BATCH, EXPERTS, GRANULARITY -> new long[] {1, 2, 4};
    };
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws InterruptedException {
    CheckSource source = CheckSource.read(arguments);
    int seeds = CheckSource.seeds(arguments);
    int workers = source.workers(arguments);
    Map<ScaleAxis, List<Size>> axes = axes(source, arguments);
    List<Double> rates = rates(source, arguments);
    source.noteUnfollowed(axes.values().stream().flatMap(List::stream).toList(), terminal);
    Path out = source.folder(arguments, KIND);
    try (Interrupt _ = new Interrupt(() -> terminal.note("proxima: stopped; what was trained is kept. The same command goes on."));
        FolderLock _ = FolderLock.take(out);
        TrainingLog log = new TrainingLog(out.resolve(TrainingLog.NAME));
        Listening listener = new Listening(terminal)) {
      Set<Size> sizes = new LinkedHashSet<>();
      axes.values().forEach(sizes::addAll);
      Size proxy = source.size();
      Map<Optional<Experts>, Subject> subjects = new HashMap<>();
      Sweeps.Jobs jobs = (size, rate, k) -> planned(source, subjects.computeIfAbsent(size.experts(), _ -> source.experiment().of(size).subject(new RunFolder(out))), size, rate, k);
      Map<Size, Sweep> sweeps = sweeps(new Sweeps(jobs, log, workers, listener), sizes, proxy, rates, seeds, listener);
      List<TransferCheck> checks = axes.entrySet().stream().map(e -> new TransferCheck(e.getKey(), e.getValue().stream().map(sweeps::get).toList(), proxy, power(source, e.getKey()))).toList();
      ObjectNode answer = answer(source, seeds, checks);
      WholeFile.write(out.resolve("check.json"), answer.toPrettyString() + "\n");
      Path report = TransferReport.write(out, origin(source, seeds), source.config().objective().unit(), checks);
      terminal.say(source.heading() + ", proxy " + proxy + ", " + seeds + (seeds == 1 ? " seed, which can not tell what is chance" : " seeds"));
      checks.forEach(c -> TransferReport.lines(c).forEach(terminal::say));
      terminal.say("report  " + report);
      source.noteKnown(terminal, out.resolve(TrainingLog.NAME), sweeps.values().stream().mapToInt(s -> s.rates().size() * seeds).sum(), listener.trained);
      terminal.answer(answer);
      return checks.stream().allMatch(TransferCheck::passed) ? Exit.DONE : Exit.NOT_PASSED;
    } catch (IOException e) {
      throw new InputException(out + ": can not be written: " + IoFault.text(e));
    }
  }

  private static Map<Size, Sweep> sweeps(Sweeps sweeps, Set<Size> sizes, Size proxy, List<Double> rates, int seeds, Listening listener) throws InterruptedException {
    try {
      return sweeps.run(sizes, proxy, rates, seeds);
    } catch (InterruptedException e) {
      listener.terminal.answer(CheckProgress.stopped(KIND, listener.done, listener.all));
      throw e;
    }
  }

  private static Trainings.Planned planned(CheckSource source, Subject subject, Size size, double rate, int k) {
    ModuleSettings settings = source.experiment().trained(source.withRate(rate), size);
    // With other settings, as of another table, a training has a folder of its own.
    String id = "check-" + size.toString().replaceAll("[=,]", "-") + "-" + rate + "-" + source.config().seeds().check(k) + "-" + Integer.toHexString(settings.toString().hashCode());
    return new Trainings.Planned(subject, new Job(id, new Configuration(Map.of()), settings, size.scale(), source.config().seeds().check(k)), rate);
  }

  /// The power of batch or tokens that the scaling map has in the learning rates of weights.
  private static OptionalDouble power(CheckSource source, ScaleAxis axis) {
    return switch (axis) {
      case BATCH -> OptionalDouble.of(power(source, new Ratios(1, 1, 1, 2, 1)));
      case TOKENS -> OptionalDouble.of(power(source, new Ratios(1, 1, 1, 1, 2)));
      case WIDTH, DEPTH, EXPERTS, GRANULARITY -> OptionalDouble.empty();
    };
  }

  private static double power(CheckSource source, Ratios doubled) {
    UpdateRule weights = source.setting().hyperparameters().optimizer().rule(ModuleRole.HIDDEN);
    return Math.log(source.config().rule().factor(weights, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, doubled)) / Math.log(2);
  }

  private static Map<ScaleAxis, List<Size>> axes(CheckSource source, ParseResult arguments) {
    Set<ScaleAxis> chosen = new TreeSet<>();
    for (String id : AXIS.words(arguments)) {
      chosen.add(ScaleAxis.of(CheckSource.known(AXIS.name(), id, AXES)));
    }
    for (ScaleAxis axis : ScaleAxis.values()) {
      if (CheckSource.values(axis).isGiven(arguments)) {
        chosen.add(axis);
      }
    }
    return source.axes(arguments, chosen.isEmpty() ? source.followed(USUAL) : chosen, true, CheckTransferCommand::multiples);
  }

  private static List<Double> rates(CheckSource source, ParseResult arguments) {
    double middle = source.setting().hyperparameters().learningRate();
    List<Double> byDefault = IntStream.rangeClosed(-OCTAVES, OCTAVES).mapToObj(k -> middle * Math.pow(2, k)).toList();
    List<Double> given = RATES.isGiven(arguments) ? RATES.numbers(arguments) : byDefault;
    for (double rate : given) {
      if (!(rate > 0 && Double.isFinite(rate))) {
        throw new InputException(RATES.name() + ": a learning rate must be positive, got " + rate);
      }
    }
    List<Double> rates = given.stream().sorted().distinct().toList();
    if (rates.size() < 3) {
      throw new InputException(RATES.name() + ": a parabola needs three or more different rates, got " + rates);
    }
    return rates;
  }

  /// A bar for each round of trainings.
  private static final class Listening implements Sweeps.Listener, AutoCloseable {

    private final Terminal terminal;
    private Optional<CheckProgress> progress = Optional.empty();
    private boolean again;
    private int trained;
    private int done;
    private int all;

    Listening(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void start(int all, int known) {
      this.all = all;
      done = known;
      String note = again ? "; rates beyond an end that had the lowest loss" : known > 0 ? ", of which " + known + " are known" : "";
      if (!terminal.interactive()) {
        terminal.note("transfer: " + all + " trainings" + note);
      }
      progress = Optional.of(new CheckProgress(terminal, again ? "further rates" : KIND, known, all));
      again = true;
    }

    @Override
    public void trained() {
      trained++;
      done++;
      progress.ifPresent(CheckProgress::step);
    }

    @Override
    public void end() {
      progress.ifPresent(CheckProgress::close);
      progress = Optional.empty();
    }

    @Override
    public void close() {
      end();
    }
  }

  private static CheckOrigin origin(CheckSource source, int seeds) {
    return source.origin(
        List.of("proxy: " + source.size() + "; values are stored at " + source.config().base(), "seeds: " + source.config().seeds().check(0) + " to " + source.config().seeds().check(seeds - 1),
            "every training: trainings.csv"));
  }

  private static ObjectNode answer(CheckSource source, int seeds, List<TransferCheck> checks) {
    ObjectNode answer = Json.object().put("check", KIND).put("passed", checks.stream().allMatch(TransferCheck::passed));
    source.put(answer);
    answer.put("seeds", seeds).put("version", Version.PROXIMA).put("mostOctaves", TransferCheck.OCTAVES);
    checks.forEach(c -> answer.set(c.axis().id(), TransferJson.of(c)));
    return answer;
  }
}
