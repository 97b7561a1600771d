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

/// A pre-norm decoder-only transformer: RMSNorm, rotary positions, norms of queries and keys, no biases.
///
/// Heads have a fixed width, so their number grows with the width of the network.
///
/// @param vocabulary V, rows of the embedding
/// @param headWidth h, even
/// @param tied whether the embedding is the unembedding too
public record Transformer(int vocabulary, int headWidth, Activation activation, boolean tied) implements Architecture {

  public Transformer {
    if (!(vocabulary > 1)) {
      throw new IllegalArgumentException("vocabulary must be at least 2, got " + vocabulary);
    }
    if (!(headWidth > 0 && headWidth % 2 == 0)) {
      throw new IllegalArgumentException("the width of a head must be even and positive, got " + headWidth);
    }
  }

  /// The transformer that has so many heads at a base width.
  /// @throws IllegalArgumentException if the heads do not divide the width.
  public static Transformer of(int vocabulary, int baseWidth, int heads, Activation activation, boolean tied) {
    if (!(heads > 0 && baseWidth % heads == 0)) {
      throw new IllegalArgumentException("width " + baseWidth + " is not divisible into " + heads + " heads");
    }
    return new Transformer(vocabulary, baseWidth / heads, activation, tied);
  }

  @Override
  public Network at(Scale scale) {
    int d = scale.width();
    if (d % headWidth != 0) {
      throw new IllegalArgumentException(
          "width " + d + " is not divisible into heads of " + headWidth + "; the nearest that are: " + nearest(d));
    }
    List<Module> modules = new ArrayList<>();
    modules.add(
        tied
            ? outer("embed", ModuleRole.TIED_EMBEDDING, d, vocabulary, 1.0 / Math.sqrt(headWidth))
            : outer("embed", ModuleRole.EMBEDDING, d, vocabulary, 1));
    for (int l = 0; l < scale.depth(); l++) {
      addBlock(modules, l, d);
    }
    modules.add(
        new Module("norm.final", "norm.final", ModuleRole.FINAL_NORM, 1, d, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()));
    if (!tied) {
      modules.add(outer("unembed", ModuleRole.UNEMBEDDING, d, vocabulary, 1.0 / d));
    }
    return new Network(modules);
  }

  /// Queries and keys, their gains, and gate and up are neighbours: a loss takes each pair as one tensor.
  private void addBlock(List<Module> modules, int l, int d) {
    long hidden = activation.hidden(d);
    modules.add(vector(l, "attn", "attn.norm", ModuleRole.HIDDEN_VECTOR, d));
    modules.add(matrix(l, "attn", "attn.q", d, d));
    modules.add(matrix(l, "attn", "attn.k", d, d));
    modules.add(vector(l, "attn", "attn.qnorm", ModuleRole.QK_NORM, headWidth));
    modules.add(vector(l, "attn", "attn.knorm", ModuleRole.QK_NORM, headWidth));
    modules.add(matrix(l, "attn", "attn.v", d, d));
    modules.add(matrix(l, "attn", "attn.o", d, d));
    modules.add(vector(l, "mlp", "mlp.norm", ModuleRole.HIDDEN_VECTOR, d));
    if (activation == Activation.SWIGLU) {
      modules.add(matrix(l, "mlp", "mlp.gate", hidden, d));
    }
    modules.add(matrix(l, "mlp", "mlp.up", hidden, d));
    modules.add(matrix(l, "mlp", "mlp.down", d, hidden));
  }

  private static Module outer(String name, ModuleRole role, int d, int vocabulary, double initStd) {
    boolean in = role != ModuleRole.UNEMBEDDING;
    return new Module(
        name, name, role, in ? vocabulary : d, in ? d : vocabulary, OptionalInt.empty(), Optional.empty(), in, OptionalDouble.of(initStd));
  }

  /// Queries and keys are normalised; all other weights of a branch scale what it adds.
  private static Module matrix(int block, String branch, String type, long rows, long columns) {
    return new Module(
        "block." + block + "." + type, type, ModuleRole.HIDDEN, columns, rows, OptionalInt.of(block), Optional.of(branch),
        !type.equals("attn.q") && !type.equals("attn.k"), OptionalDouble.of(1 / Math.sqrt((double) columns)));
  }

  private static Module vector(int block, String branch, String type, ModuleRole role, long length) {
    return new Module(
        "block." + block + "." + type, type, role, 1, length, OptionalInt.of(block), Optional.of(branch), OptionalDouble.empty());
  }

  private String nearest(int d) {
    int below = d / headWidth * headWidth;
    return below > 0 ? below + " and " + (below + headWidth) : String.valueOf(headWidth);
  }
}
