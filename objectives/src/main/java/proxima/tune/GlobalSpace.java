package proxima.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.RealParameter;
import proxima.space.SearchSpace;
import proxima.space.Value;

/// The search space over global values: each in its logarithm, the betas as 1 - beta.
///
/// @param ranges in natural units, such as beta1 in [0.6, 0.98]; both ends positive, and below 1 for a beta
record GlobalSpace(Map<Hyperparameter, SpaceConfig.Interval> ranges) {

  SearchSpace space() {
    return new SearchSpace(ranges.entrySet().stream().map(e -> parameter(e.getKey(), e.getValue())).map(Parameter.class::cast).toList());
  }

  /// The values of a configuration; those that are not searched stay as in `defaults`.
  Hyperparameters values(Configuration configuration, Hyperparameters defaults) {
    Hyperparameters values = defaults;
    for (Hyperparameter h : ranges.keySet()) {
      double v = configuration.real(name(h));
      values = values.with(h, isBeta(h) ? 1 - v : v);
    }
    return values;
  }

  /// Names and values for a reader, in natural units.
  Configuration natural(Configuration configuration) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Hyperparameter h : ranges.keySet()) {
      double v = configuration.real(name(h));
      values.put(h.id(), new Value.Real(isBeta(h) ? 1 - v : v));
    }
    return new Configuration(values);
  }

  static List<Hyperparameter> searchable() {
    return List.of(
        Hyperparameter.LEARNING_RATE, Hyperparameter.WEIGHT_DECAY, Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.EPSILON,
        Hyperparameter.INIT_STD);
  }

  static boolean isBeta(Hyperparameter h) {
    return h == Hyperparameter.BETA1 || h == Hyperparameter.BETA2;
  }

  private static RealParameter parameter(Hyperparameter h, SpaceConfig.Interval range) {
    return isBeta(h) ? Parameter.log(name(h), 1 - range.high(), 1 - range.low()) : Parameter.log(name(h), range.low(), range.high());
  }

  private static String name(Hyperparameter h) {
    return isBeta(h) ? "1-" + h.id() : h.id();
  }
}
