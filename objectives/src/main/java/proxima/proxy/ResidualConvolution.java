package proxima.proxy;

import java.util.ArrayList;
import java.util.List;
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
    int patch = channels * kernel * kernel;
    modules.add(Modules.outer("stem", ModuleRole.EMBEDDING, patch, d, 1 / Math.sqrt(patch)));
    for (int l = 0; l < scale.depth(); l++) {
      modules.add(Modules.vector(l, "conv", "norm", ModuleRole.HIDDEN_VECTOR, d));
      modules.add(Modules.weight(l, "conv", "conv1", seen, d));
      modules.add(Modules.weight(l, "conv", "conv2", seen, d));
    }
    modules.add(Modules.finalNorm(d));
    modules.add(Modules.outer("head", ModuleRole.UNEMBEDDING, d, classes, 1.0 / d));
    return new Network(modules);
  }
}
