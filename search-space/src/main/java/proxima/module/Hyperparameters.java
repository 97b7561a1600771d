package proxima.module;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Global values of an optimizer's hyperparameters, at the base scale.
///
/// @param values one for each of the optimizer's hyperparameters, and of `INIT_STD` where there is one initial standard deviation for all modules; where there
///     is not, each module's own is used
public record Hyperparameters(Optimizer optimizer, Map<Hyperparameter, Double> values) {

  public Hyperparameters {
    EnumMap<Hyperparameter, Double> copy = new EnumMap<>(Hyperparameter.class);
    copy.putAll(values);
    for (Hyperparameter h : optimizer.hyperparameters()) {
      if (!copy.containsKey(h)) {
        throw new IllegalArgumentException("optimizer " + optimizer.id() + " needs a value of " + h.id());
      }
    }
    copy.forEach((h, v) -> {
      if (!has(optimizer, h)) {
        throw new IllegalArgumentException("optimizer " + optimizer.id() + " has no " + h.id());
      }
      h.check(v, "");
    });
    if (copy.getOrDefault(Hyperparameter.INIT_STD, 1.0) == 0) {
      throw new IllegalArgumentException("initStd must be > 0, got 0.0");
    }
    values = Collections.unmodifiableMap(copy);
  }

  /// Values of AdamW.
  ///
  /// @param initStd one initial standard deviation for all modules; where empty, each module's own is used
  public Hyperparameters(double learningRate, double weightDecay, double beta1, double beta2, double epsilon, OptionalDouble initStd) {
    this(Optimizer.ADAMW, values(learningRate, weightDecay, beta1, beta2, epsilon, initStd));
  }

  /// An optimizer's usual values.
  public static Hyperparameters of(Optimizer optimizer) {
    return new Hyperparameters(optimizer, optimizer.defaults());
  }

  private static Map<Hyperparameter, Double> values(double rate, double decay, double beta1, double beta2, double epsilon, OptionalDouble initStd) {
    EnumMap<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    values.put(Hyperparameter.LEARNING_RATE, rate);
    values.put(Hyperparameter.WEIGHT_DECAY, decay);
    values.put(Hyperparameter.BETA1, beta1);
    values.put(Hyperparameter.BETA2, beta2);
    values.put(Hyperparameter.EPSILON, epsilon);
    initStd.ifPresent(s -> values.put(Hyperparameter.INIT_STD, s));
    return values;
  }

  /// Whether a value of it may be given: one of the optimizer's, or the initial standard deviation.
  private static boolean has(Optimizer optimizer, Hyperparameter h) {
    return h == Hyperparameter.INIT_STD || optimizer.hyperparameters().contains(h);
  }

  /// @throws IllegalArgumentException if there is none, as of the multiplier.
  public double get(Hyperparameter hyperparameter) {
    return Optional.ofNullable(values.get(hyperparameter))
        .orElseThrow(() -> new IllegalArgumentException("there is no global value of " + hyperparameter.id() + " with optimizer " + optimizer.id()));
  }

  /// The value that factors multiply for a tensor of this role.
  public double get(ModuleRole role, Hyperparameter hyperparameter) {
    return get(optimizer.source(optimizer.rule(role), hyperparameter));
  }

  public double learningRate() {
    return get(Hyperparameter.LEARNING_RATE);
  }

  /// This with the learning rate at `rate`, and AdamW's beside it, where it has its own, as many times as large as before.
  public Hyperparameters atRate(double rate) {
    Hyperparameters h = with(Hyperparameter.LEARNING_RATE, rate);
    return values.containsKey(Hyperparameter.ADAMW_LEARNING_RATE)
        ? h.with(Hyperparameter.ADAMW_LEARNING_RATE, get(Hyperparameter.ADAMW_LEARNING_RATE) * rate / learningRate())
        : h;
  }

  public OptionalDouble initStd() {
    Double std = values.get(Hyperparameter.INIT_STD);
    return std == null ? OptionalDouble.empty() : OptionalDouble.of(std);
  }

  /// This with one value replaced.
  /// @throws IllegalArgumentException if it has no global value, as the multiplier.
  public Hyperparameters with(Hyperparameter hyperparameter, double value) {
    EnumMap<Hyperparameter, Double> copy = new EnumMap<>(values);
    copy.put(hyperparameter, value);
    return new Hyperparameters(optimizer, copy);
  }
}
