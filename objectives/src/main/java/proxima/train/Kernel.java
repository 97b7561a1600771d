package proxima.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.UpdateRule;

/// A method of the script that moves tensors: its name, what it remembers of each tensor, and the numbers it is told of each, in the order of its arguments.
enum Kernel {
  ADAMW("adamw", State.MEAN, State.SQUARE),
  ADOPT("adopt", State.MEAN, State.SQUARE),
  LAMB("lamb", State.MEAN, State.SQUARE),
  SGD("sgd", State.MEAN),
  /// The linear minimisation over a norm ball: w -= rate scale direction(look m + (1 - look) g), m = keep m + (1 - keep) g. Pethick et al. 2025, arXiv 2502.07529.
  LMO("lmo", State.MEAN),
  SOPHIA_G("sophia", State.MEAN, State.SQUARE),
  SOPHIA_H("sophia", State.MEAN, State.SQUARE),
  SHAMPOO("shampoo", State.MEAN, State.SQUARE, State.ROWS, State.COLUMNS, State.ROWS, State.COLUMNS),
  SOAP("soap", State.MEAN, State.SQUARE, State.ROWS, State.COLUMNS, State.ROWS, State.COLUMNS);

  /// What is remembered of a tensor; at first all zeros.
  enum State {
    /// As large as it: the mean of its gradients.
    MEAN,
    /// As large as it: of their squares, or of its curvature.
    SQUARE,
    /// A square matrix, as high as it.
    ROWS,
    /// A square matrix, as wide as it.
    COLUMNS
  }

  private final String method;

  /// Unmodifiable, which its type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<State> states;

  Kernel(String method, State... states) {
    this.method = method;
    this.states = List.of(states);
  }

  static Kernel of(UpdateRule rule) {
    return switch (rule) {
      case ADAMW -> ADAMW;
      case ADOPT -> ADOPT;
      case LAMB -> LAMB;
      case SGD -> SGD;
      case LION, NORMALIZED_SGD, MUON, MUON_SPECTRAL, MUON_RMS, SCION_COLUMN, SCION_SPECTRAL, SCION_SIGN, SCION_VECTOR -> LMO;
      case SOPHIA_G -> SOPHIA_G;
      case SOPHIA_H -> SOPHIA_H;
      case SHAMPOO -> SHAMPOO;
      case SOAP -> SOAP;
    };
  }

  /// The estimate of curvature that it lives on.
  Optional<Curvature> curvature() {
    return switch (this) {
      case SOPHIA_G -> Optional.of(Curvature.BARTLETT);
      case SOPHIA_H -> Optional.of(Curvature.HUTCHINSON);
      case ADAMW, ADOPT, LAMB, SGD, LMO, SHAMPOO, SOAP -> Optional.empty();
    };
  }

  String method() {
    return method;
  }

  List<State> states() {
    return states;
  }

  List<ToDoubleFunction<ModuleSetting>> numbers() {
    return switch (this) {
      case ADAMW, ADOPT, SHAMPOO, SOAP -> values(Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.EPSILON);
      // Vectors move as AdamW moves them.
      case LAMB -> values(List.of(s -> s.module().role().isVector() ? 0 : 1), Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.EPSILON);
      case SGD -> values(Hyperparameter.MOMENTUM);
      case LMO -> values(List.of(Kernel::look, Kernel::keep, Kernel::scale, s -> norm(s.rule())));
      case SOPHIA_G, SOPHIA_H -> values(Hyperparameter.BETA1, Hyperparameter.BETA2, Hyperparameter.RHO);
    };
  }

  private static List<ToDoubleFunction<ModuleSetting>> values(Hyperparameter... more) {
    return values(List.of(), more);
  }

  /// Learning rate, weight decay, some hyperparameters more, and other numbers.
  private static List<ToDoubleFunction<ModuleSetting>> values(List<ToDoubleFunction<ModuleSetting>> others, Hyperparameter... more) {
    List<ToDoubleFunction<ModuleSetting>> all = new ArrayList<>();
    all.add(s -> s.get(Hyperparameter.LEARNING_RATE));
    all.add(s -> s.get(Hyperparameter.WEIGHT_DECAY));
    Arrays.stream(more).forEach(h -> all.add(s -> s.get(h)));
    all.addAll(others);
    return List.copyOf(all);
  }

  /// What the moving average weighs in the step. Muon looks ahead: Nesterov's momentum.
  private static double look(ModuleSetting s) {
    return switch (s.rule()) {
      case LION -> s.get(Hyperparameter.BETA1);
      case MUON, MUON_SPECTRAL, MUON_RMS -> s.get(Hyperparameter.MOMENTUM) * s.get(Hyperparameter.MOMENTUM);
      default -> s.get(Hyperparameter.MOMENTUM);
    };
  }

  /// What the moving average weighs in the next one.
  private static double keep(ModuleSetting s) {
    return s.get(s.rule() == UpdateRule.LION ? Hyperparameter.BETA2 : Hyperparameter.MOMENTUM);
  }

  private static double scale(ModuleSetting s) {
    Module m = s.module();
    double shape = Math.sqrt((double) m.fanOut() / m.fanIn());
    return switch (s.rule()) {
      case MUON -> Math.max(1, shape);
      case MUON_SPECTRAL -> shape;
      case MUON_RMS -> 0.2 * Math.sqrt((double) Math.max(m.fanIn(), m.fanOut()));
      case SCION_SPECTRAL -> s.get(Hyperparameter.RADIUS) * shape;
      // A tied embedding is listed as one, from tokens to the width, and stands for an output, from the width to tokens.
      case SCION_SIGN -> s.get(Hyperparameter.RADIUS) / (m.role() == ModuleRole.TIED_EMBEDDING ? m.fanOut() : m.fanIn());
      case SCION_COLUMN, SCION_VECTOR -> s.get(Hyperparameter.RADIUS);
      default -> 1;
    };
  }

  /// The script's number of the norm.
  private static double norm(UpdateRule rule) {
    return switch (rule) {
      case MUON, MUON_SPECTRAL, MUON_RMS, SCION_SPECTRAL -> 1;
      case SCION_COLUMN -> 2;
      case SCION_VECTOR -> 3;
      case NORMALIZED_SGD -> 4;
      default -> 0;
    };
  }
}
