package proxima.module;

/// The values one module trains with, at one scale.
///
/// @param learningRate peak learning rate
/// @param weightDecay decoupled, PyTorch's convention
/// @param beta1 in [0, 1)
/// @param beta2 in [0, 1)
/// @param epsilon PyTorch's convention
/// @param initStd standard deviation of the initial values; 0 where the network's own initial values are kept
/// @param multiplier factor on the output of the residual branch for every module in a block, on the logits for a (tied) unembedding; 1
///     elsewhere
public record ModuleSetting(
    Module module, double learningRate, double weightDecay, double beta1, double beta2, double epsilon, double initStd, double multiplier) {

  public ModuleSetting {
    check(module, "learningRate", ">= 0", learningRate, learningRate >= 0);
    check(module, "weightDecay", ">= 0", weightDecay, weightDecay >= 0);
    check(module, "beta1", "in [0, 1)", beta1, beta1 >= 0 && beta1 < 1);
    check(module, "beta2", "in [0, 1)", beta2, beta2 >= 0 && beta2 < 1);
    check(module, "epsilon", ">= 0", epsilon, epsilon >= 0);
    check(module, "initStd", ">= 0", initStd, initStd >= 0);
    check(module, "multiplier", "> 0", multiplier, multiplier > 0);
  }

  private static void check(Module module, String name, String range, double value, boolean holds) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " of module '" + module.name() + "' must be " + range + ", got " + value);
    }
  }

  public double get(Hyperparameter hyperparameter) {
    return switch (hyperparameter) {
      case LEARNING_RATE -> learningRate;
      case WEIGHT_DECAY -> weightDecay;
      case BETA1 -> beta1;
      case BETA2 -> beta2;
      case EPSILON -> epsilon;
      case INIT_STD -> initStd;
      case MULTIPLIER -> multiplier;
    };
  }
}
