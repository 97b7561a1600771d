package proxima.module;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The values one module trains with, at one scale.
///
/// @param rule that moves it
/// @param values one for each of the rule's hyperparameters: learning rates are peaks, the initial standard deviation is 0 where the network's own initial values are
///     kept, the multiplier is the factor on the output of the residual branch for every module in a block, on the logits for a (tied) unembedding or a router, 1 elsewhere
public record ModuleSetting(Module module, UpdateRule rule, Map<Hyperparameter, Double> values) {

  public ModuleSetting {
    EnumMap<Hyperparameter, Double> copy = new EnumMap<>(Hyperparameter.class);
    copy.putAll(values);
    if (!copy.keySet().equals(rule.hyperparameters())) {
      throw new IllegalArgumentException("module '" + module.name() + "', moved by " + rule.id() + ", has values of " + rule.hyperparameters() + ", got " + copy.keySet());
    }
    copy.forEach((h, v) -> {
      // A rate of 0 keeps a module as it is.
      if (!(h == Hyperparameter.LEARNING_RATE && v == 0)) {
        h.check(v, " of module '" + module.name() + "'");
      }
    });
    values = Collections.unmodifiableMap(copy);
  }

  /// A module that AdamW moves.
  public ModuleSetting(
      Module module, double learningRate, double weightDecay, double beta1, double beta2, double epsilon, double initStd, double multiplier) {
    this(
        module,
        UpdateRule.ADAMW,
        Map.of(
            Hyperparameter.LEARNING_RATE, learningRate,
            Hyperparameter.WEIGHT_DECAY, weightDecay,
            Hyperparameter.BETA1, beta1,
            Hyperparameter.BETA2, beta2,
            Hyperparameter.EPSILON, epsilon,
            Hyperparameter.INIT_STD, initStd,
            Hyperparameter.MULTIPLIER, multiplier));
  }

  public boolean has(Hyperparameter hyperparameter) {
    return values.containsKey(hyperparameter);
  }

  /// @throws IllegalArgumentException if its rule does not have it.
  public double get(Hyperparameter hyperparameter) {
    return Optional.ofNullable(values.get(hyperparameter))
        .orElseThrow(
            () -> new IllegalArgumentException("module '" + module.name() + "' is moved by " + rule.id() + ", which has no " + hyperparameter.id()));
  }

  /// A step takes rate times decay of a weight; LAMB's decay is a part of its direction.
  void checkDecay() {
    double decay = get(Hyperparameter.WEIGHT_DECAY);
    if (rule != UpdateRule.LAMB && !(learningRate() * decay < 1)) {
      throw new IllegalArgumentException(
          "module '" + module.name() + "': learningRate " + (float) learningRate() + " times weightDecay " + (float) decay + " is " + (float) (learningRate() * decay)
              + ", which must be below 1: a step would leave nothing of a weight, or turn its sign; take a smaller rate or decay");
    }
  }

  public double learningRate() {
    return get(Hyperparameter.LEARNING_RATE);
  }

  public double initStd() {
    return get(Hyperparameter.INIT_STD);
  }

  public double multiplier() {
    return get(Hyperparameter.MULTIPLIER);
  }
}
