package proxima.module;

import java.util.Arrays;
import java.util.Optional;

/// What a tensor does in the network, as the scaling tables see it.
public enum ModuleRole {
  /// Maps an input of fixed size to the residual stream: token embedding, input layer and its bias.
  EMBEDDING("embedding"),
  /// A weight matrix whose fan-in and fan-out both grow with the width.
  HIDDEN("hidden"),
  /// The last weight matrix of a mixture's expert, from the expert's hidden width to the residual stream: a hidden one, except where a table scales the number of experts.
  EXPERT_DOWN("expert-down"),
  /// Maps the residual stream to an output of fixed size inside a block: the router of a mixture, the rotary key that all heads share. Its multiplier scales that output.
  ROUTER("router"),
  /// A bias or norm gain inside a block.
  HIDDEN_VECTOR("vector"),
  /// A gain of the query or key norm, shared by the heads.
  QK_NORM("qk-norm"),
  /// The gain or bias of the norm before the unembedding.
  FINAL_NORM("final-norm"),
  /// Maps the residual stream to an output of fixed size.
  UNEMBEDDING("unembedding"),
  /// One tensor used both as embedding and as unembedding.
  TIED_EMBEDDING("tied-embedding");

  private final String id;

  ModuleRole(String id) {
    this.id = id;
  }

  /// Its name in files.
  public String id() {
    return id;
  }

  /// Whether it is a vector, which by custom has no weight decay and a constant initial value.
  public boolean isVector() {
    return this == HIDDEN_VECTOR || this == QK_NORM || this == FINAL_NORM;
  }

  public static Optional<ModuleRole> of(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }
}
