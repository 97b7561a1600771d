package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/// A constant factor, free where it is 1.
final class Multiplier {

  private final boolean one;
  private final NDArray factor;

  Multiplier(double factor, NDManager manager, DataType type) {
    one = factor == 1;
    this.factor = manager.create(factor).toType(type, false);
  }

  NDArray times(NDArray x) {
    return one ? x : x.mul(factor);
  }
}
