package proxima.module;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One parameter tensor of a network.
///
/// @param name unique in its network, such as `block.0.attn.q`
/// @param type what it is, whatever its block, such as `attn.q`
/// @param fanIn columns of a weight (out, in); 1 for a vector
/// @param fanOut rows of a weight (out, in); the length of a vector
/// @param block index from 0 of the residual block it is in; empty outside the blocks
/// @param branch the residual branch of that block whose output its multiplier scales, such as `attn`; empty where
///     there is none or it is unknown
/// @param scalesStream whether doubling it doubles, nearly at least, what its branch adds to the residual stream (outside the branches: what the stream
///     starts with); not so the queries and keys, nor a vector
/// @param initStd standard deviation of the initial values the network gives it at this shape; empty where they are constant or unknown
public record Module(
    String name,
    String type,
    ModuleRole role,
    long fanIn,
    long fanOut,
    OptionalInt block,
    Optional<String> branch,
    boolean scalesStream,
    OptionalDouble initStd) {

  /// A module that does not scale the stream, or is not known to.
  public Module(
      String name, String type, ModuleRole role, long fanIn, long fanOut, OptionalInt block, Optional<String> branch, OptionalDouble initStd) {
    this(name, type, role, fanIn, fanOut, block, branch, false, initStd);
  }

  public Module {
    if (name.isBlank() || type.isBlank()) {
      throw new IllegalArgumentException("a module needs a name and a type, got '" + name + "' and '" + type + "'");
    }
    if (!(fanIn > 0 && fanOut > 0)) {
      throw new IllegalArgumentException("module '" + name + "' needs positive fan-in and fan-out, got " + fanIn + " and " + fanOut);
    }
    if (block.isPresent() && block.getAsInt() < 0) {
      throw new IllegalArgumentException("module '" + name + "' needs a block index >= 0, got " + block.getAsInt());
    }
    if (initStd.isPresent() && !(initStd.getAsDouble() >= 0 && Double.isFinite(initStd.getAsDouble()))) {
      throw new IllegalArgumentException("module '" + name + "' needs an initial standard deviation >= 0, got " + initStd.getAsDouble());
    }
  }

  /// Whether it is a bias or a norm's gain, which by custom has no weight decay: also where it belongs to the embedding or the unembedding.
  public boolean isVector() {
    return role.isVector() || (fanIn == 1 && initStd.orElse(0) == 0);
  }
}
