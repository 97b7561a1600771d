package proxima.module;

import static proxima.module.Hyperparameter.ADAMW_LEARNING_RATE;
import static proxima.module.Hyperparameter.BETA1;
import static proxima.module.Hyperparameter.BETA2;
import static proxima.module.Hyperparameter.EPSILON;
import static proxima.module.Hyperparameter.LEARNING_RATE;
import static proxima.module.Hyperparameter.MOMENTUM;
import static proxima.module.Hyperparameter.RADIUS;
import static proxima.module.Hyperparameter.RHO;
import static proxima.module.Hyperparameter.WEIGHT_DECAY;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// What a training moves its modules by: one rule for all, or one for each of the hidden matrices, inputs, outputs and vectors.
///
/// Which hyperparameters are tuned, globally and per module, follows from the rules. Defaults are those of the rules' authors, or of a public
/// training that used them at a small scale.
public enum Optimizer {
  ADAMW("adamw", UpdateRule.ADAMW, Map.of(LEARNING_RATE, 1e-3, WEIGHT_DECAY, 0.1, BETA1, 0.9, BETA2, 0.98, EPSILON, 1e-8)),
  /// A third of AdamW's rate and three times its decay.
  LION("lion", UpdateRule.LION, Map.of(LEARNING_RATE, 3e-4, WEIGHT_DECAY, 0.3, BETA1, 0.95, BETA2, 0.98)),
  SOPHIA_G("sophia-g", UpdateRule.SOPHIA_G, Map.of(LEARNING_RATE, 6e-4, WEIGHT_DECAY, 0.2, BETA1, 0.965, BETA2, 0.99, RHO, 0.05)),
  SOPHIA_H("sophia-h", UpdateRule.SOPHIA_H, Map.of(LEARNING_RATE, 6e-4, WEIGHT_DECAY, 0.2, BETA1, 0.965, BETA2, 0.99, RHO, 0.01)),
  /// beta2 0.99 in place of the authors' 0.9999: a short training never forgets its start with that.
  ADOPT("adopt", UpdateRule.ADOPT, Map.of(LEARNING_RATE, 1e-3, WEIGHT_DECAY, 0.1, BETA1, 0.9, BETA2, 0.99, EPSILON, 1e-6)),
  LAMB("lamb", UpdateRule.LAMB, Map.of(LEARNING_RATE, 1e-2, WEIGHT_DECAY, 0.01, BETA1, 0.9, BETA2, 0.999, EPSILON, 1e-6)),
  SGD("sgd", UpdateRule.SGD, Map.of(LEARNING_RATE, 0.1, WEIGHT_DECAY, 1e-4, MOMENTUM, 0.9)),
  NORMALIZED_SGD("normalized-sgd", UpdateRule.NORMALIZED_SGD, Map.of(LEARNING_RATE, 0.1, WEIGHT_DECAY, 0.0, MOMENTUM, 0.9)),
  /// AdamW moves all but the hidden matrices.
  MUON("muon", UpdateRule.MUON, UpdateRule.ADAMW, besideAdamW(0.02, 0.01)),
  /// AdamW moves all but the hidden matrices.
  MUON_SPECTRAL("muon-spectral", UpdateRule.MUON_SPECTRAL, UpdateRule.ADAMW, besideAdamW(0.01, 0.01)),
  /// AdamW moves all but the hidden matrices, with the same rate.
  MUON_RMS(
      "muon-rms", UpdateRule.MUON_RMS, UpdateRule.ADAMW,
      Map.of(LEARNING_RATE, 1e-3, WEIGHT_DECAY, 0.1, MOMENTUM, 0.95, BETA1, 0.9, BETA2, 0.95, EPSILON, 1e-8)),
  /// The weights stay in norm balls of the radius: a decay of 1, in the unit of the rate.
  SCION("scion", UpdateRule.SCION_COLUMN, UpdateRule.SCION_SPECTRAL, UpdateRule.SCION_VECTOR, UpdateRule.SCION_SIGN, scion(1)),
  /// Without a decay.
  UNCONSTRAINED_SCION(
      "unconstrained-scion", UpdateRule.SCION_COLUMN, UpdateRule.SCION_SPECTRAL, UpdateRule.SCION_VECTOR, UpdateRule.SCION_SIGN, scion(0)),
  /// AdamW moves all but the hidden matrices, with the same rate. Its one epsilon is added to a gradient's square in the hidden matrices, and to a gradient's size in all others: a factor by type
  /// tells them apart.
  SHAMPOO(
      "shampoo", UpdateRule.SHAMPOO, UpdateRule.ADAMW,
      Map.of(LEARNING_RATE, 1e-3, WEIGHT_DECAY, 0.1, BETA1, 0.95, BETA2, 0.95, EPSILON, 1e-12)),
  /// AdamW moves all but the hidden matrices, with the same rate.
  SOAP("soap", UpdateRule.SOAP, UpdateRule.ADAMW, Map.of(LEARNING_RATE, 3e-3, WEIGHT_DECAY, 0.01, BETA1, 0.95, BETA2, 0.95, EPSILON, 1e-8));

  private final String id;
  private final UpdateRule inputs;
  private final UpdateRule hidden;
  private final UpdateRule vectors;
  private final UpdateRule outputs;

  /// Unmodifiable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<Hyperparameter, Double> defaults;

  Optimizer(String id, UpdateRule all, Map<Hyperparameter, Double> defaults) {
    this(id, all, all, all, all, defaults);
  }

  Optimizer(String id, UpdateRule hidden, UpdateRule rest, Map<Hyperparameter, Double> defaults) {
    this(id, rest, hidden, rest, rest, defaults);
  }

  Optimizer(String id, UpdateRule inputs, UpdateRule hidden, UpdateRule vectors, UpdateRule outputs, Map<Hyperparameter, Double> defaults) {
    this.id = id;
    this.inputs = inputs;
    this.hidden = hidden;
    this.vectors = vectors;
    this.outputs = outputs;
    this.defaults = Collections.unmodifiableMap(new EnumMap<>(defaults));
  }

  private static Map<Hyperparameter, Double> besideAdamW(double rate, double decay) {
    return Map.of(
        LEARNING_RATE, rate, ADAMW_LEARNING_RATE, 3e-3, WEIGHT_DECAY, decay, MOMENTUM, 0.95, BETA1, 0.9, BETA2, 0.95, EPSILON, 1e-10);
  }

  private static Map<Hyperparameter, Double> scion(double decay) {
    return Map.of(LEARNING_RATE, 0.01, WEIGHT_DECAY, decay, MOMENTUM, 0.9, RADIUS, 3.0);
  }

  /// Its name in files.
  public String id() {
    return id;
  }

  /// @throws IllegalArgumentException if there is none of that name.
  public static Optimizer of(String id) {
    return Arrays.stream(values())
        .filter(o -> o.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no optimizer '" + id + "'; there are " + Arrays.stream(values()).map(Optimizer::id).toList()));
  }

  /// The rule that moves a tensor of this role.
  public UpdateRule rule(ModuleRole role) {
    return switch (role) {
      case EMBEDDING -> inputs;
      case HIDDEN, EXPERT_DOWN -> hidden;
      case HIDDEN_VECTOR, QK_NORM, FINAL_NORM -> vectors;
      case UNEMBEDDING, TIED_EMBEDDING, ROUTER -> outputs;
    };
  }

  /// The hyperparameters that have a global value, without those that a network may have by itself, in the order of `Hyperparameter`.
  public Set<Hyperparameter> hyperparameters() {
    return defaults.keySet();
  }

  /// Their usual values.
  public Map<Hyperparameter, Double> defaults() {
    return defaults;
  }

  /// Which global value a rule's hyperparameter is a multiple of.
  Hyperparameter source(UpdateRule rule, Hyperparameter hyperparameter) {
    boolean other = hyperparameter == LEARNING_RATE && rule == UpdateRule.ADAMW && defaults.containsKey(ADAMW_LEARNING_RATE);
    return other ? ADAMW_LEARNING_RATE : hyperparameter;
  }
}
