package proxima.module;

import java.util.OptionalDouble;

/// Global values of the hyperparameters, at the base scale.
///
/// @param initStd one initial standard deviation for all modules; where empty, each module's own is used
public record Hyperparameters(double learningRate, double weightDecay, double beta1, double beta2, double epsilon, OptionalDouble initStd) {

  public Hyperparameters {
    check("learningRate", "> 0", learningRate, learningRate > 0);
    check("weightDecay", ">= 0", weightDecay, weightDecay >= 0);
    check("beta1", "in [0, 1)", beta1, beta1 >= 0 && beta1 < 1);
    check("beta2", "in [0, 1)", beta2, beta2 >= 0 && beta2 < 1);
    check("epsilon", ">= 0", epsilon, epsilon >= 0);
    initStd.ifPresent(s -> check("initStd", "> 0", s, s > 0));
  }

  private static void check(String name, String range, double value, boolean holds) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be " + range + ", got " + value);
    }
  }

  /// This with one value replaced; MULTIPLIER has no global value.
  public Hyperparameters with(Hyperparameter hyperparameter, double value) {
    return switch (hyperparameter) {
      case LEARNING_RATE -> new Hyperparameters(value, weightDecay, beta1, beta2, epsilon, initStd);
      case WEIGHT_DECAY -> new Hyperparameters(learningRate, value, beta1, beta2, epsilon, initStd);
      case BETA1 -> new Hyperparameters(learningRate, weightDecay, value, beta2, epsilon, initStd);
      case BETA2 -> new Hyperparameters(learningRate, weightDecay, beta1, value, epsilon, initStd);
      case EPSILON -> new Hyperparameters(learningRate, weightDecay, beta1, beta2, value, initStd);
      case INIT_STD -> new Hyperparameters(learningRate, weightDecay, beta1, beta2, epsilon, OptionalDouble.of(value));
      case MULTIPLIER -> throw new IllegalArgumentException("the multiplier has no global value");
    };
  }
}
