package proxima.tune;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import proxima.cli.Problems;
import proxima.cli.Range;
import proxima.cli.Section;
import proxima.module.GlobalSpace;
import proxima.module.GlobalSpace.Interval;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSpace;
import proxima.module.Optimizer;
import proxima.objective.EditDistance;
import proxima.scaling.BetaForm;
import proxima.scaling.DepthInterpolation;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.space.CategoricalParameter;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.store.Store;
import proxima.study.EarlyStopping;
import proxima.study.MedianStopping;
import proxima.study.Promotion;
import proxima.study.SuccessiveHalving;
import proxima.train.Device;
import proxima.tune.ObjectiveConfig.Data;

/// Reads the YAML file of a tuning run. This is the one place of a run's defaults.
final class RunConfigReader {

  /// The largest range of a factor, in octaves to each side of 1: 2^12.
  private static final double MOST_OCTAVES = 12;

  static final Scale NO_SCALE = new Scale(1, 1, 1, 1);

  private final Problems problems;
  private final Path directory;
  private final boolean searches;

  private RunConfigReader(Problems problems, Path directory, boolean searches) {
    this.problems = problems;
    this.directory = directory;
    this.searches = searches;
  }

  /// @param given where the user keeps the file: its name is the run's, where the file has no other, and relative paths start beside it
  /// @throws InputException with one line for each problem of the file.
  static RunConfig read(Path file, Path given) {
    return read(new Problems(file), given, true);
  }

  /// The same.
  /// @param shown what users know the file by
  static RunConfig read(Path file, Path given, String shown) {
    return read(new Problems(file, shown), given, true);
  }

  /// The same, of a file in which `space` may be missing: nothing is searched.
  static RunConfig readWithoutSearch(Path file) {
    return read(new Problems(file), file, false);
  }

  private static RunConfig read(Problems problems, Path given, boolean searches) {
    Path whole = given.toAbsolutePath().normalize();
    String name = String.valueOf(whole.getFileName()).replaceFirst("\\.ya?ml$", "");
    return new RunConfigReader(problems, Optional.ofNullable(whole.getParent()).orElse(whole), searches).read(name);
  }

  private RunConfig read(String byDefault) {
    Section top = Section.read(problems);
    String name = top.text("name").orElse(byDefault);
    if (!name.matches("[\\w.-]+")) {
      top.wrong("name", "needs letters, digits, '.', '_' or '-' only, since the run folder bears it; got '" + name + "'");
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
        searches || top.has("space")
            ? space(top.section("space"), objective, defaults.optimizer())
            : new SpaceConfig.PerModule(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    String strategy = top.choice("strategy", "gp", StrategyChoice.names());
    RunConfig.Budget budget = budget(top.section("budget"), space);
    Optional<PriorConfig> prior = prior(top);
    Optional<String> store = store(top);
    int workers = (int) top.integer("workers", 2, 1, 256);
    long seed = top.integer("seed", 1, 0, Integer.MAX_VALUE);
    top.finish();
    RunConfig config = new RunConfig(name, objective, scale, base, rule, defaults, space, strategy, budget, stopping, prior, store, workers, seed);
    if (!problems.concern("objective", "scale", "base")) {
      check(config, top);
    }
    problems.check();
    return config;
  }

  /// Notes what is impossible although each key is right by itself.
  private void check(RunConfig config, Section top) {
    if (!top.has("scale") && config.objective() instanceof ObjectiveConfig.Command c) {
      boolean isPromoted = config.stopping().orElse(EarlyStopping.NONE) instanceof Promotion;
      Stream.of("{width}", "{depth}", "{batch}", "{tokens}", "{steps}")
          .filter(p -> c.command().stream().anyMatch(argument -> argument.contains(p) && !argument.contains("{" + p + "}")) && !(isPromoted && p.equals("{steps}")))
          .findFirst()
          .ifPresent(p -> top.section("objective").wrong("command", p + " needs a scale, such as scale: {width: 64, depth: 2, batch: 1024, tokens: 204800}, and there is none"));
    }
    if (config.stopping().orElse(EarlyStopping.NONE) instanceof Promotion promotion) {
      checkBudget(config, promotion, top.section("budget"));
    }
    Optional<Experiment> experiment = experiment(config);
    if (experiment.isEmpty()) {
      explain(config, top.section("objective"));
    }
    checkTypes(config, top.section("space"), experiment.or(() -> plain(config)));
    if (experiment.isEmpty() || !(config.space() instanceof SpaceConfig.PerModule space)) {
      return;
    }
    top.section("scale").build(x -> experiment.get().check(config.scale()), true);
    top.section(top.has("base") ? "base" : "scale").build(x -> experiment.get().check(config.base()), true);
    if (space.axes().isEmpty() || problems.concern("space", "scale", "base")) {
      return;
    }
    top.section("scaling").build("table", x -> experiment.get().checkTable(), true);
    if (problems.concern("scaling")) {
      return;
    }
    top.section(top.has("base") ? "base" : "hyperparameters").build(x -> experiment.get().checkValues(config.defaults()), true);
    space.global().forEach((h, range) -> {
      if (h.isDecay()) {
        top.section("space").section("global").build(h.id(), x -> experiment.get().checkValues(config.defaults().with(h, range.low())), true);
      }
    });
    top.section("space").build(x -> experiment.get().moduleSpace(space, config.defaults()).space().dimension(), 0);
  }

  /// Notes each phase that may end before a training is promoted to its whole length.
  private static void checkBudget(RunConfig config, Promotion promotion, Section budget) {
    Map.of("search", "trials", "global", "global", "module", "perModule").forEach((phase, key) -> {
      int trials = config.trials(phase);
      if (trials > 0 && trials < promotion.points()) {
        budget.wrong(key, "with stopping: promotion from " + promotion.first() + " to " + promotion.whole() + " steps one of " + promotion.points() + " points is trained to the end: needs as many trials, got " + trials
            + "; or take a larger grace");
      }
    });
  }

  /// Notes which key makes the objective impossible.
  private static void explain(RunConfig config, Section objective) {
    if (config.objective() instanceof ObjectiveConfig.Transformer t) {
      objective.build("data", x -> Experiment.text(t.data()).vocabulary(), 0);
      objective.build("heads", x -> Optional.of(Experiment.transformer(t, config.base())), Optional.empty());
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    } else {
      objective.build(x -> Optional.of(new Experiment(config)), Optional.empty());
    }
  }

  /// One with the same types of modules: a transformer has them for any number of heads and any text.
  private static Optional<Experiment> plain(RunConfig config) {
    return config.objective() instanceof ObjectiveConfig.Transformer t
        ? experiment(config.withObjective(t.withDataAndHeads(new Data.UnicodeNames(), 1)))
        : Optional.empty();
  }

  private static Optional<Experiment> experiment(RunConfig config) {
    try {
      return Optional.of(new Experiment(config));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Notes each type under `only` that the network does not have.
  private static void checkTypes(RunConfig config, Section space, Optional<Experiment> experiment) {
    if (experiment.isEmpty() || !(config.space() instanceof SpaceConfig.PerModule perModule)) {
      return;
    }
    perModule.only().forEach((h, names) -> {
      List<String> there = ModuleSpace.names(experiment.get().network(config.base()), config.defaults(), h);
      for (String name : names) {
        if (!there.contains(name)) {
          space.section("perModule").section(h.id())
              .wrong("only", "no module type '" + name + "' has " + h.id() + EditDistance.hint(name, there) + "; there are " + String.join(", ", there));
        }
      }
    });
  }

  /// Whether the objective can be made here and now: its program is there, its device too.
  /// @throws InputException if not, with the line.
  static void checkRunnable(Path file, RunConfig config) {
    Problems problems = new Problems(file);
    Section objective = Section.read(problems).section("objective");
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
      return new Data.Text(file);
    }
    return s.choice("data", "unicode-names", "unicode-names", "hmm").equals("hmm") ? new Data.HiddenMarkov() : new Data.UnicodeNames();
  }

  private static String device(Section s) {
    String id = s.text("device").orElse("auto");
    s.build("device", _ -> Device.of(id), Device.AUTO);
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

  private SpaceConfig space(Section s, ObjectiveConfig objective, Optimizer optimizer) {
    SpaceConfig space =
        tunesModules(objective)
            ? new SpaceConfig.PerModule(
                global(s.section("global"), optimizer),
                octaves(s.section("perModule"), true, optimizer),
                only(s.section("perModule")),
                octaves(s.section("shared"), false, optimizer),
                octaves(s.section("perBlock"), false, optimizer))
            : new SpaceConfig.Plain(plain(s));
    if (tunesModules(objective) && Stream.of("perModule", "shared", "perBlock").allMatch(key -> s.section(key).keys().isEmpty())) {
      s.wrong("perModule", "is missing: name the hyperparameters to tune per module, such as {learningRate: 4, initStd: 3, multiplier: 3}");
    }
    s.finish();
    return space;
  }

  private static boolean tunesModules(ObjectiveConfig objective) {
    return !(objective instanceof ObjectiveConfig.Command c) || c.modules().isPresent();
  }

  private static Map<Hyperparameter, Interval> global(Section s, Optimizer optimizer) {
    OptimizerKeys.refuseForeign(s, optimizer);
    Map<Hyperparameter, Interval> ranges = new LinkedHashMap<>();
    for (Hyperparameter h : GlobalSpace.searchable(optimizer)) {
      if (s.has(h.id())) {
        double[] ends = s.interval(h.id(), h.isDecay() ? Range.DECAY : Range.POSITIVE);
        ranges.put(h, new Interval(ends[0], ends[1]));
      }
    }
    s.finish();
    return ranges;
  }

  /// @param withTypes whether `{octaves, only}` may stand for a number
  private static Map<Hyperparameter, Double> octaves(Section s, boolean withTypes, Optimizer optimizer) {
    OptimizerKeys.refuseForeignFactors(s, optimizer);
    Map<Hyperparameter, Double> octaves = new LinkedHashMap<>();
    for (Hyperparameter h : Hyperparameter.values()) {
      if (s.has(h.id())) {
        double value = withTypes && s.isSection(h.id()) ? s.section(h.id()).number("octaves", 4, Range.POSITIVE) : s.number(h.id(), 1, Range.POSITIVE);
        if (value > MOST_OCTAVES) {
          s.wrong(h.id(), "must be at most " + MOST_OCTAVES + " octaves to each side, got " + value);
        }
        octaves.put(h, Math.min(value, MOST_OCTAVES));
      }
    }
    s.finish();
    return octaves;
  }

  /// The types that are named as in `learningRate: {octaves: 4, only: [attn.q, attn.k]}`.
  private static Map<Hyperparameter, List<String>> only(Section s) {
    Map<Hyperparameter, List<String>> only = new LinkedHashMap<>();
    for (Hyperparameter h : Hyperparameter.values()) {
      if (s.isSection(h.id())) {
        Section axis = s.section(h.id());
        axis.number("octaves", 4, Range.POSITIVE);
        if (axis.has("only")) {
          only.put(h, axis.texts("only"));
        }
        axis.finish();
      }
    }
    return only;
  }

  /// `parameters: {lr: {log: [1e-4, 1]}, layers: {integer: [1, 8]}, act: {choices: [a, b]}, …}`, each with an optional `when: {act: a}`.
  private static SearchSpace plain(Section s) {
    Section list = s.section("parameters");
    List<Parameter> parameters = new ArrayList<>();
    SearchSpace standIn = SearchSpace.of(Parameter.real("x", 0, 1));
    if (list.keys().isEmpty()) {
      s.wrong("parameters", "is missing: a command without 'modules' needs parameters, such as {lr: {log: [1e-4, 1]}}");
      return standIn;
    }
    for (String name : list.keys()) {
      Section p = list.section(name);
      Parameter parameter = p.build(x -> parameter(name, x), Parameter.real(name, 0, 1));
      if (p.has("when")) {
        parameter = conditional(parameter, p);
      }
      p.finish();
      parameters.add(parameter);
    }
    return list.build(x -> new SearchSpace(parameters), standIn);
  }

  private static Parameter conditional(Parameter parameter, Section p) {
    Section when = p.section("when");
    if (when.keys().size() != 1) {
      p.wrong("when", "takes one parameter with its values, such as {act: [a, b]}; got " + when.keys().size());
      return parameter;
    }
    String on = when.keys().iterator().next();
    List<String> values = when.texts(on);
    if (values.isEmpty()) {
      when.wrong(on, "needs a value, or a list of values, such as [a, b]");
      return parameter;
    }
    return parameter.when(on, values.toArray(String[]::new));
  }

  private static Parameter parameter(String name, Section p) {
    if (p.has("choices")) {
      return new CategoricalParameter(name, p.texts("choices"), Optional.empty());
    }
    for (String kind : List.of("log", "real", "integer", "logInteger")) {
      if (p.has(kind)) {
        double[] ends = p.interval(kind, kind.equals("log") ? Range.POSITIVE : Range.ANY);
        return switch (kind) {
          case "log" -> Parameter.log(name, ends[0], ends[1]);
          case "real" -> Parameter.real(name, ends[0], ends[1]);
          case "integer" -> Parameter.integer(name, Math.round(ends[0]), Math.round(ends[1]));
          default -> Parameter.logInteger(name, Math.round(ends[0]), Math.round(ends[1]));
        };
      }
    }
    throw new IllegalArgumentException("needs one of log, real, integer, logInteger: [low, high], or choices: [...]");
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
