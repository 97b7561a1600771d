package proxima.prior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import proxima.module.Factors;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleSettings;
import proxima.module.ModuleSpace;
import proxima.module.Network;
import proxima.scaling.NoCounterpartException;
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

  /// What has come of trials.
  ///
  /// @param history a task over those of the target's parameters that they differ in; empty where there are none
  /// @param lost a line on trials that have no counterpart; empty where all have one
  record Arrival(Optional<TaskHistory> history, Optional<String> lost) {}

  /// Trials whose betas have no counterpart at the target's base scale are left out, where these betas are searched in both.
  /// @throws IllegalArgumentException if the run's network and the target's have nothing in common, or the run's rule does not say how they follow the scale.
  Arrival arrival(PriorRun.Trials trials) {
    Function<Configuration, ModuleSettings> settings = settings(trials);
    List<TaskHistory.Entry> entries = new ArrayList<>();
    List<Map<String, Double>> values = new ArrayList<>();
    Set<String> stuck = new TreeSet<>();
    for (TaskHistory.Entry e : trials.history().entries()) {
      try {
        values.add(target.nearest().apply(settings.apply(e.configuration())));
        entries.add(e);
      } catch (NoCounterpartException none) {
        stuck.add(none.hyperparameter().id());
      }
    }
    int all = trials.history().entries().size();
    String lost = all - entries.size() + " of " + all + " trials left out, as their " + String.join(" and ", stuck) + " has no counterpart at " + target.base();
    return new Arrival(history(trials, entries, values), stuck.isEmpty() ? Optional.empty() : Optional.of(lost));
  }

  private Optional<TaskHistory> history(PriorRun.Trials trials, List<TaskHistory.Entry> arrived, List<Map<String, Double>> values) {
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
      TaskHistory.Entry e = arrived.get(i);
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
    return run.base().equals(target.base()) ? c -> there.apply(c).base() : c -> there.apply(c).at(target.base(), common, h -> isNeeded(h, trials));
  }

  /// Of a beta that either does not search nothing is asked.
  private boolean isNeeded(Hyperparameter h, PriorRun.Trials trials) {
    return !h.isDecay() || (isSearched(h, trials.history().space()) && isSearched(h, target.space()));
  }

  /// Whether a space has the hyperparameter's global value, as `1-beta1`, or factors on it, as `q/beta1`.
  private static boolean isSearched(Hyperparameter h, SearchSpace space) {
    return space.parameters().stream().anyMatch(p -> p.name().endsWith(h.id()));
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
      throw new IllegalArgumentException("its network has none of the module types " + target.network().types() + ", but " + types);
    }
    return new Network(common);
  }
}
