package proxima.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/// What every kind of attention knows of positions.
final class Positions {

  private static final double ROTARY_BASE = 10_000;

  private Positions() {}

  /// T x T: 0 where a row may look, -infinity after it.
  static NDArray causal(int sequence, NDManager manager, DataType type) {
    float[] values = new float[sequence * sequence];
    for (int t = 0; t < sequence; t++) {
      for (int s = t + 1; s < sequence; s++) {
        values[t * sequence + s] = Float.NEGATIVE_INFINITY;
      }
    }
    return manager.create(values, new Shape(sequence, sequence)).toType(type, false);
  }

  /// The factor at position t of coordinate i of a vector, or of its partner in the other half: (x1 c + x2 s, x2 c - x1 s). Su et al. 2021, in the half-split form.
  static double rotation(int t, int i, int width, boolean partner) {
    int j = i % (width / 2);
    double angle = t * Math.pow(ROTARY_BASE, -2.0 * j / width);
    return partner ? (i < width / 2 ? 1 : -1) * Math.sin(angle) : Math.cos(angle);
  }

  /// The halves of the last axis, exchanged.
  static NDArray half(NDArray x) {
    int last = x.getShape().dimension() - 1;
    NDList halves = x.split(2, last);
    return halves.get(1).concat(halves.get(0), last);
  }
}
