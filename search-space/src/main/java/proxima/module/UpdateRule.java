package proxima.module;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How one tensor w follows its gradient g, in steps of the learning rate. Beside it w decays by rate decay w a step: before it, with SOAP after it; with LAMB the decay is part of the direction.
public enum UpdateRule {
  /// Loshchilov and Hutter 2019.
  ADAMW("adamw", Kind.TWO_MOMENTS),
  /// The sign of a moving average. Chen et al. 2023, arXiv 2302.06675.
  LION("lion", EnumSet.of(Hyperparameter.BETA1, Hyperparameter.BETA2)),
  /// A moving average over the Gauss-Newton-Bartlett diagonal, cut at the rate. Liu et al. 2023, arXiv 2305.14342.
  SOPHIA_G("sophia-g", EnumSet.of(Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.RHO)),
  /// The same over the Hessian's diagonal by Hutchinson's estimate.
  SOPHIA_H("sophia-h", EnumSet.of(Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.RHO)),
  /// AdamW that normalises before it averages. Taniguchi et al. 2024, arXiv 2411.02853.
  ADOPT("adopt", Kind.TWO_MOMENTS),
  /// AdamW's direction in steps proportional to the tensor's norm. You et al. 2020, arXiv 1904.00962.
  LAMB("lamb", Kind.TWO_MOMENTS),
  /// Gradient descent with heavy-ball momentum, in the convention of `torch.optim.SGD`.
  SGD("sgd", Kind.ONE_MOMENT),
  /// The moving average over its Euclidean norm.
  NORMALIZED_SGD("normalized-sgd", Kind.ONE_MOMENT),
  /// The orthogonalised moving average, times sqrt(max(1, fan-out / fan-in)). Jordan et al. 2024.
  MUON("muon", Kind.ONE_MOMENT),
  /// The same times sqrt(fan-out / fan-in): a spectral norm that keeps the size of activations. Yang, Simon and Bernstein 2023, arXiv 2310.17813.
  MUON_SPECTRAL("muon-spectral", Kind.ONE_MOMENT),
  /// The same times 0.2 sqrt(max(fan-out, fan-in)): entries as large as AdamW's. Liu et al. 2025, arXiv 2502.16982.
  MUON_RMS("muon-rms", Kind.ONE_MOMENT),
  /// Scion's step for embeddings: each column over its root mean square. Pethick et al. 2025, arXiv 2502.07529.
  SCION_COLUMN("scion-column", Kind.RADIUS),
  /// Scion's step for hidden matrices: orthogonalised, times sqrt(fan-out / fan-in).
  SCION_SPECTRAL("scion-spectral", Kind.RADIUS),
  /// Scion's step for outputs: the sign over the fan-in.
  SCION_SIGN("scion-sign", Kind.RADIUS),
  /// Scion's step for vectors: over their root mean square.
  SCION_VECTOR("scion-vector", Kind.RADIUS),
  /// Both sides of the gradient's second moment to the power -1/4, with AdamW's step size. Gupta et al. 2018; Anil et al. 2020, arXiv 2002.09018.
  SHAMPOO("shampoo", Kind.TWO_MOMENTS),
  /// AdamW in the eigenbasis of Shampoo's matrices. Vyas et al. 2024, arXiv 2409.11321.
  SOAP("soap", Kind.TWO_MOMENTS);

  private static final class Kind {
    static final Set<Hyperparameter> ONE_MOMENT = EnumSet.of(Hyperparameter.MOMENTUM);
    static final Set<Hyperparameter> TWO_MOMENTS = EnumSet.of(Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.EPSILON);
    static final Set<Hyperparameter> RADIUS = EnumSet.of(Hyperparameter.MOMENTUM, Hyperparameter.RADIUS);
  }

  private final String id;

  /// Unmodifiable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Hyperparameter> hyperparameters;

  UpdateRule(String id, Set<Hyperparameter> own) {
    this.id = id;
    EnumSet<Hyperparameter> all = EnumSet.of(Hyperparameter.LEARNING_RATE, Hyperparameter.WEIGHT_DECAY, Hyperparameter.INIT_STD, Hyperparameter.MULTIPLIER);
    all.addAll(own);
    this.hyperparameters = Collections.unmodifiableSet(all);
  }

  /// Its name in files.
  public String id() {
    return id;
  }

  /// @throws IllegalArgumentException if there is none of that name.
  public static UpdateRule of(String id) {
    return Arrays.stream(values())
        .filter(r -> r.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no update rule '" + id + "'; there are " + Arrays.stream(values()).map(UpdateRule::id).toList()));
  }

  /// What a module that it moves has values of, in the order of `Hyperparameter`.
  public Set<Hyperparameter> hyperparameters() {
    return hyperparameters;
  }

  public boolean has(Hyperparameter hyperparameter) {
    return hyperparameters.contains(hyperparameter);
  }

  /// The power p that keeps a training as it is where a weight starts c times as large and what follows takes 1 / c of it: at c^p times the learning rate, without decay and epsilon, the weight stays c
  /// times as large. The gradient then is 1 / c of what it was: 1 where that is normalised, 2 where steps are proportional to it, 0 where they are proportional to the weight. Sophia's are cut at the rate.
  public int scalePower() {
    return switch (this) {
      case LAMB -> 0;
      case SGD -> 2;
      case ADAMW, LION, SOPHIA_G, SOPHIA_H, ADOPT, NORMALIZED_SGD, MUON, MUON_SPECTRAL, MUON_RMS, SCION_COLUMN, SCION_SPECTRAL, SCION_SIGN, SCION_VECTOR, SHAMPOO, SOAP -> 1;
    };
  }
}
