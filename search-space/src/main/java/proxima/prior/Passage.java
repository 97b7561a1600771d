package proxima.prior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import proxima.module.Factors;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleSettings;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.scaling.Transfer;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

/// The way of a run's trials into the space of another: from a configuration to what every module trained with, by the run's scaling rule to the other's base scale, and
/// to the nearest configuration there.
record Passage(PriorRun.PerModule run, Target target) {

  /// A parameter on which the run's trials do not differ says nothing: a share this small is rounding.
  private static final double ROUNDING = 1e-9;

  /// The trials as a task over those of the target's parameters that they differ in; empty where there are none.
  /// @throws IllegalArgumentException if the run's network and the target's have nothing in common, or a value has no counterpart.
  Optional<TaskHistory> history(PriorRun.Trials trials) {
    Function<Configuration, ModuleSettings> settings = settings(trials);
    List<Map<String, Double>> values = trials.history().entries().stream().map(e -> target.nearest().apply(settings.apply(e.configuration()))).toList();
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter p : target.space().parameters()) {
      List<Double> all = values.stream().filter(v -> v.containsKey(p.name())).map(v -> v.get(p.name())).toList();
      double low = all.stream().mapToDouble(Double::doubleValue).min().orElse(1);
      double high = all.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      if (p instanceof RealParameter r && high > low * (1 + ROUNDING)) {
        parameters.add(new RealParameter(r.name(), Math.min(low, r.low()), Math.max(high, r.high()), r.log(), Optional.empty()));
      }
    }
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    List<TaskHistory.Entry> entries = new ArrayList<>();
    SearchSpace space = new SearchSpace(parameters);
    for (int i = 0; i < values.size(); i++) {
      TaskHistory.Entry e = trials.history().entries().get(i);
      entries.add(new TaskHistory.Entry(configuration(space, values.get(i)), e.outcome(), e.seed()));
    }
    return Optional.of(new TaskHistory(run.name(), space, trials.history().context(), entries));
  }

  private static Configuration configuration(SearchSpace space, Map<String, Double> all) {
    Map<String, Value> values = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (space.parameters().stream().anyMatch(p -> p.name().equals(name))) {
        values.put(name, new Value.Real(value));
      }
    });
    return new Configuration(values);
  }

  /// What the modules of the target's network would train with at its base scale.
  private Function<Configuration, ModuleSettings> settings(PriorRun.Trials trials) {
    Network common = common();
    Function<Configuration, Transfer> there = target.phase() == PriorRun.Phase.GLOBAL ? global(trials) : factors(trials);
    // At one base the values are the same things, whatever the shapes, such as another vocabulary's.
    return run.base().equals(target.base()) ? c -> there.apply(c).base() : c -> there.apply(c).at(target.base(), common);
  }

  private Function<Configuration, Transfer> global(PriorRun.Trials trials) {
    GlobalSpace space = GlobalSpace.of(trials.history().space());
    Factors factors = Factors.plain(run.network());
    return c -> transfer(space.values(c, trials.around()), factors);
  }

  private Function<Configuration, Transfer> factors(PriorRun.Trials trials) {
    ModuleSpace space = ModuleSpace.of(run.network(), trials.around(), trials.history().space());
    return c -> transfer(trials.around(), space.factors(c));
  }

  private Transfer transfer(Hyperparameters values, Factors factors) {
    return new Transfer(run.rule(), run.base(), run.network(), values, factors);
  }

  /// The target's network as far as the run's has its types.
  private Network common() {
    List<String> types = run.network().types();
    List<Module> common = target.network().modules().stream().filter(m -> types.contains(m.type())).toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException("prior task '" + run.name() + "': its network has none of the module types " + target.network().types() + ", but " + types);
    }
    return new Network(common);
  }
}
