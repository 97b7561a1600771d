package proxima.proxy;

import ai.djl.ndarray.NDArray;

/// Operations that both networks use.
final class Tensors {

  private Tensors() {}

  /// x W^T, for W in the layout (out, in).
  static NDArray linear(NDArray x, NDArray weight) {
    return x.getNDArrayInternal().linear(x, weight, null).singletonOrThrow();
  }
}
