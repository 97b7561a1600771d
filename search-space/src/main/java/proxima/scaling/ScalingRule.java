package proxima.scaling;

import java.util.function.Predicate;
import proxima.module.Hyperparameter;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.UpdateRule;

/// A scaling table together with the choices it leaves open: the map of hyperparameters from one scale to another.
///
/// A weight decay exponent of 0 is independent weight decay: what a step takes of a weight falls as 1 / width, as AdamW's learning rate does, whatever rule moves it (Qiu et al.
/// 2025, arXiv 2512.05620).
///
/// The duration exponent is that of learning rates, decays and epsilons. The betas follow the number of steps whatever it is, so that they average over as large a part of the
/// training (Complete(d)P, table 1), and so does SGD, whose rate times steps stays.
///
/// Every map is a product of powers of ratios, so that a map a -> b followed by b -> c is the map a -> c, and b -> a undoes a -> b.
///
/// @param alpha depth exponent, in [1/2, 1]
/// @param batchExponent b in q = m_B^b / m_D^d
/// @param durationExponent d in q = m_B^b / m_D^d
/// @param weightDecayExponent w: rate times decay of the matrices whose decay the table scales follows f_in^(w - 1)
/// @param tokensPerParameterExponent power of the ratio of tokens per parameter on every weight decay: 0, or 0.527 for the timescale that Power Lines found best (Bergsma et
///     al. 2025, arXiv 2505.13738); it is meant beside exponents of 1/2, which keep that timescale
/// @param finalNormEpsilon whether the final norm's epsilon falls with the width, as its gradient does, also where the table has no such row
/// @param betaForm how the betas follow the number of steps
/// @param depthInterpolation where a block stands in relative depth
public record ScalingRule(
    ScalingTable table,
    double alpha,
    double batchExponent,
    double durationExponent,
    double weightDecayExponent,
    double tokensPerParameterExponent,
    boolean finalNormEpsilon,
    BetaForm betaForm,
    DepthInterpolation depthInterpolation) {

  public ScalingRule {
    if (!(alpha >= 0.5 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must be in [0.5, 1], got " + alpha);
    }
    check("the batch exponent", batchExponent);
    check("the duration exponent", durationExponent);
    check("the weight-decay exponent", weightDecayExponent);
    check("the exponent of tokens per parameter", tokensPerParameterExponent);
  }

  private static void check(String name, double exponent) {
    if (!(exponent >= 0 && exponent <= 2)) {
      throw new IllegalArgumentException(name + " must be in [0, 2], got " + exponent);
    }
  }

  /// The table as published: exponents 1/2, 1/2 and 1, linear betas.
  public static ScalingRule of(ScalingTable table, double alpha) {
    return new ScalingRule(table, alpha, 0.5, 0.5, 1, 0, false, BetaForm.LINEAR, DepthInterpolation.RELATIVE);
  }

  /// The same choices for another table.
  public ScalingRule withTable(ScalingTable other) {
    return new ScalingRule(other, alpha, batchExponent, durationExponent, weightDecayExponent, tokensPerParameterExponent, finalNormEpsilon, betaForm, depthInterpolation);
  }

  public ScalingRule withBatchExponent(double exponent) {
    return new ScalingRule(
        table, alpha, exponent, durationExponent, weightDecayExponent, tokensPerParameterExponent, finalNormEpsilon, betaForm, depthInterpolation);
  }

  public ScalingRule withDurationExponent(double exponent) {
    return new ScalingRule(table, alpha, batchExponent, exponent, weightDecayExponent, tokensPerParameterExponent, finalNormEpsilon, betaForm, depthInterpolation);
  }

  public ScalingRule withWeightDecayExponent(double exponent) {
    return new ScalingRule(table, alpha, batchExponent, durationExponent, exponent, tokensPerParameterExponent, finalNormEpsilon, betaForm, depthInterpolation);
  }

  public ScalingRule withTokensPerParameterExponent(double exponent) {
    return new ScalingRule(
        table, alpha, batchExponent, durationExponent, weightDecayExponent, exponent, finalNormEpsilon, betaForm, depthInterpolation);
  }

  public ScalingRule withFinalNormEpsilon(boolean scaled) {
    return new ScalingRule(table, alpha, batchExponent, durationExponent, weightDecayExponent, tokensPerParameterExponent, scaled, betaForm, depthInterpolation);
  }

  public ScalingRule withBetaForm(BetaForm form) {
    return new ScalingRule(
        table, alpha, batchExponent, durationExponent, weightDecayExponent, tokensPerParameterExponent, finalNormEpsilon, form, depthInterpolation);
  }

  public ScalingRule withDepthInterpolation(DepthInterpolation interpolation) {
    return new ScalingRule(table, alpha, batchExponent, durationExponent, weightDecayExponent, tokensPerParameterExponent, finalNormEpsilon, betaForm, interpolation);
  }

  /// The factor target / base of a hyperparameter; of 1 - beta for the decays (of beta's exponent in the exponent form).
  public double factor(UpdateRule rule, ModuleRole role, Hyperparameter hyperparameter, Ratios r) {
    Exponents e = table.exponents(rule, role, hyperparameter);
    boolean isShifted = hyperparameter == Hyperparameter.WEIGHT_DECAY && weightDecayExponent != 1;
    double fanIn = isShifted ? e.fanIn() + (weightDecayExponent - 1) * scaledDecay(role) : e.fanIn();
    boolean switched = finalNormEpsilon && role == ModuleRole.FINAL_NORM && hyperparameter == Hyperparameter.EPSILON;
    double fanOut = switched ? -1 : e.fanOut();
    double q = Math.pow(r.batch(), batchExponent) / Math.pow(r.tokens(), durationExponent);
    return Math.pow(r.fanIn(), fanIn)
        * Math.pow(r.fanOut(), fanOut)
        * Math.pow(r.tallness(), e.tallness())
        * Math.pow(r.depth(), e.depth() + e.depthAlpha() * alpha)
        * Math.pow(q, e.noise())
        * Math.pow(r.batch() / r.tokens(), e.rate());
  }

  /// The power of f_in by which AdamW's rows let a role's weight decay grow, so that rate times decay stays; 0 where they do not.
  private double scaledDecay(ModuleRole role) {
    return Math.max(0, table.exponents(UpdateRule.ADAMW, role, Hyperparameter.WEIGHT_DECAY).fanIn());
  }

  /// A base value at the target.
  /// @throws NoCounterpartException if it is a beta and 1 - beta would reach 1.
  public double apply(UpdateRule rule, ModuleRole role, Hyperparameter hyperparameter, double value, Ratios ratios) {
    double factor = factor(rule, role, hyperparameter, ratios);
    if (!hyperparameter.isDecay()) {
      return value * factor;
    }
    double scaled = betaForm.scale(value, factor);
    if (!(scaled > 0 || (scaled == 0 && value == 0))) {
      throw new NoCounterpartException(
          hyperparameter, hyperparameter.id() + " = " + value + " cannot move to " + factor + " times the ratio batch / tokens: 1 - " + hyperparameter.id()
              + " would be " + (float) (1 - scaled) + ", which must be below 1; take a smaller batch, more tokens, a larger "
              + hyperparameter.id() + " or the exponent form");
    }
    return scaled;
  }

  /// What 1 - beta is multiplied by from one scale to another, where that may exceed 1: 1 where betas do not follow the scale, or by their exponents.
  public double rates(Scale from, Scale to) {
    double power = betaForm == BetaForm.LINEAR ? table.exponents(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.BETA1).rate() : 0;
    return Math.pow((double) to.batch() / from.batch() * from.tokens() / to.tokens(), power);
  }

  /// Settings at one scale, moved to another: each module of `network` takes the values of its type, at its relative depth.
  ///
  /// The inverse is the same map with the scales exchanged: `map(map(s, a, b, n), b, a, s.network())` is `s` up to rounding, where the
  /// blocks of a stand among those of b.
  ///
  /// @throws IllegalArgumentException if `settings` lacks a type of `network`, or a beta has no counterpart.
  public ModuleSettings map(ModuleSettings settings, Scale from, Scale to, Network network) {
    return map(settings, from, to, network, _ -> true);
  }

  /// The same of some hyperparameters; the others keep their values.
  ModuleSettings map(ModuleSettings settings, Scale from, Scale to, Network network, Predicate<Hyperparameter> moved) {
    return new SettingsMap(this, settings, from, to, network, moved).settings();
  }
}
