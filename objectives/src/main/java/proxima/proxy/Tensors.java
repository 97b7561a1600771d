package proxima.proxy;

import ai.djl.ndarray.NDArray;
import java.util.Iterator;

/// Operations that several networks use.
final class Tensors {

  private Tensors() {}

  /// x W^T, for W in the layout (out, in).
  static NDArray linear(NDArray x, NDArray weight) {
    return x.getNDArrayInternal().linear(x, weight, null).singletonOrThrow();
  }

  /// The hidden units of an MLP.
  /// @param h (N, d), without the gain of its norm
  static NDArray hidden(Activation activation, NDArray h, NDArray gain, Iterator<NDArray> w) {
    NDArray first = linear(h, w.next().mul(gain));
    return switch (activation) {
      case GELU -> ai.djl.nn.Activation.gelu(first);
      case SWIGLU -> first.mul(ai.djl.nn.Activation.sigmoid(first)).mul(linear(h, w.next().mul(gain)));
    };
  }
}
