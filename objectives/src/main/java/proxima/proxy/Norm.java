package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/// RMSNorm over one axis, without its gain: x / sqrt(|x|^2 / n + epsilon). Zhang and Sennrich 2019.
final class Norm {

  private final NDArray inverse;
  private final NDArray epsilon;
  private final NDArray power;

  Norm(long n, double epsilon, NDManager manager, DataType type) {
    inverse = manager.create(1.0 / n).toType(type, false);
    this.epsilon = manager.create(epsilon).toType(type, false);
    power = manager.create(-0.5).toType(type, false);
  }

  /// Over the last axis.
  NDArray of(NDArray x) {
    return of(x, x.getShape().dimension() - 1);
  }

  NDArray of(NDArray x, int axis) {
    // The norm is one fused pass; what follows is on one number a row.
    NDArray norm = JniUtils.norm((PtNDArray) x, 2, new int[] {axis}, true);
    return x.mul(norm.square().mul(inverse).add(epsilon).pow(power));
  }
}
