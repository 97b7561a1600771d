package proxima.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.random.RandomGenerator;
import proxima.module.ModuleSettings;

/// A network and its data: all that a training needs besides its settings and its length.
public interface Problem {

  Layout layout();

  /// The loss, with its constants (masks, tables) on `manager` for one training.
  Loss loss(NDManager manager, ModuleSettings settings, DataType type);

  /// The next training batch, on `manager`.
  NDList batch(NDManager manager, RandomGenerator random, DataType type);

  /// The validation batches, equal in size and the same for every training, on `manager`.
  List<NDList> validation(NDManager manager, DataType type);

  /// The training loss of a model that knows nothing; a training far above it has diverged.
  double chance();

  /// What is minimized, as an increasing function of the mean validation loss.
  double objective(double validationLoss);
}
