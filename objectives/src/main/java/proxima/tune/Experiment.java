package proxima.tune;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import proxima.cli.InputException;
import proxima.cli.Version;
import proxima.diagnose.Size;
import proxima.diagnose.Subject;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSettings;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.objective.Command;
import proxima.objective.CommandObjective;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.proxy.Activation;
import proxima.proxy.ConvolutionObjective;
import proxima.proxy.MlpObjective;
import proxima.proxy.RandomLabelsObjective;
import proxima.proxy.Text;
import proxima.proxy.Transformer;
import proxima.proxy.TransformerObjective;
import proxima.scaling.Architecture;
import proxima.scaling.BetaForm;
import proxima.scaling.ModuleList;
import proxima.scaling.Scale;
import proxima.scaling.ScaledSettings;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.train.Device;
import proxima.train.Schedule;
import proxima.train.Torch;

/// What a configuration says, as things that work: the networks it speaks of, the spaces over their hyperparameters, and the jobs of its trials.
final class Experiment {

  /// Hidden width of a residual MLP's blocks, as a multiple of its width.
  static final int MLP_EXPANSION = 2;

  private final RunConfig config;
  private final Optional<Architecture> architecture;

  /// @throws IllegalArgumentException if the network is impossible at the base scale or a file cannot be used.
  Experiment(RunConfig config) {
    this(config, architecture(config));
  }

  /// Empty where the network is impossible or a file cannot be used.
  static Optional<Experiment> possible(RunConfig config) {
    try {
      return Optional.of(new Experiment(config));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Experiment(RunConfig config, Optional<Architecture> architecture) {
    this.config = config;
    this.architecture = architecture;
  }

  /// This with the experts of a size in its model. There need be no such model at the base.
  Experiment of(Size size) {
    return config.objective() instanceof ObjectiveConfig.Transformer t && size.experts().isPresent()
        ? new Experiment(config.withObjective(t.withExperts(size.experts().get())), Optional.of(transformer().with(size.experts().get())))
        : this;
  }

  RunConfig config() {
    return config;
  }

  /// The networks that are tuned per module; empty where the user's command has parameters of its own.
  private static Optional<Architecture> architecture(RunConfig config) {
    return switch (config.objective()) {
      case ObjectiveConfig.Transformer t -> {
        Transformer transformer = transformer(t, config.base());
        transformer.at(config.base());
        yield Optional.of(transformer);
      }
      case ObjectiveConfig.Mlp _ -> Optional.of(MlpObjective.student(MLP_EXPANSION));
      case ObjectiveConfig.Convolution _ -> Optional.of(ConvolutionObjective.network());
      case ObjectiveConfig.RandomLabels _ -> Optional.of(RandomLabelsObjective.mlp());
      case ObjectiveConfig.Command c -> c.modules().map(file -> new ModuleList(ModulesFile.read(file), config.base()));
    };
  }

  /// @throws IllegalArgumentException if its heads do not divide the base's width, or its text cannot be used.
  static Transformer transformer(ObjectiveConfig.Transformer t, Scale base) {
    Transformer dense = Transformer.of(vocabulary(t.data()), base.width(), t.heads(), activation(t), t.tied()).with(t.attention());
    return t.experts().map(dense::with).orElse(dense);
  }

  /// What trials run.
  /// @throws IllegalArgumentException if a file or device that it needs cannot be used.
  Objective objective(RunFolder folder) {
    return switch (config.objective()) {
      case ObjectiveConfig.Transformer t ->
          new TransformerObjective(
              transformer(), text(t.data()), t.sequence(), device(t.device()), Schedule.DEFAULT, 0);
      case ObjectiveConfig.Convolution c -> new ConvolutionObjective(ConvolutionObjective.network(), device(c.device()), Schedule.DEFAULT, 0);
      case ObjectiveConfig.Mlp m -> new MlpObjective(MlpObjective.student(MLP_EXPANSION), device(m.device()), Schedule.DEFAULT, 0);
      case ObjectiveConfig.RandomLabels r -> new RandomLabelsObjective(device(r.device()), Schedule.DEFAULT);
      case ObjectiveConfig.Command c ->
          new RoomyObjective(new CommandObjective(new Command(c.command(), c.directory(), Map.of(), c.timeout(), c.retries()), parameters(), literals(), folder.jobs()), folder.path());
    };
  }

  private Transformer transformer() {
    return (Transformer) architecture.orElseThrow();
  }

  /// What checks train. A text is known by what it holds, not by its path alone.
  /// @throws IllegalArgumentException as for the objective.
  Subject subject(RunFolder folder) {
    String text = config.objective() instanceof ObjectiveConfig.Transformer t && text(t.data()) instanceof Text.File file ? " " + file.digest() : "";
    return new Subject("proxima " + Version.PROXIMA + " " + config.objective().decisive() + text, objective(folder));
  }

  /// @throws IllegalArgumentException if a GPU is asked for and there is none.
  private static Device device(String id) {
    Device device = Device.of(id);
    if (device.kind() == Device.Kind.GPU) {
      Torch.usesGpu(device);
    }
    return device;
  }

  /// What its trainings run on here: `cpu`, or `gpu:1`; empty for the user's own program, which chooses its device itself.
  /// @throws IllegalArgumentException if a GPU is asked for and there is none.
  Optional<String> runsOn() {
    Optional<String> id = switch (config.objective()) {
      case ObjectiveConfig.Transformer t -> Optional.of(t.device());
      case ObjectiveConfig.Mlp m -> Optional.of(m.device());
      case ObjectiveConfig.Convolution c -> Optional.of(c.device());
      case ObjectiveConfig.RandomLabels r -> Optional.of(r.device());
      case ObjectiveConfig.Command _ -> Optional.empty();
    };
    return id.map(Device::of).map(device -> Torch.usesGpu(device) ? "gpu:" + device.number() : "cpu");
  }

  private List<String> parameters() {
    return config.space() instanceof SpaceConfig.Plain plain
        ? plain.space().parameters().stream().map(Parameter::name).toList()
        : List.of();
  }

  private Set<String> literals() {
    return config.space() instanceof SpaceConfig.Plain plain ? plain.literals() : Set.of();
  }

  /// V; of a text whose symbols were counted as a run on it began, as many, even where it is gone.
  /// @throws IllegalArgumentException if its text cannot be used.
  static int vocabulary(ObjectiveConfig.Data data) {
    return data instanceof ObjectiveConfig.Data.Text(_, OptionalInt symbols) && symbols.isPresent() ? symbols.getAsInt() : text(data).vocabulary();
  }

  static Text text(ObjectiveConfig.Data data) {
    return switch (data) {
      case ObjectiveConfig.Data.UnicodeNames _ -> new Text.UnicodeNames();
      case ObjectiveConfig.Data.HiddenMarkov _ -> new Text.HiddenMarkov();
      case ObjectiveConfig.Data.Text(var file, _) -> new Text.File(file);
    };
  }

  /// What its losses are counted from, in words: `the Bayes loss 1.67`; empty for 0.
  static String above(ObjectiveConfig objective) {
    if (!(objective instanceof ObjectiveConfig.Transformer t && t.data() instanceof ObjectiveConfig.Data.HiddenMarkov)) {
      return "";
    }
    Text text = text(t.data());
    OptionalDouble floor = text.floor(text.corpus(), t.sequence());
    return floor.isPresent() ? String.format(Locale.ROOT, "the Bayes loss %.2f", floor.getAsDouble()) : "";
  }

  private static Activation activation(ObjectiveConfig.Transformer t) {
    return t.swiglu() ? Activation.SWIGLU : Activation.GELU;
  }

  /// True where trials can train at a scale.
  /// @throws IllegalArgumentException if not, saying why.
  boolean check(Scale scale) {
    Network network = architecture.orElseThrow().at(scale);
    if (!config.objective().growsInDepth() && scale.depth() != config.scale().depth()) {
      throw new IllegalArgumentException("the network of random-labels does not follow scaling tables over depth; needs the depth that it is tuned at, " + config.scale().depth() + ", got " + scale.depth());
    }
    double parameters = network.modules().stream().mapToDouble(m -> (double) m.fanIn() * m.fanOut()).sum();
    // A training holds them as one array; a command has its own ways.
    if (!(config.objective() instanceof ObjectiveConfig.Command) && parameters > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "the model has %.3g parameters, more than the %,d that can be trained here; give a smaller scale", parameters, Integer.MAX_VALUE));
    }
    return checkBatch(config, scale);
  }

  /// True where a batch divides into sequences.
  /// @throws IllegalArgumentException if not.
  static boolean checkBatch(RunConfig config, Scale scale) {
    if (config.objective() instanceof ObjectiveConfig.Transformer t && scale.batch() % t.sequence() != 0) {
      throw new IllegalArgumentException("batch " + scale.batch() + " is not divisible into sequences of " + t.sequence() + " tokens");
    }
    return true;
  }

  /// True where the scaling table says how all modules follow the scale that the optimizer moves.
  /// @throws IllegalArgumentException if not, naming one.
  boolean checkTable() {
    Network network = architecture.orElseThrow().at(config.base());
    new Transfer(config.rule(), config.base(), network, config.defaults(), Factors.NONE).at(config.base(), network);
    return true;
  }

  /// True where global values have a counterpart at the scale that trials train at.
  /// @throws IllegalArgumentException if not, as for a beta that its many more steps would leave nothing of, or a rate whose decay would leave nothing of a weight.
  boolean checkValues(Hyperparameters values) {
    Network network = architecture.orElseThrow().at(config.base());
    new Transfer(config.rule(), config.base(), network, values, Factors.plain(network)).at(config.scale(), architecture.orElseThrow().at(config.scale())).checkDecay();
    return true;
  }

  /// The network at a scale.
  /// @throws InputException if there is no such network, such as a width that does not divide into heads.
  Network network(Scale scale) {
    try {
      return architecture.orElseThrow(() -> new InputException("this run tunes no modules: its command has parameters of its own, which have no scale")).at(scale);
    } catch (IllegalArgumentException e) {
      throw new InputException(scale + ": " + e.getMessage());
    }
  }

  /// The per-module space around global values.
  /// @throws IllegalArgumentException if blocks have factors of their own, but not all are listed.
  ModuleSpace moduleSpace(SpaceConfig.PerModule space, Hyperparameters global) {
    Network network = network(config.base());
    int depth = config.base().depth();
    if (network.depth() != depth && space.axes().stream().anyMatch(axis -> axis.depthOctaves() > 0)) {
      throw new IllegalArgumentException("perBlock needs a module of each of the " + depth + " blocks, but modules of " + network.depth() + " are listed; list all, or leave it out");
    }
    return ModuleSpace.of(network, global, space.axes(), config.rule().rates(config.base(), config.scale()));
  }

  /// A setting's values for every module at a scale.
  /// @throws InputException if the map has no answer there, such as a beta out of range.
  ScaledSettings settings(Setting setting, Scale scale) {
    return settings(setting, scale, network(scale));
  }

  /// A setting's values for every module at a size. They come from the base of the configuration's own experts.
  /// @throws InputException if the map has no answer there.
  ScaledSettings settings(Setting setting, Size size) {
    return settings(setting, size.scale(), of(size).network(size.scale()));
  }

  /// A setting's values for every module of a network at a scale.
  ScaledSettings settings(Setting setting, Scale scale, Network network) {
    ScaledSettings settings = trained(setting, scale, network);
    try {
      settings.settings().checkDecay();
      return settings;
    } catch (IllegalArgumentException e) {
      throw new InputException(scale + ": " + e.getMessage());
    }
  }

  /// The values of a trial, whose rate may be so large that its decay leaves nothing of a weight: its loss says so.
  ModuleSettings trained(Setting setting, Size size) {
    return trained(setting, size.scale(), of(size).network(size.scale())).settings();
  }

  private ScaledSettings trained(Setting setting, Scale scale, Network network) {
    try {
      Transfer transfer = new Transfer(config.rule(), config.base(), network(config.base()), setting.hyperparameters(), setting.factors());
      return new ScaledSettings(config.rule().table().id(), config.base(), scale, transfer.at(scale, network));
    } catch (IllegalArgumentException e) {
      throw new InputException(scale + ": " + e.getMessage());
    }
  }

  /// One training with a setting. In one shorter than the configuration's, on a rung, betas follow the number of steps by their exponents: 1 - beta itself would soon exceed 1.
  Job job(String id, Configuration configuration, Setting setting, Scale scale, long seed) {
    ModuleSettings settings = trained(setting, config.scale(), network(config.scale())).settings();
    return new Job(id, configuration, scale.equals(config.scale()) ? settings : config.rule().withBetaForm(BetaForm.EXPONENT).map(settings, config.scale(), scale, network(scale)), scale, seed);
  }

  /// One run of a command that is not tuned per module.
  Job job(String id, Configuration configuration, Scale scale, long seed) {
    return new Job(id, configuration, new ModuleSettings(List.of()), scale, seed);
  }
}
