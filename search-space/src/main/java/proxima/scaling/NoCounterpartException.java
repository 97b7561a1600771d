package proxima.scaling;

import proxima.module.Hyperparameter;

/// A beta that the map takes to no beta: 1 - beta would reach 1.
public final class NoCounterpartException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final Hyperparameter hyperparameter;

  NoCounterpartException(Hyperparameter hyperparameter, String message) {
    super(message);
    this.hyperparameter = hyperparameter;
  }

  /// Which beta.
  public Hyperparameter hyperparameter() {
    return hyperparameter;
  }

  /// The same of a module.
  NoCounterpartException of(String module) {
    return new NoCounterpartException(hyperparameter, "module '" + module + "': " + getMessage());
  }
}
