package proxima.train;

import ai.djl.ndarray.NDArray;

/// Looks at activations while a loss is computed. What stands once in every block is seen block by block, from the first to the last.
public interface Probe {

  /// Looks at nothing.
  Probe NONE = (_, _, _) -> {};

  /// The input as it enters the residual stream.
  String EMBEDDING = "embedding";

  /// The residual stream after a block.
  String STREAM = "stream";

  /// Scores of a mixture's experts.
  String ROUTER = "moe.router";

  /// The part of latent attention's keys that has positions, which all heads share.
  String POSITION_KEY = "attn.krope";

  /// What the network answers, before the loss.
  String OUTPUT = "output";

  /// @param place what it is, such as `stream`; what stands once outside the blocks has a name of its own
  /// @param factor that the activation holds and its size is to be taken without: a branch's multiplier, which a loss has in the branch's last weight
  void see(String place, NDArray activation, double factor);

  default void see(String place, NDArray activation) {
    see(place, activation, 1);
  }
}
