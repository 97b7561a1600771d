package proxima.scaling;

import static proxima.module.Hyperparameter.EPSILON;
import static proxima.module.Hyperparameter.LEARNING_RATE;
import static proxima.module.Hyperparameter.RADIUS;
import static proxima.module.Hyperparameter.RHO;
import static proxima.module.Hyperparameter.WEIGHT_DECAY;
import static proxima.module.ModuleRole.EMBEDDING;
import static proxima.module.ModuleRole.EXPERT_DOWN;
import static proxima.module.ModuleRole.FINAL_NORM;
import static proxima.module.ModuleRole.HIDDEN;
import static proxima.module.ModuleRole.HIDDEN_VECTOR;
import static proxima.module.ModuleRole.QK_NORM;
import static proxima.module.ModuleRole.ROUTER;
import static proxima.module.ModuleRole.TIED_EMBEDDING;
import static proxima.module.ModuleRole.UNEMBEDDING;
import static proxima.scaling.Exponents.ONE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;
import proxima.module.UpdateRule;

/// The rows of scaling tables for rules other than AdamW's kind.
///
/// Over width and depth a step of every rule shall change each matrix by a spectral norm of sqrt(fan-out / fan-in), in residual blocks times m_L^(alpha - 1) (Yang, Simon and
/// Bernstein 2023, arXiv 2310.17813; Zheng et al. 2026, arXiv 2603.00541, tables 3 to 7: alpha 1 for its k >= 2, 1/2 for k = 1). A rule's row is that, over the norm that its step
/// has at a rate of 1. A weight decays by rate times decay a step, which no width changes, and the depth as m_L^(alpha - 1).
///
/// Over batch and duration the noise of a normalised step is treated as AdamW's (Malladi et al. 2022, arXiv 2205.10287; Complete(d)P, arXiv 2512.22382); plain gradient descent
/// has a learning rate proportional to the batch, and rate times steps constant.
final class RuleRows {

  private static final Set<UpdateRule> ALL = EnumSet.allOf(UpdateRule.class);

  /// Steps whose entries are of the size of the learning rate: AdamW and ADOPT by their normalisation, Lion and Sophia by a sign or a cut (arXiv 2603.00541, table 6), Shampoo
  /// because it takes the size of its steps from AdamW.
  private static final Set<UpdateRule> ENTRYWISE =
      EnumSet.of(UpdateRule.ADAMW, UpdateRule.ADOPT, UpdateRule.LION, UpdateRule.SOPHIA_G, UpdateRule.SOPHIA_H, UpdateRule.SHAMPOO);

  private static final Set<UpdateRule> SOPHIA = EnumSet.of(UpdateRule.SOPHIA_G, UpdateRule.SOPHIA_H);
  private static final Set<UpdateRule> SCION =
      EnumSet.of(UpdateRule.SCION_COLUMN, UpdateRule.SCION_SPECTRAL, UpdateRule.SCION_SIGN, UpdateRule.SCION_VECTOR);

  private static final String SPECTRAL_CONDITION = "arXiv 2603.00541";
  private static final String DERIVED = "derived from the spectral condition, arXiv 2310.17813";

  /// What it puts out is of the same size at any depth, and may change by m_L^(alpha - 1) in a step, as what a hidden matrix puts out may; its gradient has passed the residual multiplier.
  static final String ROUTERS = "an output, arXiv 2508.09752; depth: derived, as of a hidden matrix";

  private RuleRows() {}

  /// How a table lets the logits follow the width.
  enum Output {
    /// Initial values and learning rate of the unembedding shrink: TP-V table 3.
    WITHOUT_MULTIPLIER,
    /// A forward multiplier shrinks, and neither: TP-V table 8.
    WITH_MULTIPLIER
  }

  /// The rules for which AdamW's row on a hyperparameter holds too.
  static Set<UpdateRule> likeAdamW(Hyperparameter h) {
    return switch (h) {
      case INIT_STD, MULTIPLIER, BETA1, BETA2 -> ALL;
      // Plain gradient descent sums gradients: its rate follows the batch at a momentum that stays (Goyal et al. 2017, arXiv 1706.02677).
      case MOMENTUM -> EnumSet.complementOf(EnumSet.of(UpdateRule.SGD));
      case LEARNING_RATE, ADAMW_LEARNING_RATE -> ENTRYWISE;
      case WEIGHT_DECAY -> with(ENTRYWISE, UpdateRule.LAMB);
      case EPSILON -> EnumSet.of(UpdateRule.ADAMW, UpdateRule.ADOPT, UpdateRule.LAMB);
      case RHO, RADIUS -> Set.of();
    };
  }

  private static Set<UpdateRule> with(Set<UpdateRule> rules, UpdateRule more) {
    Set<UpdateRule> all = EnumSet.copyOf(rules);
    all.add(more);
    return all;
  }

  /// For a table that follows the width alone.
  static List<ScalingRow> overWidth() {
    return overWidthAndDepth(Output.WITHOUT_MULTIPLIER).stream().map(r -> with(r, ONE.fanIn(r.exponents().fanIn()).fanOut(r.exponents().fanOut()).tallness(r.exponents().tallness()))).toList();
  }

  /// For a table that follows width, depth, batch and duration.
  static List<ScalingRow> overAllAxes() {
    return overWidthAndDepth(Output.WITHOUT_MULTIPLIER).stream().map(RuleRows::noisy).toList();
  }

  private static ScalingRow with(ScalingRow r, Exponents exponents) {
    return new ScalingRow(r.rules(), r.roles(), r.hyperparameter(), exponents, r.source());
  }

  /// A row that follows batch and duration too: powers of q, of which there is one in the learning rate and in the decay, and an inverse one in what is compared with a gradient.
  private static ScalingRow noisy(ScalingRow r) {
    Exponents e = r.exponents();
    if (r.rules().contains(UpdateRule.SGD)) {
      // Rate times steps stays, and so does rate times decay times steps.
      return r.hyperparameter() == LEARNING_RATE ? with(r, e.rate(1)) : r;
    }
    boolean scion = r.rules().contains(UpdateRule.SCION_SIGN);
    return switch (r.hyperparameter()) {
      // Scion's step is rate times radius and its decay the rate: q for the one and q^2 for the other.
      case LEARNING_RATE, ADAMW_LEARNING_RATE -> with(r, e.noise(scion ? 2 : 1));
      case WEIGHT_DECAY -> with(r, e.noise(scion ? 0 : 1));
      case RADIUS, RHO -> with(r, e.noise(-1));
      case EPSILON -> with(r, e.noise(r.rules().contains(UpdateRule.SHAMPOO) ? -2 : -1));
      case MOMENTUM, BETA1, BETA2, INIT_STD, MULTIPLIER -> r;
    };
  }

  /// What is compared with a gradient, for a table that does not follow batch and duration: epsilon is as large, rho as large as the inverse, and Shampoo's epsilon as its square's
  /// sum.
  ///
  /// @param outer the size of the gradient's entries in the embedding and the final norm; an unembedding's is 1
  /// @param inner in the blocks
  /// @param heads of a gain that all heads share
  /// @param square the square of a hidden matrix's Euclidean norm
  static List<ScalingRow> forGradients(Exponents outer, Exponents inner, Exponents heads, Exponents square, String source) {
    List<ScalingRow> rows = new ArrayList<>();
    rows.add(row(Set.of(UpdateRule.SHAMPOO), source, EPSILON, square, HIDDEN, EXPERT_DOWN));
    addGradients(rows, likeAdamW(EPSILON), EPSILON, outer, inner, heads, source);
    addGradients(rows, SOPHIA, RHO, outer.inverse(), inner.inverse(), heads.inverse(), source);
    return rows;
  }

  private static void addGradients(
      List<ScalingRow> rows, Set<UpdateRule> rules, Hyperparameter h, Exponents outer, Exponents inner, Exponents heads, String source) {
    rows.add(row(rules, source, h, outer, EMBEDDING, FINAL_NORM));
    rows.add(row(rules, source, h, inner, HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR));
    rows.add(row(rules, source, h, heads, QK_NORM));
    rows.add(row(rules, source, h, ONE, UNEMBEDDING));
  }

  static List<ScalingRow> overWidthAndDepth(Output output) {
    boolean multiplier = output == Output.WITH_MULTIPLIER;
    List<ScalingRow> rows = new ArrayList<>();
    addSophia(rows, multiplier);
    addLamb(rows);
    addSgd(rows, multiplier);
    addNormalizedSgd(rows, multiplier);
    addMatrixRules(rows, multiplier);
    addScion(rows, multiplier);
    return rows;
  }

  /// A gradient is of the size of AdamW's epsilon, the curvature of its square: rho times the one is compared with the other.
  private static void addSophia(List<ScalingRow> rows, boolean multiplier) {
    String s = "derived: the inverse of AdamW's rows on epsilon";
    rows.add(row(SOPHIA, s, RHO, ONE.fanOut(1), EMBEDDING));
    rows.add(row(SOPHIA, s, RHO, ONE.fanOut(1).depth(0, 1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR));
    rows.add(row(SOPHIA, s, RHO, ONE.depth(0, 1), QK_NORM));
    rows.add(row(SOPHIA, s, RHO, multiplier ? ONE.fanIn(1) : ONE, UNEMBEDDING));
    rows.add(row(SOPHIA, s, RHO, (multiplier ? ONE.fanIn(1) : ONE).depth(0, 1), ROUTER));
    rows.add(row(SOPHIA, s, RHO, multiplier ? ONE.fanOut(1) : ONE, FINAL_NORM));
    rows.add(row(SOPHIA, s, RHO, ONE.fanIn(1).fanOut(1), TIED_EMBEDDING));
  }

  /// A step is the rate times the tensor's norm, sigma sqrt(fan-in fan-out), so that entries of 1 / fan-in take 1 / (sigma fan-in).
  private static void addLamb(List<ScalingRow> rows) {
    Set<UpdateRule> lamb = Set.of(UpdateRule.LAMB);
    rows.add(row(lamb, DERIVED, LEARNING_RATE, ONE, EMBEDDING, FINAL_NORM, UNEMBEDDING, TIED_EMBEDDING));
    rows.add(row(lamb, DERIVED, LEARNING_RATE, ONE.fanIn(-0.5).depth(-1, 1), HIDDEN, EXPERT_DOWN));
    rows.add(row(lamb, DERIVED, LEARNING_RATE, ONE.depth(-1, 1), HIDDEN_VECTOR, QK_NORM, ROUTER));
  }

  /// Both the gradient and what a step changes carry the residual multiplier.
  private static void addSgd(List<ScalingRow> rows, boolean multiplier) {
    Set<UpdateRule> sgd = Set.of(UpdateRule.SGD);
    String s = multiplier ? SPECTRAL_CONDITION + ", table 5" : "TP-V table 3; depth: arXiv 2603.00541, table 5";
    rows.add(row(sgd, s, LEARNING_RATE, ONE.fanOut(1), EMBEDDING, FINAL_NORM));
    rows.add(row(sgd, s, LEARNING_RATE, ONE.fanIn(-1).fanOut(1).depth(-1, 2), HIDDEN, EXPERT_DOWN));
    rows.add(row(sgd, s, LEARNING_RATE, ONE.fanOut(1).depth(-1, 2), HIDDEN_VECTOR));
    rows.add(row(sgd, "derived: a gain that all heads share", LEARNING_RATE, ONE.depth(-1, 2), QK_NORM));
    rows.add(row(sgd, s, LEARNING_RATE, multiplier ? ONE.fanIn(1) : ONE.fanIn(-1), UNEMBEDDING));
    rows.add(row(sgd, ROUTERS, LEARNING_RATE, (multiplier ? ONE.fanIn(1) : ONE.fanIn(-1)).depth(-1, 2), ROUTER));
    rows.add(row(sgd, s, LEARNING_RATE, ONE.fanIn(1).fanOut(1), TIED_EMBEDDING));
    rows.add(row(sgd, s, WEIGHT_DECAY, ONE.fanOut(-1), EMBEDDING, FINAL_NORM));
    rows.add(row(sgd, s, WEIGHT_DECAY, ONE.fanIn(1).fanOut(-1).depth(0, -1), HIDDEN, EXPERT_DOWN));
    rows.add(row(sgd, s, WEIGHT_DECAY, ONE.fanOut(-1).depth(0, -1), HIDDEN_VECTOR));
    rows.add(row(sgd, s, WEIGHT_DECAY, ONE.depth(0, -1), QK_NORM));
    rows.add(row(sgd, s, WEIGHT_DECAY, multiplier ? ONE.fanIn(-1) : ONE.fanIn(1), UNEMBEDDING));
    rows.add(row(sgd, ROUTERS, WEIGHT_DECAY, (multiplier ? ONE.fanIn(-1) : ONE.fanIn(1)).depth(0, -1), ROUTER));
    rows.add(row(sgd, s, WEIGHT_DECAY, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING));
  }

  /// A gradient is of low rank, so that its spectral norm is its Euclidean one.
  private static void addNormalizedSgd(List<ScalingRow> rows, boolean multiplier) {
    Set<UpdateRule> sgd = Set.of(UpdateRule.NORMALIZED_SGD);
    rows.add(row(sgd, DERIVED, LEARNING_RATE, ONE.fanOut(0.5), EMBEDDING, FINAL_NORM));
    rows.add(row(sgd, DERIVED, LEARNING_RATE, ONE.fanIn(-0.5).fanOut(0.5).depth(-1, 1), HIDDEN, EXPERT_DOWN));
    rows.add(row(sgd, DERIVED, LEARNING_RATE, ONE.fanOut(0.5).depth(-1, 1), HIDDEN_VECTOR));
    rows.add(row(sgd, DERIVED, LEARNING_RATE, ONE.depth(-1, 1), QK_NORM));
    rows.add(row(sgd, DERIVED, LEARNING_RATE, multiplier ? ONE.fanIn(0.5) : ONE.fanIn(-0.5), UNEMBEDDING));
    rows.add(row(sgd, ROUTERS, LEARNING_RATE, (multiplier ? ONE.fanIn(0.5) : ONE.fanIn(-0.5)).depth(-1, 1), ROUTER));
    rows.add(row(sgd, DERIVED, LEARNING_RATE, ONE.fanIn(0.5).fanOut(0.5), TIED_EMBEDDING));
    rows.add(row(sgd, DERIVED, WEIGHT_DECAY, ONE.fanOut(-0.5), EMBEDDING, HIDDEN_VECTOR, FINAL_NORM));
    rows.add(row(sgd, DERIVED, WEIGHT_DECAY, ONE.fanIn(0.5).fanOut(-0.5), HIDDEN, EXPERT_DOWN));
    rows.add(row(sgd, DERIVED, WEIGHT_DECAY, multiplier ? ONE.fanIn(-0.5) : ONE.fanIn(0.5), UNEMBEDDING, ROUTER));
    rows.add(row(sgd, DERIVED, WEIGHT_DECAY, ONE.fanIn(-0.5).fanOut(-0.5), TIED_EMBEDDING));
    rows.add(row(sgd, DERIVED, WEIGHT_DECAY, ONE, QK_NORM));
  }

  /// Rules of hidden matrices, whose steps have a spectral norm of their own.
  private static void addMatrixRules(List<ScalingRow> rows, boolean multiplier) {
    String spectral = SPECTRAL_CONDITION + ", table 4; the rule holds sqrt(fan-out / fan-in)";
    Set<UpdateRule> muonSpectral = Set.of(UpdateRule.MUON_SPECTRAL);
    rows.add(row(muonSpectral, spectral, LEARNING_RATE, ONE.depth(-1, 1), HIDDEN, EXPERT_DOWN));
    rows.add(row(muonSpectral, spectral, WEIGHT_DECAY, ONE, HIDDEN, EXPERT_DOWN));
    // sqrt(max(fan-out, fan-in)) is sqrt(fan-in max(1, fan-out / fan-in)).
    addOrthogonal(rows, UpdateRule.MUON, SPECTRAL_CONDITION + ", table 4, for shapes that stay", ONE.fanIn(-0.5).fanOut(0.5).tallness(-0.5));
    addOrthogonal(rows, UpdateRule.MUON_RMS, SPECTRAL_CONDITION + ", table 3, for shapes that stay", ONE.fanIn(-1).fanOut(0.5).tallness(-0.5));
    // As published, activations grow as width^0.4 over ten steps here, where every entry of the rotated gradient is normalised; with AdamW's row they do not grow.
    String soap = multiplier ? SPECTRAL_CONDITION + ", table 4" : "measured; arXiv 2603.00541, table 4, has 1";
    Exponents published = ONE.fanIn(-0.5).fanOut(0.5).depth(-1, 1);
    rows.add(row(Set.of(UpdateRule.SOAP), soap, LEARNING_RATE, multiplier ? published : ONE.fanIn(-1).depth(-1, 1), HIDDEN, EXPERT_DOWN));
    rows.add(row(Set.of(UpdateRule.SOAP), soap, WEIGHT_DECAY, multiplier ? ONE.fanIn(0.5).fanOut(-0.5) : ONE.fanIn(1), HIDDEN, EXPERT_DOWN));
    rows.add(row(Set.of(UpdateRule.SOAP), "derived: a rotated gradient's largest entry is its norm", EPSILON, ONE.fanIn(0.5).fanOut(-0.5).depth(0, -1), HIDDEN, EXPERT_DOWN));
    rows.add(row(Set.of(UpdateRule.SHAMPOO), SPECTRAL_CONDITION + ", table 4", EPSILON, ONE.fanIn(1).fanOut(-1).depth(0, -2), HIDDEN, EXPERT_DOWN));
  }

  /// A rule whose step has a spectral norm of another form than sqrt(fan-out / fan-in).
  private static void addOrthogonal(List<ScalingRow> rows, UpdateRule rule, String source, Exponents width) {
    rows.add(row(Set.of(rule), source, LEARNING_RATE, width.depth(-1, 1), HIDDEN, EXPERT_DOWN));
    rows.add(row(Set.of(rule), source, WEIGHT_DECAY, width.inverse(), HIDDEN, EXPERT_DOWN));
  }

  /// Its steps have the norms that a transfer needs, so that the rate follows nothing and the radius the depth. Entries of a tied embedding move by the radius over its fan-out,
  /// and as far at any width, whichever of its fans is listed as that.
  private static void addScion(List<ScalingRow> rows, boolean multiplier) {
    String s = "arXiv 2502.07529; depth: " + DERIVED;
    ModuleRole[] all = ModuleRole.values();
    rows.add(row(SCION, s, LEARNING_RATE, ONE, all));
    rows.add(row(SCION, s, WEIGHT_DECAY, ONE, all));
    rows.add(row(SCION, s, RADIUS, ONE.depth(-1, 1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, QK_NORM));
    rows.add(row(SCION, s, RADIUS, ONE, EMBEDDING, FINAL_NORM));
    rows.add(row(SCION, s, RADIUS, multiplier ? ONE.fanIn(1) : ONE, UNEMBEDDING));
    rows.add(row(SCION, ROUTERS, RADIUS, (multiplier ? ONE.fanIn(1) : ONE).depth(-1, 1), ROUTER));
    rows.add(row(SCION, s, RADIUS, ONE.fanOut(1), TIED_EMBEDDING));
  }

  private static ScalingRow row(Set<UpdateRule> rules, String source, Hyperparameter h, Exponents exponents, ModuleRole... roles) {
    return new ScalingRow(rules, Set.of(roles), h, exponents, source);
  }
}
