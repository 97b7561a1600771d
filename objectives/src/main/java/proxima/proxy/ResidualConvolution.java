package proxima.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.Network;
import proxima.scaling.Architecture;
import proxima.scaling.Scale;

/// A pre-norm residual convolutional network for images: h = stem x at half the resolution; h += r conv2(gelu(conv1(norm(h)))) for each block; logits = head of the mean over all places of
/// norm(h). The norm is over the channels of a place, and the width d is their number.
///
/// A kernel is a matrix (out, in k k): its fan-in is all that one output sees.
///
/// @param channels of an image
/// @param kernel k, odd
/// @param classes outputs
public record ResidualConvolution(int channels, int kernel, int classes) implements Architecture {

  public ResidualConvolution {
    if (!(channels > 0 && classes > 1)) {
      throw new IllegalArgumentException("a convolutional network needs channels and at least 2 classes, got " + channels + " and " + classes);
    }
    if (!(kernel > 0 && kernel % 2 == 1)) {
      throw new IllegalArgumentException("a kernel must have an odd size, got " + kernel);
    }
  }

  @Override
  public Network at(Scale scale) {
    int d = scale.width();
    int seen = Math.multiplyExact(d, kernel * kernel);
    List<Module> modules = new ArrayList<>();
    modules.add(outer("stem", ModuleRole.EMBEDDING, channels * kernel * kernel, d, 1 / Math.sqrt(channels * kernel * kernel)));
    for (int l = 0; l < scale.depth(); l++) {
      modules.add(inner(l, "norm", ModuleRole.HIDDEN_VECTOR, 1, d, OptionalDouble.empty()));
      modules.add(inner(l, "conv1", ModuleRole.HIDDEN, seen, d, OptionalDouble.of(1 / Math.sqrt(seen))));
      modules.add(inner(l, "conv2", ModuleRole.HIDDEN, seen, d, OptionalDouble.of(1 / Math.sqrt(seen))));
    }
    modules.add(
        new Module("norm.final", "norm.final", ModuleRole.FINAL_NORM, 1, d, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()));
    modules.add(outer("head", ModuleRole.UNEMBEDDING, d, classes, 1.0 / d));
    return new Network(modules);
  }

  private static Module outer(String name, ModuleRole role, int fanIn, int fanOut, double initStd) {
    return new Module(name, name, role, fanIn, fanOut, OptionalInt.empty(), Optional.empty(), role == ModuleRole.EMBEDDING, OptionalDouble.of(initStd));
  }

  private static Module inner(int block, String type, ModuleRole role, int fanIn, int fanOut, OptionalDouble initStd) {
    boolean weight = role == ModuleRole.HIDDEN;
    return new Module("block." + block + "." + type, type, role, fanIn, fanOut, OptionalInt.of(block), Optional.of("conv"), weight, initStd);
  }
}
