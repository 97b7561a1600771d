package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/// A differentiable loss of a batch.
public interface Loss {

  /// @param weights one tensor for each span of the layout, in order
  /// @param probe shown the activations on the way
  /// @return a scalar, attached to the batch's manager
  NDArray of(NDList weights, NDList batch, Probe probe);
}
