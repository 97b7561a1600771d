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

/// A plain multilayer perceptron without biases: h = tanh(in x); h = tanh(hidden h) for each block; y = out h. For studies of curvature.
///
/// Its blocks are no residual branches: what tables say of the depth does not hold for it, and `mup` follows its width alone.
///
/// @param inputs length of x
public record TanhMlp(int inputs) implements Architecture {

  @Override
  public Network at(Scale scale) {
    int n = scale.width();
    List<Module> modules = new ArrayList<>();
    modules.add(module("in", "in", ModuleRole.EMBEDDING, inputs, n, OptionalInt.empty()));
    for (int l = 0; l < scale.depth(); l++) {
      modules.add(module("block." + l + ".hidden", "hidden", ModuleRole.HIDDEN, n, n, OptionalInt.of(l)));
    }
    modules.add(module("out", "out", ModuleRole.UNEMBEDDING, n, 1, OptionalInt.empty()));
    return new Network(modules);
  }

  private static Module module(String name, String type, ModuleRole role, int fanIn, int fanOut, OptionalInt block) {
    return new Module(name, type, role, fanIn, fanOut, block, Optional.empty(), false, OptionalDouble.of(1 / Math.sqrt(fanIn)));
  }
}
