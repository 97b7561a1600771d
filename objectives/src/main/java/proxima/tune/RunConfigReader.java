package proxima.tune;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import proxima.cli.Problems;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.module.Hyperparameters;
import proxima.scaling.BetaForm;
import proxima.scaling.DepthInterpolation;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.store.Store;
import proxima.study.EarlyStopping;
import proxima.study.MedianStopping;
import proxima.study.Promotion;
import proxima.study.SuccessiveHalving;
import proxima.train.Device;
import proxima.tune.ObjectiveConfig.Data;

/// Reads the YAML file of a tuning run. This is the one place of a run's defaults.
final class RunConfigReader {

  static final Scale NO_SCALE = new Scale(1, 1, 1, 1);

  private final Problems problems;
  private final Path directory;
  private final Purpose purpose;
  private final OptionalInt symbols;

  /// What a file is read for.
  private enum Purpose {
    /// To train, perhaps for the first time.
    TO_TRAIN,
    /// To go on with a run.
    AGAIN,
    /// To look at what a run has found: the files that it names may be gone.
    TO_LOOK,
    /// For something else than a search: `space` may be missing.
    WITHOUT_SEARCH
  }

  /// @param symbols of the text that it names, where they were noted
  private RunConfigReader(Problems problems, Path directory, Purpose purpose, OptionalInt symbols) {
    this.problems = problems;
    this.directory = directory;
    this.purpose = purpose;
    this.symbols = symbols;
  }

  /// @param given where the user keeps the file: its name is the run's, where the file has no other, and relative paths start beside it
  /// @throws InputException with one line for each problem of the file.
  static RunConfig read(Path file, Path given) {
    return read(new Problems(file), given, Purpose.AGAIN, OptionalInt.empty());
  }

  /// The same.
  /// @param shown what users know the file by
  /// @param symbols how many the text has that it names, where they were noted as the run began
  static RunConfig read(Path file, Path given, String shown, OptionalInt symbols) {
    return read(new Problems(file, shown), given, Purpose.AGAIN, symbols);
  }

  /// The same, to look at what a run has found: the files that it names may be gone.
  static RunConfig readToLook(Path file, Path given, OptionalInt symbols) {
    return read(new Problems(file), given, Purpose.TO_LOOK, symbols);
  }

  /// The same, of a file that trainings are to begin with: a parameter that makes no difference is a problem too.
  static RunConfig readToTrain(Path file) {
    return read(new Problems(file), file, Purpose.TO_TRAIN, OptionalInt.empty());
  }

  /// The same, of a file in which `space` may be missing: nothing is searched.
  static RunConfig readWithoutSearch(Path file) {
    return read(new Problems(file), file, Purpose.WITHOUT_SEARCH, OptionalInt.empty());
  }

  private static RunConfig read(Problems problems, Path given, Purpose purpose, OptionalInt symbols) {
    Path whole = given.toAbsolutePath().normalize();
    return new RunConfigReader(problems, Optional.ofNullable(whole.getParent()).orElse(whole), purpose, symbols).read(nameByDefault(whole.toString()));
  }

  /// What a run is called whose configuration does not say it: as the configuration's file.
  static String nameByDefault(String file) {
    return file.replaceFirst("(?s)^.*/", "").replaceFirst("\\.ya?ml$", "");
  }

  private RunConfig read(String byDefault) {
    Section top = Section.read(problems);
    String name = top.text("name").orElse(byDefault);
    if (!name.matches("[\\w.-]+") || name.matches("\\.+")) {
      top.wrong("name", "needs letters, digits, '.', '_' or '-' only, and not dots alone, since the run folder bears it; got '" + name + "'");
    }
    ObjectiveConfig objective = objective(top.section("objective"));
    // A command with parameters of its own need not have a scale.
    Scale given = top.has("scale") || tunesModules(objective) ? requiredScale(top.section("scale")) : NO_SCALE;
    Optional<EarlyStopping> stopping = stopping(top.section("stopping"), given);
    Scale scale = given.equals(NO_SCALE) && stopping.isPresent() && stopping.get() instanceof Promotion(_, _, long whole) ? new Scale(1, 1, 1, whole) : given;
    Scale base = top.has("base") ? requiredScale(top.section("base")) : scale;
    ScalingRule rule = rule(top.section("scaling"));
    Hyperparameters defaults = OptimizerKeys.hyperparameters(top);
    SpaceConfig space =
        purpose != Purpose.WITHOUT_SEARCH || top.has("space")
            ? SpaceKeys.space(top.section("space"), tunesModules(objective), defaults.optimizer())
            : new SpaceConfig.PerModule(Map.of(), Hints.NONE, Map.of(), Map.of(), Map.of(), Map.of());
    String strategy = top.choice("strategy", "gp", StrategyChoice.names());
    if (space instanceof SpaceConfig.Plain plain && !plain.hints().equals(Hints.NONE) && !StrategyChoice.of(strategy).isProcess()) {
      top.wrong("strategy", strategy + " " + Hints.UNHEEDED);
    }
    RunConfig.Budget budget = budget(top.section("budget"), space);
    Optional<PriorConfig> prior = prior(top);
    Optional<String> store = store(top);
    int workers = (int) top.integer("workers", 2, 1, 256);
    long seed = top.integer("seed", 1, 0, Integer.MAX_VALUE);
    top.finish();
    RunConfig config = new RunConfig(name, objective, scale, base, rule, defaults, space, strategy, budget, stopping, prior, store, workers, seed);
    RunConfigCheck check = new RunConfigCheck(config, top, problems);
    if (purpose != Purpose.TO_LOOK) {
      check.run();
    }
    if (purpose == Purpose.TO_TRAIN) {
      check.checkUse();
    }
    problems.check();
    return config;
  }

  /// Whether the objective can be made here and now: its program is there, its device too.
  /// @throws InputException if not, with the line.
  static void checkRunnable(Path file, RunConfig config) {
    Problems problems = new Problems(file);
    Section objective = Section.read(problems).section("objective");
    if (config.objective() instanceof ObjectiveConfig.Transformer t) {
      objective.build("sequence", _ -> Experiment.text(t.data()).checkWindows(t.sequence()), true);
    }
    String key = config.objective() instanceof ObjectiveConfig.Command ? "command" : "device";
    objective.build(key, x -> Optional.of(new Experiment(config).objective(new RunFolder(Path.of("")))), Optional.empty());
    problems.check();
  }

  /// Whether trials can be evaluated where their losses are known at the end alone.
  /// @throws InputException if not, with the line.
  static void checkUnwatched(Path file, RunConfig config) {
    Problems problems = new Problems(file);
    if (config.stopping().filter(rule -> !(rule instanceof Promotion)).isPresent()) {
      Section.read(problems).wrong("stopping", "needs losses on the way, which clusters do not send back; take kind: promotion, or leave it out");
    }
    problems.check();
  }

  private ObjectiveConfig objective(Section s) {
    String kind = s.choice("kind", "transformer", "transformer", "mlp", "convolution", "random-labels", "command");
    ObjectiveConfig objective =
        switch (kind) {
          case "command" -> command(s);
          case "mlp" -> new ObjectiveConfig.Mlp(device(s));
          case "convolution" -> new ObjectiveConfig.Convolution(device(s));
          case "random-labels" -> new ObjectiveConfig.RandomLabels(device(s));
          default -> transformer(s);
        };
    s.finish();
    return objective;
  }

  private ObjectiveConfig transformer(Section s) {
    return new ObjectiveConfig.Transformer(
        data(s),
        (int) s.integer("heads", 4, 1, 1024),
        (int) s.integer("sequence", 64, 2, 65_536),
        s.choice("activation", "gelu", "gelu", "swiglu").equals("swiglu"),
        s.flag("tied", false),
        ModelKeys.attention(s),
        ModelKeys.experts(s),
        device(s));
  }

  private Data data(Section s) {
    if (s.isSection("data")) {
      Section data = s.section("data");
      Path file = data.requiredFile("text", directory);
      data.finish();
      return new Data.Text(file, symbols);
    }
    return s.choice("data", "unicode-names", "unicode-names", "hmm").equals("hmm") ? new Data.HiddenMarkov() : new Data.UnicodeNames();
  }

  /// Whatever else is wrong with the objective.
  private static String device(Section s) {
    String id = s.text("device").orElse("auto");
    try {
      Device.of(id);
    } catch (IllegalArgumentException e) {
      s.wrong("device", String.valueOf(e.getMessage()));
    }
    return id;
  }

  private ObjectiveConfig command(Section s) {
    List<String> command = s.texts("command");
    return new ObjectiveConfig.Command(
        command,
        s.file("directory", directory).orElse(directory).normalize(),
        Duration.ofMillis(Math.round(1000 * s.number("timeout", 3600, Range.POSITIVE))),
        (int) s.integer("retries", 1, 0, 100),
        s.has("modules") ? Optional.of(s.requiredFile("modules", directory)) : Optional.empty());
  }

  /// A scale all of whose keys must be there.
  static Scale requiredScale(Section s) {
    int width = (int) s.requiredInteger("width", 1, Scale.MOST_WIDTH);
    int depth = (int) s.requiredInteger("depth", 1, Scale.MOST_DEPTH);
    long batch = s.requiredInteger("batch", 1, Long.MAX_VALUE);
    long tokens = s.requiredInteger("tokens", 1, Long.MAX_VALUE);
    s.finish();
    return s.build(x -> new Scale(width, depth, batch, tokens), NO_SCALE);
  }

  private static ScalingRule rule(Section s) {
    ScalingRule rule = ruleKeys(s);
    s.finish();
    return rule;
  }

  /// The keys of the scaling rule, wherever they stand.
  static ScalingRule ruleKeys(Section s) {
    ScalingTable table = ScalingTable.of(s.choice("table", "complete-d-p", ScalingTable.all().stream().map(ScalingTable::id).toArray(String[]::new)));
    double alpha = s.number("alpha", 1, Range.ALPHA);
    double batch = s.number("batchExponent", 0.5, Range.EXPONENT);
    double duration = s.number("durationExponent", 0.5, Range.EXPONENT);
    double decay = s.number("weightDecayExponent", 1, Range.EXPONENT);
    double perParameter = s.number("tokensPerParameterExponent", 0, Range.EXPONENT);
    boolean finalNorm = s.flag("finalNormEpsilon", false);
    BetaForm betas = s.choice("betas", "linear", "linear", "exponent").equals("linear") ? BetaForm.LINEAR : BetaForm.EXPONENT;
    DepthInterpolation depth =
        s.choice("depthInterpolation", "relative", "relative", "cell-centred").equals("relative") ? DepthInterpolation.RELATIVE : DepthInterpolation.CELL_CENTRED;
    return new ScalingRule(table, alpha, batch, duration, decay, perParameter, finalNorm, betas, depth);
  }

  private static boolean tunesModules(ObjectiveConfig objective) {
    return !(objective instanceof ObjectiveConfig.Command c) || c.modules().isPresent();
  }

  /// `prior: [runs/a, prior.json]`, or `prior: {from: [runs/a, prior.json], shared: true}`.
  private Optional<PriorConfig> prior(Section top) {
    if (!top.has("prior")) {
      return Optional.empty();
    }
    boolean more = top.isSection("prior");
    Section s = more ? top.section("prior") : top;
    List<Path> from = s.files(more ? "from" : "prior", directory).stream().map(Path::normalize).toList();
    boolean shared = more && s.flag("shared", false);
    if (s.has(more ? "from" : "prior") && from.stream().allMatch(directory.normalize()::equals)) {
      s.wrong(more ? "from" : "prior", "names no earlier run; leave prior out where there is nothing to learn from");
    }
    if (more) {
      s.finish();
    }
    return Optional.of(new PriorConfig(from, shared));
  }

  /// `store: postgresql://HOST/DATABASE`, or the path of an SQLite file.
  private Optional<String> store(Section top) {
    return top.text("store").map(name -> top.build("store", _ -> Store.named(name, directory), ""));
  }

  private static RunConfig.Budget budget(Section s, SpaceConfig space) {
    boolean plain = space instanceof SpaceConfig.Plain;
    int global = plain ? (int) s.integer("trials", 50, 1, 100_000) : (int) s.integer("global", 12, 0, 100_000);
    int perModule = plain ? 0 : (int) s.integer("perModule", 100, 1, 100_000);
    int finalists = (int) s.integer("finalists", 3, 1, 100);
    int seeds = (int) s.integer("seeds", 3, 1, 100);
    s.finish();
    return new RunConfig.Budget(global, perModule, finalists, seeds);
  }

  /// @param scale that trials train at; NO_SCALE where what a step is, and how many there are, is the command's own
  private static Optional<EarlyStopping> stopping(Section s, Scale scale) {
    Optional<StoppingChoice> choice = s.keys().isEmpty() ? Optional.empty() : StoppingChoice.of(s.choice("kind", StoppingChoice.ASHA.id(), StoppingChoice.names()));
    boolean scaled = !scale.equals(NO_SCALE);
    Optional<EarlyStopping> stopping = choice.map(c -> {
      long grace =
          scaled ? s.integer("grace", Math.max(1, scale.steps() / (SuccessiveHalving.ETA * SuccessiveHalving.ETA)), 1, Long.MAX_VALUE) : s.requiredInteger("grace", 1, Long.MAX_VALUE);
      return switch (c) {
        case ASHA -> new SuccessiveHalving(grace, (int) s.integer("eta", SuccessiveHalving.ETA, 2, 1000));
        case MEDIAN -> new MedianStopping(grace, (int) s.integer("trials", MedianStopping.TRIALS, 1, 1000));
        case PROMOTION -> {
          long steps = scaled ? scale.steps() : s.requiredInteger("steps", 1, Long.MAX_VALUE);
          int eta = (int) s.integer("eta", SuccessiveHalving.ETA, 2, 1000);
          yield s.build("grace", _ -> new Promotion(grace, eta, steps), new Promotion(1, eta, 1));
        }
      };
    });
    s.finish();
    return stopping;
  }
}
