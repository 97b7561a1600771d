package proxima.proxy;

import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.train.Coordinates;

/// An objective that trains a network of this package, into which one can look.
public sealed interface ProxyObjective extends Objective permits TransformerObjective, MlpObjective {

  /// @throws IllegalArgumentException if there is no such network, or it can not train with such batches.
  Coordinates coordinates(Scale scale);
}
