package proxima.prior;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import proxima.module.Hyperparameters;
import proxima.module.Network;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.space.TaskHistory;

/// An earlier tuning run, or what another program has recorded.
public sealed interface PriorRun {

  /// What people know it by.
  String name();

  /// Where it was read, as it was given.
  String from();

  /// The same under another name.
  PriorRun named(String other);

  /// A run over parameters that know no scale.
  record Plain(String name, String from, TaskHistory history) implements PriorRun {
    @Override
    public Plain named(String other) {
      return new Plain(other, from, history);
    }
  }

  /// A run that tuned a network per module.
  ///
  /// @param scale that its trials trained at
  /// @param base that its values are stored at
  /// @param rule that took these to its scale
  /// @param network at the base scale
  /// @param phases by name
  record PerModule(String name, String from, Scale scale, Scale base, ScalingRule rule, Network network, Map<Phase, Trials> phases) implements PriorRun {
    public PerModule {
      phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    @Override
    public PerModule named(String other) {
      return new PerModule(other, from, scale, base, rule, network, phases);
    }
  }

  /// What a phase searches.
  enum Phase {
    GLOBAL("global"),
    MODULE("module");

    private final String id;

    Phase(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /// The trials of a phase.
  ///
  /// @param around the global values: those that the phase did not search, or that its factors multiply
  record Trials(Hyperparameters around, TaskHistory history) {}
}
