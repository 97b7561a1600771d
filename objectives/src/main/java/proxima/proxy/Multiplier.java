package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/// A constant factor, free where it is 1.
final class Multiplier {

  private final double value;
  private final NDArray factor;

  Multiplier(double factor, NDManager manager, DataType type) {
    value = factor;
    this.factor = manager.create(factor).toType(type, false);
  }

  double factor() {
    return value;
  }

  NDArray times(NDArray x) {
    return value == 1 ? x : x.mul(factor);
  }
}
