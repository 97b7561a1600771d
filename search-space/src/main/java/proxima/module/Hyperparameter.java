package proxima.module;

import java.util.Arrays;
import java.util.Optional;

/// A hyperparameter that every module has a value of its own for.
public enum Hyperparameter {
  /// Peak learning rate of AdamW.
  LEARNING_RATE("learningRate"),
  /// Decoupled weight decay in PyTorch's convention: w -= learningRate * weightDecay * w.
  WEIGHT_DECAY("weightDecay"),
  /// First moment's decay; factors multiply 1 - beta1.
  BETA1("beta1"),
  /// Second moment's decay; factors multiply 1 - beta2.
  BETA2("beta2"),
  /// AdamW's epsilon in PyTorch's convention, added to sqrt(v / (1 - beta2^t)).
  EPSILON("epsilon"),
  /// Standard deviation of the initial values.
  INIT_STD("initStd"),
  /// Factor on the output of a residual branch.
  MULTIPLIER("multiplier");

  private final String id;

  Hyperparameter(String id) {
    this.id = id;
  }

  /// Its name in files and in parameter names.
  public String id() {
    return id;
  }

  public static Optional<Hyperparameter> of(String id) {
    return Arrays.stream(values()).filter(h -> h.id.equals(id)).findFirst();
  }
}
