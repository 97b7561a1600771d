package proxima.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import proxima.cli.Exit;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.cli.ListOption;
import proxima.cli.Terminal;
import proxima.cli.Version;
import proxima.diagnose.CheckOrigin;
import proxima.diagnose.ScaleAxis;
import proxima.diagnose.Size;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.HyperparametersJson;
import proxima.module.Optimizer;
import proxima.objective.EditDistance;
import proxima.objective.EngineFault;
import proxima.proxy.ProxyObjective;
import proxima.scaling.Caveats;
import proxima.scaling.ScalingTable;
import proxima.scaling.SettingsJson;

/// What a check is of: networks and data of a configuration, or of a run, and the setting whose transfer is checked.
///
/// @param setting the configuration's `hyperparameters`, another optimizer's usual ones, or a finished run's recommendation
/// @param isOtherwiseMoved whether the optimizer is that of --optimizer
record CheckSource(Path path, Experiment experiment, Setting setting, boolean isOtherwiseMoved) {

  private static final String TABLE = "--table";
  private static final String OPTIMIZER = "--optimizer";
  static final List<String> OPTIMIZERS = Arrays.stream(Optimizer.values()).map(Optimizer::id).toList();
  private static final String SEEDS = "--seeds";
  private static final String WORKERS = "--workers";
  private static final String OUT = "--out";
  private static final List<String> TABLES = ScalingTable.all().stream().map(ScalingTable::id).toList();

  static void describe(CommandSpec spec) {
    describe(spec, "the folder of a finished run, whose recommended setting is then checked");
  }

  /// @param run what a run's folder is good for
  static void describe(CommandSpec spec, String run) {
    spec.addPositional(
        PositionalParamSpec.builder().index("0").paramLabel("CONFIG").type(Path.class).required(true)
            .description("A configuration as for tune, in which space may be missing, or " + run + ".").build());
    spec.addOption(OptionSpec.builder(TABLE).paramLabel("TABLE").type(String.class).description("The scaling table, instead of the configuration's: " + String.join(", ", TABLES) + ".").build());
    spec.addOption(OptionSpec.builder(SEEDS).paramLabel("N").type(int.class).description("Seeds of each training. Default: 3.").build());
    spec.addOption(OptionSpec.builder(WORKERS).paramLabel("N").type(int.class).description("Trainings at once; the results do not depend on it. Default: the configuration's.").build());
    spec.addOption(OptionSpec.builder(OUT).paramLabel("DIR").type(Path.class).description("Where the report goes. Default: runs/NAME-check-KIND, and the optimizer and the table where they are given.").build());
  }

  /// Of a check that has a verdict.
  static void describeVerdict(CommandSpec spec) {
    spec.usageMessage().exitCodeList(Map.of(Integer.toString(Exit.NOT_PASSED), "the check was made and not passed"));
  }

  /// The option of another optimizer.
  static OptionSpec optimizer() {
    return OptionSpec.builder(OPTIMIZER).paramLabel("NAME").type(String.class).description("An optimizer with its usual values, instead of the configuration's.").build();
  }

  /// The option of the scales along an axis.
  static ListOption values(ScaleAxis axis) {
    return switch (axis) {
      case WIDTH -> new ListOption("--widths", "32,64,128,256");
      case DEPTH -> new ListOption("--depths", "2,4,8,16");
      case BATCH -> new ListOption("--batches", "1024,2048,4096");
      case TOKENS -> new ListOption("--tokens", "204800,409600");
      case EXPERTS -> new ListOption("--experts", "4,8,16");
      case GRANULARITY -> new ListOption("--granularities", "1,2,4");
    };
  }

  static OptionSpec spec(ScaleAxis axis, String byDefault) {
    return values(axis).spec("Scales, such as " + values(axis).example() + ". Default: " + byDefault + ".");
  }

  /// @throws InputException with one line for each problem.
  static CheckSource read(ParseResult arguments) {
    Path path = arguments.matchedPositionalValue(0, Path.of(""));
    boolean isRun = Files.isDirectory(path);
    checkWhole(path);
    RunConfig given = isRun ? new RunFolder(path).read() : RunConfigReader.readWithoutSearch(path);
    if (isRun) {
      new RunFolder(path).checkData(given);
    }
    RunConfig tabled = arguments.hasMatchedOption(TABLE) ? given.withRule(given.rule().withTable(ScalingTable.of(known(TABLE, arguments.matchedOptionValue(TABLE, ""), TABLES)))) : given;
    if (isRun && isOtherwiseMoved(arguments)) {
      throw new InputException(OPTIMIZER + ": a run's recommendation is of its own optimizer; give the configuration instead of the folder");
    }
    RunConfig config = isOtherwiseMoved(arguments) ? tabled.withDefaults(Hyperparameters.of(Optimizer.of(known(OPTIMIZER, arguments.matchedOptionValue(OPTIMIZER, ""), OPTIMIZERS)))) : tabled;
    Path file = isRun ? new RunFolder(path).config() : path;
    RunConfigReader.checkRunnable(file, config);
    if (config.objective() instanceof ObjectiveConfig.Command command && command.modules().isEmpty()) {
      throw new InputException(
          file + ": objective.modules: is missing: the command has parameters of its own, which do not follow the scale; for check transfer and check optimizers give the file that lists the modules of its network");
    }
    Experiment experiment = new Experiment(config);
    Setting setting = isRun ? ResultFile.setting(new RunFolder(path)) : new Setting(config.defaults(), Factors.plain(experiment.network(config.base())));
    checkMapped(arguments.hasMatchedOption(TABLE) ? TABLE : path.toString(), experiment, setting);
    return new CheckSource(path, experiment, setting, isOtherwiseMoved(arguments));
  }

  /// A configuration that was put into a folder is none that a run was begun with.
  private static void checkWhole(Path path) {
    if (Files.exists(path.resolve("config.yaml")) && !Files.exists(path.resolve("config.path"))) {
      throw new InputException(path + ": is no run's folder: there is no config.path beside config.yaml; give " + path.resolve("config.yaml") + " itself");
    }
  }

  /// At the configuration's own scale; what is wrong there is wrong at each, and said once.
  private static void checkMapped(String where, Experiment experiment, Setting setting) {
    try {
      experiment.settings(setting, experiment.config().scale());
    } catch (InputException e) {
      throw new InputException(e.problems().stream().map(p -> where + ": " + withoutScale(p)).toList());
    }
  }

  static String withoutScale(String problem) {
    return problem.replaceFirst("^width=\\S+: ", "");
  }

  /// What trains here, to be looked into.
  /// @throws InputException if a program of the user's trains.
  ProxyObjective proxy(String kind) {
    if (experiment.objective(new RunFolder(Path.of(""))) instanceof ProxyObjective proxy) {
      return proxy;
    }
    throw new InputException(path + ": objective.kind: command: check " + kind + " can not look into a program of your own; check transfer can be made of it");
  }

  private static boolean isOtherwiseMoved(ParseResult arguments) {
    return arguments.hasMatchedOption(OPTIMIZER);
  }

  /// Where the optimizer was chosen.
  String whereOptimizer() {
    return isOtherwiseMoved ? OPTIMIZER : path.toString();
  }

  /// The name that an option gives.
  /// @throws InputException if it is none of those known, with the nearest.
  static String known(String option, String name, List<String> names) {
    if (!names.contains(name)) {
      throw new InputException(option + ": '" + name + "' is not one of " + String.join(", ", names) + EditDistance.hint(name, names));
    }
    return name;
  }

  /// Whether it is of a run's folder.
  boolean isRun() {
    return Files.isDirectory(path);
  }

  RunConfig config() {
    return experiment.config();
  }

  /// What the table does not follow on the way to sizes.
  List<String> unfollowed(Collection<Size> sizes) {
    return sizes.stream().flatMap(s -> Caveats.of(config().rule().table(), config().base(), s.scale()).stream()).distinct().toList();
  }

  /// Says so.
  void noteUnfollowed(Collection<Size> sizes, Terminal terminal) {
    unfollowed(sizes).forEach(c -> terminal.note("proxima: beware: " + c));
  }

  /// What a check of one setting stands under: `optimizer muon, table mup`.
  String heading() {
    return "optimizer " + setting.hyperparameters().optimizer().id() + ", " + table();
  }

  private String table() {
    return "table " + config().rule().table().id();
  }

  /// What the answer of a check of one setting says of it.
  void put(ObjectNode answer) {
    answer.put("name", config().name()).put("optimizer", setting.hyperparameters().optimizer().id());
    answer.set("hyperparameters", HyperparametersJson.of(setting.hyperparameters()));
    answer.put("table", config().rule().table().id()).put("alpha", config().rule().alpha());
    answer.set("scale", SettingsJson.of(config().scale()));
  }

  /// The configuration's size.
  Size size() {
    return new Size(config().scale(), config().objective() instanceof ObjectiveConfig.Transformer t ? t.experts() : Optional.empty());
  }

  /// This with another learning rate, at the base scale.
  CheckSource atRate(double rate) {
    return new CheckSource(path, experiment, withRate(rate), isOtherwiseMoved);
  }

  /// The setting with another.
  Setting withRate(double rate) {
    return new Setting(setting.hyperparameters().atRate(rate), setting.factors());
  }

  static int seeds(ParseResult arguments) {
    return count(arguments, SEEDS, 3, 1, 1000);
  }

  int workers(ParseResult arguments) {
    return count(arguments, WORKERS, config().workers(), 1, 256);
  }

  static int count(ParseResult arguments, String option, int byDefault, int low, int high) {
    int value = arguments.matchedOptionValue(option, byDefault);
    if (!(value >= low && value <= high)) {
      throw new InputException(option + ": must be from " + low + " to " + high + ", got " + value);
    }
    return value;
  }

  static double rate(ParseResult arguments, String option, double byDefault) {
    double value = arguments.matchedOptionValue(option, byDefault);
    if (!(value > 0 && Double.isFinite(value))) {
      throw new InputException(option + ": must be positive, got " + value);
    }
    return value;
  }

  /// The folder of a report.
  /// @throws InputException if a tuning run has a report there.
  Path out(ParseResult arguments, String kind) {
    String table =
        (isOtherwiseMoved ? "-" + config().defaults().optimizer().id() : "") + (arguments.hasMatchedOption(TABLE) ? "-" + config().rule().table().id() : "");
    Path out = arguments.matchedOptionValue(OUT, Path.of("runs", config().name() + "-check-" + kind + table));
    RunFolder run = new RunFolder(out);
    // The journal of one may be in a store.
    if (Files.exists(run.journal()) || Files.exists(run.config())) {
      throw new InputException(OUT + ": " + out + " is the folder of a tuning run, whose report would be replaced; give another folder");
    }
    return out;
  }

  /// The folder of a report, made before what goes into it: trainings are logged there.
  Path folder(ParseResult arguments, String kind) {
    Path out = out(arguments, kind);
    try {
      return Files.createDirectories(out);
    } catch (IOException e) {
      throw new InputException(out + ": can not be made: " + IoFault.text(e) + "; give another folder with --out");
    }
  }

  /// Those of some axes along which the model follows scaling tables.
  List<ScaleAxis> followed(List<ScaleAxis> axes) {
    return axes.stream().filter(axis -> axis != ScaleAxis.DEPTH || config().objective().growsInDepth()).toList();
  }

  /// The sizes along several axes.
  /// @throws InputException with one line for each that is not possible.
  Map<ScaleAxis, List<Size>> axes(ParseResult arguments, Collection<ScaleAxis> axes, boolean withProxy, Function<ScaleAxis, long[]> multiples) {
    Map<ScaleAxis, List<Size>> sizes = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (ScaleAxis axis : axes) {
      try {
        sizes.put(axis, sizes(arguments, axis, withProxy, multiples.apply(axis)));
      } catch (InputException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return sizes;
  }

  /// The sizes along an axis that an option lists, or that are so many times the configuration's; in ascending order, each one possible and with
  /// settings of its own.
  /// @param withProxy whether the configuration's size is always among them
  /// @throws InputException with one line for each that is not possible.
  private List<Size> sizes(ParseResult arguments, ScaleAxis axis, boolean withProxy, long... multiples) {
    ListOption list = values(axis);
    String option = list.name();
    Size proxy = size();
    if (axis.isOfExperts() && proxy.experts().isEmpty()) {
      throw new InputException(option + ": the model has no experts; give objective.experts, which a transformer can have, in the configuration");
    }
    TreeSet<Long> values = new TreeSet<>(list.wholeNumbers(arguments));
    if (!list.isGiven(arguments)) {
      LongStream.of(multiples).forEach(m -> values.add(m * axis.of(proxy)));
    }
    if (withProxy) {
      values.add(axis.of(proxy));
    }
    List<String> problems = new ArrayList<>();
    List<Size> sizes = new ArrayList<>();
    for (long value : values) {
      try {
        Size size = moved(axis, proxy, value);
        experiment.of(size).check(size.scale());
        experiment.settings(setting, size);
        sizes.add(size);
      } catch (InputException e) {
        e.problems().forEach(p -> problems.add(option + " " + value + ": " + withoutScale(p)));
      } catch (IllegalArgumentException e) {
        problems.add(option + " " + value + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    if (sizes.size() < 2) {
      throw new InputException(option + ": needs two or more different scales, got " + Arrays.toString(values.toArray()));
    }
    return sizes;
  }

  /// Along an axis. Under the table for one active share of the experts as large a part of them is active.
  private Size moved(ScaleAxis axis, Size proxy, long value) {
    boolean keepsShare = axis == ScaleAxis.EXPERTS && config().rule().table().equals(ScalingTable.MOE_FIXED_SPARSITY);
    return keepsShare ? new Size(proxy.scale(), proxy.experts().map(e -> e.withCountAndShare(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE)))) : axis.with(proxy, value);
  }

  /// Says that trainings were known, which nobody saw.
  /// @param all that the check needed
  /// @param trained of them now
  void noteKnown(Terminal terminal, Path log, int all, int trained) {
    if (trained < all) {
      String own = config().objective() instanceof ObjectiveConfig.Command ? "; delete it if your program or what it reads has changed" : "";
      terminal.note((all - trained) + " of " + all + " trainings were known from " + log + own);
    }
  }

  /// What is to be said of a device that can not do it.
  static InputException fault(EngineFault e) {
    return new InputException(e.getMessage() + "; give fewer --workers or smaller scales, or objective.device: cpu");
  }

  /// Where the numbers of a report of one setting come from. The configuration's text may have another.
  /// @throws InputException if the configuration can not be read any more.
  CheckOrigin origin(List<String> lines) {
    Hyperparameters values = setting.hyperparameters();
    String whose = isOtherwiseMoved ? "its usual values (" + OPTIMIZER + ")" : isRun() ? "the recommended setting of " + path + ", before its factors" : "the configuration's values";
    String optimizer = values.values().entrySet().stream().map(v -> v.getKey().id() + " " + v.getValue()).collect(Collectors.joining(", ", "optimizer " + values.optimizer().id() + ", " + whose + ": ", ""));
    return origin(heading(), Stream.concat(Stream.of(optimizer), lines.stream()).toList());
  }

  /// Where those of a report of several optimizers do.
  CheckOrigin originOfSeveral(List<String> lines) {
    return origin(table(), lines);
  }

  private CheckOrigin origin(String heading, List<String> lines) {
    try {
      String text = Files.readString(isRun() ? new RunFolder(path).config() : path);
      return new CheckOrigin(config().name(), heading, lines, text, Arrays.asList(Version.lines()));
    } catch (IOException e) {
      throw new InputException(path + ": can not be read: " + IoFault.text(e));
    }
  }
}
