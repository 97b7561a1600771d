package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleSettings;

/// Numbers worked by hand from the published tables.
class WorkedNumbersTest {

  private static final Scale BASE = new Scale(64, 2, 1024, 204_800);
  private static final Hyperparameters VALUES = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.of(0.02));

  /// The settings at ratios (m_N, m_L, m_B, m_D) from `base`.
  private static ModuleSettings at(ScalingRule rule, Scale base, Hyperparameters values, int mN, int mL, int mB, int mD) {
    Scale to = new Scale(base.width() * mN, base.depth() * mL, base.batch() * mB, base.tokens() * mD);
    return new Transfer(rule, base, Nets.ALL_ROLES.at(base), values, Factors.NONE).at(to, Nets.ALL_ROLES.at(to));
  }

  private static void check(ModuleSettings s, Hyperparameter h, String module, double expected) {
    assertThat(s.of(module).get(h)).as(module + " " + h.id()).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }

  private static void check(ModuleSettings s, Hyperparameter h, double embed, double hidden, double vector, double qk, double norm, double unembed) {
    check(s, h, "embed", embed);
    for (String weight : List.of("attn.q", "mlp.up", "mlp.down")) {
      check(s, h, "block.1." + weight, hidden);
    }
    check(s, h, "block.0.attn.norm", vector);
    check(s, h, "block.1.attn.qnorm", qk);
    check(s, h, "norm", norm);
    check(s, h, "unembed", unembed);
  }

  private static void checkBetas(ModuleSettings s, double beta1, double beta2) {
    check(s, Hyperparameter.BETA1, beta1, beta1, beta1, beta1, beta1, beta1);
    check(s, Hyperparameter.BETA2, beta2, beta2, beta2, beta2, beta2, beta2);
    check(s, Hyperparameter.BETA1, "tied", beta1);
  }

  private static void checkStd(ModuleSettings s, double embed, double hidden, double unembed) {
    check(s, Hyperparameter.INIT_STD, embed, hidden, 0.02, 0.02, 0.02, unembed);
  }

  @Test
  void completeDPOverWidthAndDepth() {
    ModuleSettings s = at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, VALUES, 4, 2, 1, 1);
    check(s, Hyperparameter.MULTIPLIER, 1, 0.5, 0.5, 0.5, 1, 1);
    check(s, Hyperparameter.LEARNING_RATE, 0.01, 0.0025, 0.01, 0.01, 0.01, 0.0025);
    check(s, Hyperparameter.EPSILON, 2.5e-9, 1.25e-9, 1.25e-9, 5e-9, 1e-8, 1e-8);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.4, 0.1, 0.1, 0.1, 0.4);
    checkStd(s, 0.02, 0.01, 0.005);
    checkBetas(s, 0.9, 0.95);
  }

  @Test
  void completeDPOverAllFourAxesAtAlphaOneHalf() {
    ModuleSettings s = at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 0.5), BASE, VALUES, 4, 4, 2, 8);
    check(s, Hyperparameter.MULTIPLIER, 1, 0.5, 0.5, 0.5, 1, 1);
    check(s, Hyperparameter.LEARNING_RATE, 0.005, 6.25e-4, 0.0025, 0.0025, 0.005, 0.00125);
    check(s, Hyperparameter.EPSILON, 5e-9, 2.5e-9, 2.5e-9, 1e-8, 2e-8, 2e-8);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.05, 0.2, 0.05, 0.05, 0.05, 0.2);
    checkStd(s, 0.02, 0.01, 0.005);
    checkBetas(s, 0.975, 0.9875);
    check(s, Hyperparameter.MULTIPLIER, "tied", 0.25);
    check(s, Hyperparameter.LEARNING_RATE, "tied", 0.005);
    check(s, Hyperparameter.EPSILON, "tied", 5e-9);
    check(s, Hyperparameter.WEIGHT_DECAY, "tied", 0.05);
    check(s, Hyperparameter.INIT_STD, "tied", 0.02);
    assertThat(new Scale(256, 8, 2048, 1_638_400).steps()).isEqualTo(4 * BASE.steps());
  }

  @Test
  void completeDPWithMoreTokensOnlyByALargerBatch() {
    ModuleSettings s =
        at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, VALUES.with(Hyperparameter.LEARNING_RATE, 3e-3), 8, 3, 4, 4);
    check(s, Hyperparameter.MULTIPLIER, 1, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1, 1);
    check(s, Hyperparameter.LEARNING_RATE, 3e-3, 3.75e-4, 3e-3, 3e-3, 3e-3, 3.75e-4);
    check(s, Hyperparameter.EPSILON, 1.25e-9, 1e-8 / 24, 1e-8 / 24, 1e-8 / 3, 1e-8, 1e-8);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8);
    checkStd(s, 0.02, 0.007071067811865475, 0.0025);
    checkBetas(s, 0.9, 0.95);
    assertThat(new Scale(512, 6, 4096, 819_200).steps()).isEqualTo(BASE.steps());
  }

  @Test
  void completeDPOverTheBatchAlone() {
    ModuleSettings s =
        at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, VALUES.with(Hyperparameter.LEARNING_RATE, 1e-3), 1, 1, 4, 1);
    check(s, Hyperparameter.LEARNING_RATE, 2e-3, 2e-3, 2e-3, 2e-3, 2e-3, 2e-3);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2);
    check(s, Hyperparameter.EPSILON, 5e-9, 5e-9, 5e-9, 5e-9, 5e-9, 5e-9);
    checkBetas(s, 0.6, 0.8);
    assertThat(new Scale(64, 2, 4096, 204_800).steps()).isEqualTo(BASE.steps() / 4);
  }

  @Test
  void completeDPOverTheDurationAlone() {
    ModuleSettings s =
        at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, VALUES.with(Hyperparameter.LEARNING_RATE, 1e-3), 1, 1, 1, 16);
    check(s, Hyperparameter.LEARNING_RATE, 2.5e-4, 2.5e-4, 2.5e-4, 2.5e-4, 2.5e-4, 2.5e-4);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.025, 0.025, 0.025, 0.025, 0.025, 0.025);
    check(s, Hyperparameter.EPSILON, 4e-8, 4e-8, 4e-8, 4e-8, 4e-8, 4e-8);
    checkBetas(s, 0.99375, 0.996875);
    assertThat(new Scale(64, 2, 1024, 16 * 204_800).steps()).isEqualTo(16 * BASE.steps());
  }

  @Test
  void rejectsABetaWithoutCounterpart() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    assertThatThrownBy(() -> at(rule, BASE, VALUES, 1, 1, 16, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("module 'embed': beta1 = 0.9 cannot move to 16.0 times the ratio batch / tokens: 1 - beta1 would be 1.6");
    check(
        at(rule.withBetaForm(BetaForm.EXPONENT), BASE, VALUES, 1, 1, 16, 1), Hyperparameter.BETA1, "embed", 0.18530201888518416);
  }

  @Test
  void completePAtAlphaOne() {
    Hyperparameters values = VALUES.with(Hyperparameter.EPSILON, 1e-12);
    Scale base = new Scale(256, 2, 1024, 204_800);
    Scale to = new Scale(1024, 8, 1024, 204_800);
    ModuleSettings s =
        new Transfer(ScalingRule.of(ScalingTable.COMPLETE_P, 1), base, Nets.ALL_ROLES.at(base), values, Factors.plain(Nets.ALL_ROLES.at(base)))
            .at(to, Nets.ALL_ROLES.at(to));
    check(s, Hyperparameter.MULTIPLIER, 1, 0.25, 0.25, 0.25, 1, 0.25);
    check(s, Hyperparameter.LEARNING_RATE, 0.01, 2.5e-3, 0.01, 0.01, 0.01, 0.01);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.4, 0, 0, 0, 0.1);
    check(s, Hyperparameter.EPSILON, 2.5e-13, 6.25e-14, 6.25e-14, 2.5e-13, 2.5e-13, 2.5e-13);
    checkStd(s, 0.02, 0.01, 0.02);
    checkBetas(s, 0.9, 0.95);
    check(s, Hyperparameter.MULTIPLIER, "tied", 0.25);
    check(s, Hyperparameter.EPSILON, "tied", 2.5e-13);
    check(s, Hyperparameter.LEARNING_RATE, "tied", 0.01);
    check(s, Hyperparameter.INIT_STD, "tied", 0.02);
  }

  @Test
  void completePAtAlphaOneHalf() {
    Scale base = new Scale(256, 2, 1024, 204_800);
    ModuleSettings s =
        at(ScalingRule.of(ScalingTable.COMPLETE_P, 0.5), base, VALUES.with(Hyperparameter.EPSILON, 1e-12), 4, 4, 1, 1);
    check(s, Hyperparameter.MULTIPLIER, 1, 0.5, 0.5, 0.5, 1, 0.25);
    check(s, Hyperparameter.LEARNING_RATE, 0.01, 1.25e-3, 5e-3, 5e-3, 0.01, 0.01);
    check(s, Hyperparameter.EPSILON, 2.5e-13, 1.25e-13, 1.25e-13, 5e-13, 2.5e-13, 2.5e-13);
  }

  /// Adam does not see (A t, s / t, lr / t, eps t, wd t): CompleteP's unembedding with t = m_N is Complete(d)P's.
  @Test
  void theTwoUnembeddingsAreOneByTheAbcSymmetry() {
    Hyperparameters values = VALUES.with(Hyperparameter.EPSILON, 1e-12);
    Scale base = new Scale(256, 2, 1024, 204_800);
    ModuleSettings p = at(ScalingRule.of(ScalingTable.COMPLETE_P, 1), base, values, 4, 4, 1, 1);
    ModuleSettings dp = at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), base, values, 4, 4, 1, 1);
    double t = 4;
    check(dp, Hyperparameter.MULTIPLIER, "unembed", p.of("unembed").multiplier() * t);
    check(dp, Hyperparameter.INIT_STD, "unembed", p.of("unembed").initStd() / t);
    check(dp, Hyperparameter.LEARNING_RATE, "unembed", p.of("unembed").learningRate() / t);
    check(dp, Hyperparameter.EPSILON, "unembed", p.of("unembed").get(Hyperparameter.EPSILON) * t);
    check(dp, Hyperparameter.WEIGHT_DECAY, "unembed", p.of("unembed").get(Hyperparameter.WEIGHT_DECAY) * t);
    check(dp, Hyperparameter.MULTIPLIER, "unembed", 1);
    check(dp, Hyperparameter.INIT_STD, "unembed", 0.005);
    check(dp, Hyperparameter.LEARNING_RATE, "unembed", 2.5e-3);
    check(dp, Hyperparameter.WEIGHT_DECAY, "unembed", 0.4);
    check(dp, Hyperparameter.EPSILON, "unembed", 1e-12);
  }

  @Test
  void muPOverWidth() {
    ModuleSettings s = at(ScalingRule.of(ScalingTable.MUP, 1), BASE, VALUES, 4, 2, 2, 8);
    check(s, Hyperparameter.MULTIPLIER, 1, 1, 1, 1, 1, 1);
    check(s, Hyperparameter.LEARNING_RATE, 0.01, 0.0025, 0.01, 0.01, 0.01, 0.0025);
    check(s, Hyperparameter.EPSILON, 2.5e-9, 2.5e-9, 2.5e-9, 1e-8, 1e-8, 1e-8);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.4, 0.1, 0.1, 0.1, 0.4);
    checkStd(s, 0.02, 0.01, 0.005);
    checkBetas(s, 0.9, 0.95);
    check(s, Hyperparameter.MULTIPLIER, "tied", 0.25);
    check(s, Hyperparameter.EPSILON, "tied", 2.5e-9);
  }

  @Test
  void depthFactorsAreInterpolatedInBothConventions() {
    Scale base = new Scale(64, 4, 1024, 204_800);
    Scale to = new Scale(64, 8, 1024, 204_800);
    Factors factors = new Factors(Map.of(), Map.of(Hyperparameter.LEARNING_RATE, List.of(1.0, 2.0, 4.0, 8.0)));
    Map<DepthInterpolation, List<Double>> expected =
        Map.of(
            DepthInterpolation.RELATIVE,
            List.of(1.0, 1.0, Math.sqrt(2), 2.0, 2 * Math.sqrt(2), 4.0, 4 * Math.sqrt(2), 8.0),
            DepthInterpolation.CELL_CENTRED,
            List.of(
                1.0, 1.189207115002721, 1.681792830507429, 2.378414230005442, 3.363585661014858, 4.756828460010884, 6.727171322029716, 8.0));
    expected.forEach((interpolation, deltas) -> {
      ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1).withDepthInterpolation(interpolation);
      ModuleSettings s = new Transfer(rule, base, Nets.ALL_ROLES.at(base), VALUES, factors).at(to, Nets.ALL_ROLES.at(to));
      for (int block = 0; block < 8; block++) {
        check(s, Hyperparameter.LEARNING_RATE, "block." + block + ".attn.q", 0.01 * deltas.get(block));
      }
      check(s, Hyperparameter.LEARNING_RATE, "embed", 0.01);
    });
  }
}
