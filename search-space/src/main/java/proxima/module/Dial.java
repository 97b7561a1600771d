package proxima.module;

import java.util.List;
import java.util.OptionalInt;
import proxima.space.RealParameter;

/// A parameter of the module space: the types (or branches) it acts on, or the block.
record Dial(RealParameter parameter, Hyperparameter hyperparameter, List<String> names, OptionalInt block) {

  /// Nearer to 1, a factor is 1: rounding at the centre of the cube does not move the global values.
  static final double ROUNDING = 1e-12;

  static double settle(double factor) {
    return Math.abs(factor - 1) < ROUNDING ? 1.0 : factor;
  }

  /// Whether one type (or branch) alone has it.
  boolean isOwn() {
    return names.size() == 1;
  }

  String owner() {
    return names.getFirst();
  }
}
