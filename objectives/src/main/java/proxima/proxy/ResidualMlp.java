package proxima.proxy;

import java.util.ArrayList;
import java.util.List;
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
    modules.add(Modules.outer("in", ModuleRole.EMBEDDING, inputs, d, 1 / Math.sqrt(inputs)));
    for (int l = 0; l < scale.depth(); l++) {
      modules.add(Modules.vector(l, "mlp", "norm", ModuleRole.HIDDEN_VECTOR, d));
      modules.add(Modules.weight(l, "mlp", "up", d, hidden));
      modules.add(Modules.weight(l, "mlp", "down", hidden, d));
    }
    modules.add(Modules.finalNorm(d));
    modules.add(Modules.outer("out", ModuleRole.UNEMBEDDING, d, outputs, 1.0 / d));
    return new Network(modules);
  }
}
