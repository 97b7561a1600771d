package proxima.train;

import proxima.module.Hyperparameter;
import proxima.module.ModuleSetting;

/// When steps w -= D m, m a moving average of the gradient, become unstable on a quadratic of Hessian H: where the largest eigenvalue of D^(1/2) H D^(1/2) exceeds a threshold. Where modules
/// average differently each part of D is over its own threshold, and the eigenvalue exceeds 1.
///
/// Plain gradient descent: 2. Heavy ball with momentum b, m = b m + g: 2 + 2 b. A mean with decay b, m = b m + (1 - b) g: (2 + 2 b) / (1 - b), which is 38 at 0.9.
/// Source: Cohen et al. 2022, arXiv 2207.14484.
final class Stability {

  private Stability() {}

  /// The entry of D at a peak rate, over the threshold; 0 where AdamW remembers no gradient, as of tokens that it has not seen yet: its mean is 0, and no step is taken.
  /// @param square what the rule remembers of squared gradients
  /// @param t steps taken
  /// @throws IllegalArgumentException if the rule's step is no multiple of a mean gradient, weight by weight.
  static double gain(ModuleSetting s, double square, long t) {
    return switch (s.rule()) {
      case SGD -> {
        double b = s.get(Hyperparameter.MOMENTUM);
        yield s.learningRate() / (2 + 2 * b);
      }
      case ADAMW -> {
        double deviation = Math.sqrt(square / (1 - Math.pow(s.get(Hyperparameter.BETA2), (double) t)));
        double b = s.get(Hyperparameter.BETA1);
        yield square == 0 ? 0 : s.learningRate() / ((1 - Math.pow(b, (double) t)) * (deviation + s.get(Hyperparameter.EPSILON))) * (1 - b) / (2 + 2 * b);
      }
      case LION, SOPHIA_G, SOPHIA_H, ADOPT, LAMB, NORMALIZED_SGD, MUON, MUON_SPECTRAL, MUON_RMS, SCION_COLUMN, SCION_SPECTRAL, SCION_SIGN, SCION_VECTOR, SHAMPOO, SOAP ->
          throw new IllegalArgumentException(
              "sharpness has a threshold for adamw and sgd, whose steps are multiples of a mean gradient, weight by weight; module '" + s.module().name() + "' is moved by "
                  + s.rule().id());
    };
  }
}
