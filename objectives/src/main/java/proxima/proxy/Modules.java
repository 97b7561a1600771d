package proxima.proxy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import proxima.module.Module;
import proxima.module.ModuleRole;

/// Modules that several networks have.
final class Modules {

  private Modules() {}

  /// A weight outside the blocks; an embedding scales the stream.
  static Module outer(String name, ModuleRole role, long fanIn, long fanOut, double initStd) {
    return new Module(name, name, role, fanIn, fanOut, OptionalInt.empty(), Optional.empty(), role == ModuleRole.EMBEDDING, OptionalDouble.of(initStd));
  }

  /// A weight of a residual branch, all of which scale what it adds; its initial values have variance 1 / fan-in.
  static Module weight(int block, String branch, String type, long fanIn, long fanOut) {
    return new Module(
        "block." + block + "." + type, type, ModuleRole.HIDDEN, fanIn, fanOut, OptionalInt.of(block), Optional.of(branch), true, OptionalDouble.of(1 / Math.sqrt((double) fanIn)));
  }

  /// A vector of a residual branch.
  static Module vector(int block, String branch, String type, ModuleRole role, long length) {
    return new Module("block." + block + "." + type, type, role, 1, length, OptionalInt.of(block), Optional.of(branch), OptionalDouble.empty());
  }

  /// The gain of the norm before the outputs.
  static Module finalNorm(long width) {
    return new Module("norm.final", "norm.final", ModuleRole.FINAL_NORM, 1, width, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }
}
