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

/// A pre-norm decoder-only transformer: RMSNorm, rotary positions, no biases.
///
/// Heads have a fixed width, so their number grows with the width of the network. The number of experts and their hidden width over that of a dense MLP are fixed too.
///
/// @param vocabulary V, rows of the embedding
/// @param headWidth h, even
/// @param tied whether the embedding is the unembedding too
/// @param experts a mixture of them takes the place of each MLP; empty for dense MLPs
public record Transformer(int vocabulary, int headWidth, Activation activation, boolean tied, Attention attention, Optional<Experts> experts) implements Architecture {

  /// With heads of their own keys and values, and dense MLPs.
  public Transformer(int vocabulary, int headWidth, Activation activation, boolean tied) {
    this(vocabulary, headWidth, activation, tied, new Attention.Heads(), Optional.empty());
  }

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

  /// This with another attention.
  public Transformer with(Attention other) {
    return new Transformer(vocabulary, headWidth, activation, tied, other, experts);
  }

  /// This with a mixture of experts.
  public Transformer with(Experts mixture) {
    return new Transformer(vocabulary, headWidth, activation, tied, attention, Optional.of(mixture));
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
      addAttention(modules, l, d);
      addMlp(modules, l, d);
    }
    modules.add(Modules.finalNorm(d));
    if (!tied) {
      modules.add(outer("unembed", ModuleRole.UNEMBEDDING, d, vocabulary, 1.0 / d));
    }
    return new Network(modules);
  }

  /// What reads the stream at once are neighbours: a loss takes them as one tensor.
  private void addAttention(List<Module> modules, int l, int d) {
    modules.add(Modules.vector(l, "attn", "attn.norm", ModuleRole.HIDDEN_VECTOR, d));
    switch (attention) {
      case Attention.Heads() -> {
        modules.add(matrix(l, "attn", "attn.q", d, d, false));
        modules.add(matrix(l, "attn", "attn.k", d, d, false));
        modules.add(Modules.vector(l, "attn", "attn.qnorm", ModuleRole.QK_NORM, headWidth));
        modules.add(Modules.vector(l, "attn", "attn.knorm", ModuleRole.QK_NORM, headWidth));
        modules.add(matrix(l, "attn", "attn.v", d, d, true));
      }
      case Attention.Latent latent -> {
        int rank = latent.rank(d);
        modules.add(matrix(l, "attn", "attn.q", (long) d / headWidth * (headWidth + latent.rotary()), d, false));
        modules.add(matrix(l, "attn", "attn.kva", rank, d, false));
        modules.add(router(l, "attn.krope", latent.rotary(), d));
        modules.add(Modules.vector(l, "attn", "attn.kvnorm", ModuleRole.HIDDEN_VECTOR, rank));
        modules.add(matrix(l, "attn", "attn.kb", d, rank, false));
        modules.add(matrix(l, "attn", "attn.vb", d, rank, true));
      }
    }
    modules.add(matrix(l, "attn", "attn.o", d, d, true));
  }

  private void addMlp(List<Module> modules, int l, int d) {
    long hidden = activation.hidden(d);
    List<String> in = activation == Activation.SWIGLU ? List.of("gate", "up") : List.of("up");
    modules.add(Modules.vector(l, "mlp", "mlp.norm", ModuleRole.HIDDEN_VECTOR, d));
    experts.ifPresentOrElse(
        mixture -> {
          modules.add(router(l, "moe.router", mixture.count(), d));
          in.forEach(part -> addExperts(modules, l, mixture, part, ModuleRole.HIDDEN, mixture.hidden(hidden), d));
          addExperts(modules, l, mixture, "down", ModuleRole.EXPERT_DOWN, d, mixture.hidden(hidden));
        },
        () -> {
          in.forEach(part -> modules.add(matrix(l, "mlp", "mlp." + part, hidden, d, true)));
          modules.add(matrix(l, "mlp", "mlp.down", d, hidden, true));
        });
  }

  /// A matrix of each expert. The branch is what the routed ones add, nearly; the scale of the shared ones is their own affair.
  private static void addExperts(List<Module> modules, int l, Experts mixture, String part, ModuleRole role, long rows, long columns) {
    for (int e = 0; e < mixture.count(); e++) {
      modules.add(matrix(l, "mlp", "moe.expert." + e + "." + part, "moe." + part, role, rows, columns, true));
    }
    for (int e = 0; e < mixture.shared(); e++) {
      modules.add(matrix(l, "mlp", "moe.shared." + e + "." + part, "moe.shared." + part, ModuleRole.HIDDEN, rows, columns, false));
    }
  }

  private static Module outer(String name, ModuleRole role, int d, int vocabulary, double initStd) {
    boolean in = role != ModuleRole.UNEMBEDDING;
    return new Module(
        name, name, role, in ? vocabulary : d, in ? d : vocabulary, OptionalInt.empty(), Optional.empty(), in, OptionalDouble.of(initStd));
  }

  private static Module matrix(int block, String branch, String type, long rows, long columns, boolean scalesStream) {
    return matrix(block, branch, type, type, ModuleRole.HIDDEN, rows, columns, scalesStream);
  }

  private static Module matrix(int block, String branch, String name, String type, ModuleRole role, long rows, long columns, boolean scalesStream) {
    return new Module(
        "block." + block + "." + name, type, role, columns, rows, OptionalInt.of(block), Optional.of(branch), scalesStream,
        OptionalDouble.of(1 / Math.sqrt((double) columns)));
  }

  /// It has a multiplier of its own, not the branch's.
  private static Module router(int block, String type, long rows, long columns) {
    return new Module(
        "block." + block + "." + type, type, ModuleRole.ROUTER, columns, rows, OptionalInt.of(block), Optional.empty(), OptionalDouble.of(1.0 / columns));
  }

  private String nearest(int d) {
    int below = d / headWidth * headWidth;
    return below > 0 ? below + " and " + (below + headWidth) : String.valueOf(headWidth);
  }
}
