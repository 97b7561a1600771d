package proxima.proxy;

import proxima.objective.Objective;
import proxima.scaling.Scale;
import proxima.train.Coordinates;
import proxima.train.Schedule;
import proxima.train.Training;

/// An objective that trains a network of this package, into which one can look.
public sealed interface ProxyObjective extends Objective permits TransformerObjective, MlpObjective, ConvolutionObjective, RandomLabelsObjective {

  /// @throws IllegalArgumentException if there is no such network, or it can not train with such batches.
  Coordinates coordinates(Scale scale);

  /// A training at a scale, with a schedule of its own.
  /// @throws IllegalArgumentException if there is no such network, or it can not train with such batches.
  Training training(Scale scale, Schedule schedule);
}
