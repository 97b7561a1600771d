package proxima.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleAxis;
import proxima.module.ModuleSettings;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Objective;
import proxima.scaling.Architecture;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// A small model whose trainings are recorded: one task.
///
/// Its space is the global learning rate, then factors on it and on other values for types of modules, branches and blocks (`ModuleSpace`). Where
/// all factors are 1, this is the plain setting of that learning rate.
///
/// @param suite the folder of its table; tasks of a suite have one space
/// @param task the name of its table
/// @param summary what is trained on what, for a reader
/// @param lowest the lowest learning rate; the usual default
/// @param highest where most trainings diverge
/// @param objective made when the first training needs it; validates `CHECKPOINTS` times
record Proxy(
    String suite, String task, String summary, Architecture architecture, Scale scale, double lowest, double highest, List<ModuleAxis> axes, Supplier<Objective> objective) {

  /// Validations of a training, the last one after its last step.
  static final int CHECKPOINTS = 8;

  private static final String LEARNING_RATE = Hyperparameter.LEARNING_RATE.id();

  /// What the factors are on; the learning rate is a parameter.
  private static final Hyperparameters GLOBAL = new Hyperparameters(1e-3, 0.1, 0.9, 0.98, 1e-8, OptionalDouble.empty());

  Proxy {
    axes = List.copyOf(axes);
  }

  String name() {
    return suite + "/" + task;
  }

  SearchSpace space() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.log(LEARNING_RATE, lowest, highest));
    parameters.addAll(modules().space().parameters());
    return new SearchSpace(parameters);
  }

  /// One training.
  Job job(String id, Configuration configuration, long seed) {
    Network network = architecture.at(scale);
    Map<String, Value> factors = new LinkedHashMap<>(configuration.values());
    factors.remove(LEARNING_RATE);
    Hyperparameters global = GLOBAL.with(Hyperparameter.LEARNING_RATE, configuration.real(LEARNING_RATE));
    ModuleSettings settings =
        new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), scale, network, global, modules().factors(new Configuration(factors))).base();
    return new Job(id, configuration, settings, scale, seed);
  }

  private ModuleSpace modules() {
    return ModuleSpace.of(architecture.at(scale), GLOBAL, axes);
  }
}
