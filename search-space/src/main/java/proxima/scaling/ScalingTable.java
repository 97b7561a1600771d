package proxima.scaling;

import static proxima.module.Hyperparameter.BETA1;
import static proxima.module.Hyperparameter.BETA2;
import static proxima.module.Hyperparameter.EPSILON;
import static proxima.module.Hyperparameter.INIT_STD;
import static proxima.module.Hyperparameter.LEARNING_RATE;
import static proxima.module.Hyperparameter.MOMENTUM;
import static proxima.module.Hyperparameter.MULTIPLIER;
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
import static proxima.scaling.RuleRows.ROUTERS;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;
import proxima.module.UpdateRule;

/// A parameterisation as rows of exponents. What no row names has the factor 1.
///
/// The rows here are AdamW's. They hold for all rules whose steps have entries of the size of the learning rate, which is what AdamW's rows rest on; those of the
/// other rules are in `RuleRows`.
///
/// A row on `multiplier` is the residual multiplier for the roles inside a block, and the multiplier of the logits for the
/// (tied) unembedding. A tied embedding has one of its fans fixed, the vocabulary, so that f_in f_out is m_N whichever way it is listed.
///
/// @param id its name in files
public record ScalingTable(String id, List<ScalingRow> rows) {

  /// Standard parameterisation: nothing follows the scale. CompleteP, arXiv 2505.01618, table 1, column SP.
  public static final ScalingTable SP = new ScalingTable("sp", List.of());

  /// muP for width, without multipliers: Tensor Programs V, arXiv 2203.03466, table 3; epsilon and weight decay as in the muP column of
  /// Complete(d)P's table 1. A tied embedding takes the form of table 8, which allows tying.
  public static final ScalingTable MUP = new ScalingTable("mup", mup());

  /// CompleteP for width and depth, with a forward multiplier on the unembedding: arXiv 2505.01618 version 4, table 1.
  public static final ScalingTable COMPLETE_P = new ScalingTable("complete-p", completeP());

  /// Complete(d)P for width, depth, batch and duration: arXiv 2512.22382, table 1.
  public static final ScalingTable COMPLETE_D_P = new ScalingTable("complete-d-p", completeDP());

  /// For a mixture of experts that widens, deepens, and takes more and larger experts of which the same share is active: arXiv 2601.20205, with AdamW. Where the share changes, values
  /// are not known to transfer.
  public static final ScalingTable MOE_FIXED_SPARSITY = new ScalingTable("moe-fixed-sparsity", moeFixedSparsity());

  /// The neural tangent kernel's parameterisation, in which features stop to change as the width grows: shown to fail. Jacot et al. 2018, arXiv 1806.07572.
  public static final ScalingTable NTP = new ScalingTable("ntp", ntp());

  /// u-muP for width and depth, with independent weight decay, for weights that are not kept in units: arXiv 2407.17465. Its unit-scaled weight W is w sqrt(fan-in), or w
  /// fan-in in the unembedding, so that its learning rates are divided by that.
  public static final ScalingTable U_MUP = new ScalingTable("u-mup", uMup());

  public ScalingTable {
    rows = List.copyOf(rows);
    for (int i = 0; i < rows.size(); i++) {
      ScalingRow row = rows.get(i);
      if (rows.subList(0, i).stream().anyMatch(row::meets)) {
        throw new IllegalArgumentException("table '" + id + "' has two rows on " + row.hyperparameter().id() + " of one of " + row.roles());
      }
    }
  }

  /// All tables.
  public static List<ScalingTable> all() {
    return List.of(SP, NTP, MUP, U_MUP, COMPLETE_P, COMPLETE_D_P, MOE_FIXED_SPARSITY);
  }

  /// The table of this name.
  /// @throws IllegalArgumentException if there is none.
  public static ScalingTable of(String id) {
    return all().stream()
        .filter(t -> t.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scaling table '" + id + "'; there are " + all().stream().map(ScalingTable::id).collect(Collectors.joining(", "))));
  }

  /// The powers for one hyperparameter of the modules of a role that a rule moves.
  public Exponents exponents(UpdateRule rule, ModuleRole role, Hyperparameter hyperparameter) {
    return rows.stream()
        .filter(r -> r.holds(rule, role, hyperparameter))
        .findFirst()
        .map(ScalingRow::exponents)
        .orElse(ONE);
  }

  /// Whether it says how the learning rate of such modules follows the scale, and what a step compares a gradient with or is as large as; `sp` says of all that they do not.
  public boolean covers(UpdateRule rule, ModuleRole role) {
    return rows.isEmpty()
        || Stream.of(LEARNING_RATE, EPSILON, RHO, RADIUS).filter(rule::has).allMatch(h -> rows.stream().anyMatch(r -> r.holds(rule, role, h)));
  }

  @Override
  public String toString() {
    return id;
  }

  private static List<ScalingRow> mup() {
    String tp5 = "TP-V table 3";
    String cdp = "Complete(d)P table 1, muP column";
    String tied = "TP-V table 8";
    return with(
        RuleRows.overWidth(),
        row(tp5, INIT_STD, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN),
        row(tp5, INIT_STD, ONE.fanIn(-1), UNEMBEDDING),
        row(tp5, LEARNING_RATE, ONE.fanIn(-1), HIDDEN, EXPERT_DOWN, UNEMBEDDING),
        row(tp5, LEARNING_RATE, ONE, EMBEDDING, HIDDEN_VECTOR, QK_NORM, FINAL_NORM),
        row(cdp, WEIGHT_DECAY, ONE.fanIn(1), HIDDEN, EXPERT_DOWN, UNEMBEDDING),
        row(ROUTERS, INIT_STD, ONE.fanIn(-1), ROUTER),
        row(ROUTERS, LEARNING_RATE, ONE.fanIn(-1), ROUTER),
        row(ROUTERS, WEIGHT_DECAY, ONE.fanIn(1), ROUTER),
        row(cdp, EPSILON, ONE.fanOut(-1), EMBEDDING, HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR),
        row(cdp, EPSILON, ONE, QK_NORM, FINAL_NORM, UNEMBEDDING),
        row(ROUTERS, EPSILON, ONE, ROUTER),
        row(tied, LEARNING_RATE, ONE, TIED_EMBEDDING),
        row(tied, MULTIPLIER, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING),
        row(tied + ": the gradient shrinks with the multiplier", EPSILON, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING));
  }

  private static List<ScalingRow> ntp() {
    String s = "arXiv 1806.07572; gradient descent: TP-V, arXiv 2203.03466, appendix J";
    ModuleRole[] others = {EMBEDDING, HIDDEN_VECTOR, QK_NORM, FINAL_NORM};
    Set<UpdateRule> sgd = Set.of(UpdateRule.SGD);
    String g = "derived: the gradient's entries shrink with the unembedding's weights";
    return with(
        RuleRows.forGradients(ONE.fanOut(-0.5), ONE.fanOut(-0.5), ONE, ONE.fanIn(1), g),
        row(s, INIT_STD, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN, UNEMBEDDING),
        new ScalingRow(sgd, Set.of(HIDDEN, EXPERT_DOWN, UNEMBEDDING), LEARNING_RATE, ONE.fanIn(-1), s),
        new ScalingRow(sgd, Set.of(others), LEARNING_RATE, ONE, s),
        row(s, LEARNING_RATE, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN, UNEMBEDDING),
        row(s, LEARNING_RATE, ONE, others));
  }

  private static List<ScalingRow> uMup() {
    String t = "u-muP, arXiv 2407.17465, table 2";
    String tau = "u-muP, arXiv 2407.17465, appendix G.2: beside what the embedding put there its taus add a / sqrt(blocks)";
    String g = "derived: the gradient's entries shrink with the unembedding's weights and the multiplier";
    return with(
        RuleRows.forGradients(ONE.fanOut(-1), ONE.fanOut(-1).depth(-0.5, 0), ONE.depth(-0.5, 0), ONE.fanIn(1).fanOut(-1).depth(-1, 0), g),
        row(tau, MULTIPLIER, ONE.depth(-0.5, 0), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, QK_NORM),
        row(t, INIT_STD, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN),
        row(t, INIT_STD, ONE.fanIn(-1), UNEMBEDDING),
        row(t, LEARNING_RATE, ONE.fanOut(-0.5), EMBEDDING),
        row(t, LEARNING_RATE, ONE.fanIn(-1).depth(-0.5, 0), HIDDEN, EXPERT_DOWN),
        row(t, LEARNING_RATE, ONE.depth(-0.5, 0), HIDDEN_VECTOR, QK_NORM),
        row(t, LEARNING_RATE, ONE, FINAL_NORM),
        row(t, LEARNING_RATE, ONE.fanIn(-1), UNEMBEDDING),
        row(t + ": independent of the rate", WEIGHT_DECAY, ONE.fanOut(0.5), EMBEDDING),
        row(t + ": independent of the rate", WEIGHT_DECAY, ONE.fanIn(1).depth(0.5, 0), HIDDEN, EXPERT_DOWN),
        row(t + ": independent of the rate", WEIGHT_DECAY, ONE.depth(0.5, 0), HIDDEN_VECTOR, QK_NORM),
        row(t + ": independent of the rate", WEIGHT_DECAY, ONE.fanIn(1), UNEMBEDDING));
  }

  private static List<ScalingRow> completeP() {
    String t = "CompleteP v4 table 1";
    String tied = "CompleteP v4 table 1, embedding with the unembedding's forward multiplier";
    return with(
        RuleRows.overWidthAndDepth(RuleRows.Output.WITH_MULTIPLIER),
        row(t, MULTIPLIER, ONE.depth(0, -1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, QK_NORM),
        row(t, MULTIPLIER, ONE.fanIn(-1), UNEMBEDDING),
        row(t, INIT_STD, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN),
        row(t, LEARNING_RATE, ONE, EMBEDDING, FINAL_NORM, UNEMBEDDING, TIED_EMBEDDING),
        row(t, LEARNING_RATE, ONE.fanIn(-1).depth(-1, 1), HIDDEN, EXPERT_DOWN),
        row(t, LEARNING_RATE, ONE.depth(-1, 1), HIDDEN_VECTOR, QK_NORM),
        row(t, WEIGHT_DECAY, ONE.fanIn(1), HIDDEN, EXPERT_DOWN),
        row(t, EPSILON, ONE.fanOut(-1), EMBEDDING, FINAL_NORM),
        row(t, EPSILON, ONE.fanIn(-1), UNEMBEDDING),
        row(t, EPSILON, ONE.fanOut(-1).depth(0, -1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR),
        row(ROUTERS + "; TP-V table 8", MULTIPLIER, ONE.fanIn(-1), ROUTER),
        row(ROUTERS + "; TP-V table 8", LEARNING_RATE, ONE.depth(-1, 1), ROUTER),
        row(ROUTERS + "; TP-V table 8", EPSILON, ONE.fanIn(-1).depth(0, -1), ROUTER),
        row("not in CompleteP; Complete(d)P table 1", EPSILON, ONE.depth(0, -1), QK_NORM),
        row(tied, MULTIPLIER, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING),
        row(tied, EPSILON, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING));
  }

  private static List<ScalingRow> completeDP() {
    String t = "Complete(d)P table 1";
    String tied = "not in Complete(d)P; CompleteP's form, for which init and learning rate do not conflict";
    ModuleRole[] all = ModuleRole.values();
    return with(
        RuleRows.overAllAxes(),
        row(t, MULTIPLIER, ONE.depth(0, -1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, QK_NORM),
        row(t, INIT_STD, ONE.fanIn(-0.5), HIDDEN, EXPERT_DOWN),
        row(t, INIT_STD, ONE.fanIn(-1), UNEMBEDDING),
        row(t, LEARNING_RATE, ONE.noise(1), EMBEDDING, FINAL_NORM),
        row(t, LEARNING_RATE, ONE.fanIn(-1).depth(-1, 1).noise(1), HIDDEN, EXPERT_DOWN),
        row(t, LEARNING_RATE, ONE.depth(-1, 1).noise(1), HIDDEN_VECTOR, QK_NORM),
        row(t, LEARNING_RATE, ONE.fanIn(-1).noise(1), UNEMBEDDING),
        row(t, WEIGHT_DECAY, ONE.fanIn(1).noise(1), HIDDEN, EXPERT_DOWN, UNEMBEDDING),
        row(t, WEIGHT_DECAY, ONE.noise(1), EMBEDDING, HIDDEN_VECTOR, QK_NORM, FINAL_NORM),
        row(t, EPSILON, ONE.fanOut(-1).noise(-1), EMBEDDING),
        row(t, EPSILON, ONE.fanOut(-1).depth(0, -1).noise(-1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR),
        row(t, EPSILON, ONE.depth(0, -1).noise(-1), QK_NORM),
        row(t, EPSILON, ONE.noise(-1), FINAL_NORM, UNEMBEDDING),
        row(ROUTERS, INIT_STD, ONE.fanIn(-1), ROUTER),
        row(ROUTERS, LEARNING_RATE, ONE.fanIn(-1).depth(-1, 1).noise(1), ROUTER),
        row(ROUTERS, WEIGHT_DECAY, ONE.fanIn(1).noise(1), ROUTER),
        row(ROUTERS, EPSILON, ONE.depth(0, -1).noise(-1), ROUTER),
        row(t, BETA1, ONE.rate(1), all),
        row(t, BETA2, ONE.rate(1), all),
        row(t + ", the row of beta1", MOMENTUM, ONE.rate(1), all),
        row(tied, MULTIPLIER, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING),
        row(tied, LEARNING_RATE, ONE.noise(1), TIED_EMBEDDING),
        row(tied, WEIGHT_DECAY, ONE.noise(1), TIED_EMBEDDING),
        row(tied, EPSILON, ONE.fanIn(-1).fanOut(-1).noise(-1), TIED_EMBEDDING));
  }

  /// An expert's last weights start at sqrt(n) / m, for m hidden units and width n, where a hidden matrix starts at 1 / sqrt(m).
  private static List<ScalingRow> moeFixedSparsity() {
    String t = "arXiv 2601.20205; depth at alpha = 1, other alpha as in CompleteP";
    String rest = "not in arXiv 2601.20205; Complete(d)P table 1";
    String tied = "not in arXiv 2601.20205; CompleteP's form";
    return Stream.of(
            row(t, MULTIPLIER, ONE.depth(0, -1), HIDDEN, EXPERT_DOWN, HIDDEN_VECTOR, QK_NORM),
            row(t, INIT_STD, ONE.fanIn(-0.5), HIDDEN),
            row(t, INIT_STD, ONE.fanIn(-1).fanOut(0.5), EXPERT_DOWN),
            row(t + "; gamma = 1", INIT_STD, ONE.fanIn(-1), ROUTER),
            row(t, LEARNING_RATE, ONE, EMBEDDING),
            row(t, LEARNING_RATE, ONE.fanIn(-1).depth(-1, 1), HIDDEN, EXPERT_DOWN, ROUTER),
            row(t, EPSILON, ONE.fanOut(-1), EMBEDDING),
            row(t, EPSILON, ONE.fanOut(-1).depth(0, -1), HIDDEN),
            row(t, EPSILON, ONE.fanIn(-2).fanOut(1).depth(0, -1), EXPERT_DOWN),
            row(ROUTERS, EPSILON, ONE.depth(0, -1), ROUTER),
            row(rest, INIT_STD, ONE.fanIn(-1), UNEMBEDDING),
            row(rest, LEARNING_RATE, ONE.depth(-1, 1), HIDDEN_VECTOR, QK_NORM),
            row(rest, LEARNING_RATE, ONE, FINAL_NORM),
            row(rest, LEARNING_RATE, ONE.fanIn(-1), UNEMBEDDING),
            row(rest, WEIGHT_DECAY, ONE.fanIn(1), HIDDEN, EXPERT_DOWN, ROUTER, UNEMBEDDING),
            row(rest, EPSILON, ONE.fanOut(-1).depth(0, -1), HIDDEN_VECTOR),
            row(rest, EPSILON, ONE.depth(0, -1), QK_NORM),
            row(rest, EPSILON, ONE, FINAL_NORM, UNEMBEDDING),
            row(tied, LEARNING_RATE, ONE, TIED_EMBEDDING),
            row(tied, MULTIPLIER, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING),
            row(tied, EPSILON, ONE.fanIn(-1).fanOut(-1), TIED_EMBEDDING))
        .map(r -> new ScalingRow(Set.of(UpdateRule.ADAMW), r.roles(), r.hyperparameter(), r.exponents(), r.source()))
        .toList();
  }

  private static List<ScalingRow> with(List<ScalingRow> others, ScalingRow... own) {
    return Stream.concat(Stream.of(own), others.stream()).toList();
  }

  private static ScalingRow row(String source, Hyperparameter h, Exponents exponents, ModuleRole... roles) {
    return new ScalingRow(RuleRows.likeAdamW(h), Set.of(roles), h, exponents, source);
  }
}
