package proxima.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.random.RandomGenerator;

/// A differentiable loss of a batch.
public interface Loss {

  /// @param weights one tensor for each span of the layout, in order
  /// @param probe shown the activations on the way
  /// @return a scalar, attached to the batch's manager
  NDArray of(NDList weights, NDList batch, Probe probe);

  /// The batch with targets drawn from the model's own predictions: of cross-entropy from its probabilities, of squared errors around its outputs with the variance for which
  /// the expected square of the gradient is the Gauss-Newton matrix's diagonal over the number of examples.
  NDList drawn(NDList weights, NDList batch, RandomGenerator random);
}
