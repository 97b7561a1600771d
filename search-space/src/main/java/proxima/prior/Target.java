package proxima.prior;

import java.util.Map;
import java.util.function.Function;
import proxima.module.GlobalSpace;
import proxima.module.ModuleSettings;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.scaling.Scale;
import proxima.space.SearchSpace;

/// A phase of the new run, into whose space prior trials are put.
///
/// @param base the scale at which the new run's values stand
/// @param network at the base scale
/// @param optimizer whose hyperparameters the values are of
/// @param nearest the parameters' values that come nearest to settings of the network
public record Target(
    PriorRun.Phase phase, Scale base, Network network, Optimizer optimizer, SearchSpace space, Function<ModuleSettings, Map<String, Double>> nearest) {

  /// The phase over global values.
  public static Target of(Scale base, Network network, Optimizer optimizer, GlobalSpace space) {
    return new Target(PriorRun.Phase.GLOBAL, base, network, optimizer, space.space(), settings -> space.nearest(settings, optimizer));
  }

  /// The phase of a run like an earlier one.
  public static Target like(PriorRun.PerModule run, PriorRun.Phase phase, PriorRun.Trials trials) {
    SearchSpace space = trials.history().space();
    return switch (phase) {
      case GLOBAL -> of(run.base(), run.network(), trials.around().optimizer(), GlobalSpace.of(space));
      case MODULE -> of(run.base(), run.network(), ModuleSpace.of(run.network(), trials.around(), space));
    };
  }

  /// The phase over the factors of modules.
  public static Target of(Scale base, Network network, ModuleSpace space) {
    return new Target(PriorRun.Phase.MODULE, base, network, space.optimizer(), space.space(), space::nearest);
  }
}
