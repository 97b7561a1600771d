package proxima.module;

/// The values one module trains with, at one scale.
///
/// @param learningRate peak learning rate
/// @param weightDecay decoupled, PyTorch's convention
/// @param beta1 in [0, 1)
/// @param beta2 in [0, 1)
/// @param epsilon PyTorch's convention
/// @param initStd standard deviation of the initial values; 0 where the network's own initial values are kept
/// @param multiplier factor on the output of the module's residual branch, or on the logits for an unembedding; 1 elsewhere
public record ModuleSetting(
    Module module, double learningRate, double weightDecay, double beta1, double beta2, double epsilon, double initStd, double multiplier) {

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
