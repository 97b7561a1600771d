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

/// A pre-norm residual MLP for regression: h = in x; h += r down(gelu(up(norm(h)))) for each block; y = out(norm(h)).
///
/// @param inputs length of x
/// @param outputs length of y
/// @param expansion hidden width of a block as a multiple of d
public record ResidualMlp(int inputs, int outputs, int expansion) implements Architecture {

  public ResidualMlp {
    if (!(inputs > 0 && outputs > 0 && expansion > 0)) {
      throw new IllegalArgumentException(
          "a residual MLP needs positive inputs, outputs and expansion, got " + inputs + ", " + outputs + " and " + expansion);
    }
  }

  @Override
  public Network at(Scale scale) {
    int d = scale.width();
    int hidden = expansion * d;
    List<Module> modules = new ArrayList<>();
    modules.add(outer("in", ModuleRole.EMBEDDING, inputs, d, 1 / Math.sqrt(inputs)));
    for (int l = 0; l < scale.depth(); l++) {
      modules.add(inner(l, "norm", ModuleRole.HIDDEN_VECTOR, 1, d, OptionalDouble.empty()));
      modules.add(inner(l, "up", ModuleRole.HIDDEN, d, hidden, OptionalDouble.of(1 / Math.sqrt(d))));
      modules.add(inner(l, "down", ModuleRole.HIDDEN, hidden, d, OptionalDouble.of(1 / Math.sqrt(hidden))));
    }
    modules.add(
        new Module("norm.final", "norm.final", ModuleRole.FINAL_NORM, 1, d, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()));
    modules.add(outer("out", ModuleRole.UNEMBEDDING, d, outputs, 1.0 / d));
    return new Network(modules);
  }

  private static Module outer(String name, ModuleRole role, int fanIn, int fanOut, double initStd) {
    return new Module(name, name, role, fanIn, fanOut, OptionalInt.empty(), Optional.empty(), role == ModuleRole.EMBEDDING, OptionalDouble.of(initStd));
  }

  private static Module inner(int block, String type, ModuleRole role, int fanIn, int fanOut, OptionalDouble initStd) {
    boolean weight = role == ModuleRole.HIDDEN;
    return new Module("block." + block + "." + type, type, role, fanIn, fanOut, OptionalInt.of(block), Optional.of("mlp"), weight, initStd);
  }
}
