package proxima.module;

import java.util.Arrays;
import java.util.Optional;

/// A hyperparameter of an optimizer or of a module. Which of them a module has follows from the rule that moves it.
public enum Hyperparameter {
  /// Peak learning rate.
  LEARNING_RATE("learningRate", Range.POSITIVE),
  /// Peak learning rate of the modules that AdamW moves beside a rule whose rates are on another scale; a global value alone.
  ADAMW_LEARNING_RATE("adamwLearningRate", Range.POSITIVE),
  /// Decoupled weight decay in PyTorch's convention: w -= learningRate * weightDecay * w.
  WEIGHT_DECAY("weightDecay", Range.NOT_NEGATIVE),
  /// Decay of the gradient's mean where there is one alone; factors multiply 1 - momentum.
  MOMENTUM("momentum", Range.DECAY),
  /// First moment's decay; factors multiply 1 - beta1.
  BETA1("beta1", Range.DECAY),
  /// Second moment's decay; factors multiply 1 - beta2.
  BETA2("beta2", Range.DECAY),
  /// What keeps a division from 0, in the unit of the gradient (of its square for Shampoo).
  EPSILON("epsilon", Range.NOT_NEGATIVE),
  /// Sophia's bound on the steps: what is larger than the rate after the division by rho times the curvature is cut.
  RHO("rho", Range.POSITIVE),
  /// Scion's radius: the norm ball that a step points into, and that decay keeps the weights in.
  RADIUS("radius", Range.POSITIVE),
  /// Standard deviation of the initial values.
  INIT_STD("initStd", Range.NOT_NEGATIVE),
  /// Factor on the output of a residual branch.
  MULTIPLIER("multiplier", Range.POSITIVE);

  private enum Range {
    POSITIVE("> 0"),
    NOT_NEGATIVE(">= 0"),
    DECAY("in [0, 1)");

    private final String text;

    Range(String text) {
      this.text = text;
    }

    boolean contains(double v) {
      return Double.isFinite(v)
          && switch (this) {
            case POSITIVE -> v > 0;
            case NOT_NEGATIVE -> v >= 0;
            case DECAY -> v >= 0 && v < 1;
          };
    }
  }

  private final String id;
  private final Range range;

  Hyperparameter(String id, Range range) {
    this.id = id;
    this.range = range;
  }

  /// Its name in files and in parameter names.
  public String id() {
    return id;
  }

  public static Optional<Hyperparameter> of(String id) {
    return Arrays.stream(values()).filter(h -> h.id.equals(id)).findFirst();
  }

  /// Whether it is the decay of a moving average: 1 minus it is what is searched, and what factors multiply.
  public boolean isDecay() {
    return range == Range.DECAY;
  }

  /// Whether a module, not its optimizer, has it.
  public boolean isOfModule() {
    return this == INIT_STD || this == MULTIPLIER;
  }

  /// Whether 0 is a value of it that no factor changes.
  public boolean mayBeZero() {
    return range == Range.NOT_NEGATIVE;
  }

  /// @param owner whose value it is, such as ` of module 'embed'`
  void check(double value, String owner) {
    if (!range.contains(value)) {
      throw new IllegalArgumentException(id + owner + " must be " + range.text + ", got " + value);
    }
  }
}
