package proxima.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import proxima.cli.InputException;
import proxima.cli.Problems;
import proxima.cli.Section;
import proxima.module.Factors;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.Network;
import proxima.proxy.Activation;
import proxima.proxy.Attention;
import proxima.proxy.ConvolutionObjective;
import proxima.proxy.Experts;
import proxima.proxy.MlpObjective;
import proxima.proxy.Transformer;
import proxima.scaling.Architecture;
import proxima.scaling.ModuleList;
import proxima.scaling.Scale;
import proxima.scaling.ScaledSettings;
import proxima.scaling.ScalingRule;
import proxima.scaling.Transfer;

/// The map alone: values found elsewhere, at a scale, for a model or a list of modules.
record MapFile(ScalingRule rule, Scale scale, Architecture architecture, Hyperparameters hyperparameters) {

  /// @throws InputException with one line for each problem of the file.
  static MapFile read(Path file) {
    Problems problems = new Problems(file);
    Section top = Section.read(problems);
    if (top.has("objective")) {
      throw new InputException(file + ": is the configuration of a tuning run; run it, and give its run folder instead");
    }
    ScalingRule rule = RunConfigReader.ruleKeys(top);
    Scale scale = RunConfigReader.requiredScale(top.section("scale"));
    Architecture architecture = architecture(top, scale);
    Hyperparameters hyperparameters = OptimizerKeys.hyperparameters(top);
    top.finish();
    problems.check();
    return new MapFile(rule, scale, architecture, hyperparameters);
  }

  private static Architecture architecture(Section top, Scale scale) {
    if (top.has("modules") && top.has("model")) {
      top.wrong("model", "stands beside modules: give one of them");
    }
    if (top.has("modules")) {
      List<Module> modules = ModulesFile.modules(top.sections("modules"));
      return top.<Architecture>build("modules", x -> new ModuleList(new Network(modules), scale), MlpObjective.student(Experiment.MLP_EXPANSION));
    }
    Section model = top.section("model");
    String kind = model.choice("kind", "transformer", "transformer", "mlp", "convolution");
    int heads = (int) model.integer("heads", 4, 1, 1 << 16);
    int vocabulary = (int) model.integer("vocabulary", 96, 2, 1 << 24);
    Activation activation = Activation.of(model.choice("activation", "gelu", "gelu", "swiglu"));
    boolean tied = model.flag("tied", false);
    Attention attention = ModelKeys.attention(model);
    Optional<Experts> experts = ModelKeys.experts(model);
    model.finish();
    Architecture mlp = MlpObjective.student(Experiment.MLP_EXPANSION);
    return switch (kind) {
      case "mlp" -> mlp;
      case "convolution" -> ConvolutionObjective.network();
      default ->
          model.<Architecture>build(
              x -> {
                Transformer dense = Transformer.of(vocabulary, scale.width(), heads, activation, tied).with(attention);
                Transformer transformer = experts.map(dense::with).orElse(dense);
                transformer.at(scale);
                return transformer;
              },
              mlp);
    };
  }

  /// The values at another scale.
  /// @throws InputException if there is no such network, or the map has no answer there.
  ScaledSettings at(Scale target) {
    try {
      return at(target, architecture.at(target));
    } catch (IllegalArgumentException e) {
      throw new InputException("--to " + target + ": " + e.getMessage());
    }
  }

  /// The values for a network at another scale.
  /// @throws InputException if the map has no answer there.
  ScaledSettings at(Scale target, Network network) {
    try {
      Transfer transfer = new Transfer(rule, scale, architecture.at(scale), hyperparameters, Factors.NONE);
      return new ScaledSettings(rule.table().id(), scale, target, transfer.at(target, network).checkDecay());
    } catch (IllegalArgumentException e) {
      throw new InputException("--to " + target + ": " + e.getMessage());
    }
  }
}
