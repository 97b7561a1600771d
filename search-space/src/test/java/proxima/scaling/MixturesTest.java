package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;

/// Mixtures of experts: numbers worked by hand from arXiv 2508.09752 and arXiv 2601.20205.
class MixturesTest {

  private static final Scale BASE = new Scale(256, 2, 1024, 204_800);
  private static final Scale WIDE = new Scale(1024, 2, 1024, 204_800);
  private static final Scale WIDE_AND_DEEP = new Scale(1024, 8, 1024, 204_800);
  private static final Hyperparameters VALUES = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.of(0.02));

  /// @param hidden of an expert
  private static Network network(Scale scale, int experts, long hidden) {
    int n = scale.width();
    List<Module> modules = new ArrayList<>();
    for (int b = 0; b < scale.depth(); b++) {
      modules.add(module(b, "moe.router", "moe.router", ModuleRole.ROUTER, n, experts, Optional.empty()));
      for (int e = 0; e < experts; e++) {
        modules.add(module(b, "moe.expert." + e + ".up", "moe.up", ModuleRole.HIDDEN, n, hidden, Optional.of("mlp")));
      }
      for (int e = 0; e < experts; e++) {
        modules.add(module(b, "moe.expert." + e + ".down", "moe.down", ModuleRole.EXPERT_DOWN, hidden, n, Optional.of("mlp")));
      }
    }
    return new Network(modules);
  }

  private static Module module(int block, String name, String type, ModuleRole role, long in, long out, Optional<String> branch) {
    return new Module("block." + block + "." + name, type, role, in, out, OptionalInt.of(block), branch, OptionalDouble.empty());
  }

  private static ModuleSettings at(ScalingTable table, Scale to, int experts, long hidden) {
    return new Transfer(ScalingRule.of(table, 1), BASE, network(BASE, 8, 1024), VALUES, Factors.NONE).at(to, network(to, experts, hidden));
  }

  private static void check(ModuleSettings s, String module, Map<Hyperparameter, Double> expected) {
    expected.forEach((h, value) -> assertThat(s.of("block.1." + module).get(h)).as(module + " " + h.id()).isCloseTo(value, within(1e-12 * value)));
  }

  private static Map<Hyperparameter, Double> values(double std, double rate, double decay, double epsilon, double multiplier) {
    return new EnumMap<>(
        Map.of(
            Hyperparameter.INIT_STD, std, Hyperparameter.LEARNING_RATE, rate, Hyperparameter.WEIGHT_DECAY, decay, Hyperparameter.EPSILON, epsilon,
            Hyperparameter.MULTIPLIER, multiplier));
  }

  /// arXiv 2508.09752: experts are hidden matrices, the router is an output of the form of TP-V table 3.
  @ParameterizedTest
  @CsvSource({"mup", "complete-d-p"})
  void expertsAreHiddenAndTheRouterIsAnOutput(String table) {
    ModuleSettings s = at(ScalingTable.of(table), WIDE, 8, 4096);
    check(s, "moe.expert.3.up", values(0.01, 0.0025, 0.4, 2.5e-9, 1));
    check(s, "moe.expert.7.down", values(0.01, 0.0025, 0.4, 2.5e-9, 1));
    check(s, "moe.router", values(0.005, 0.0025, 0.4, 1e-8, 1));
  }

  /// Of the form of TP-V table 8: a multiplier on the router's outputs.
  @Test
  void completePMultipliesTheRoutersOutputs() {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, WIDE, 8, 4096);
    check(s, "moe.expert.3.up", values(0.01, 0.0025, 0.4, 2.5e-9, 1));
    check(s, "moe.router", values(0.02, 0.01, 0.1, 2.5e-9, 0.25));
  }

  @Test
  void aRoutersGradientPassesTheResidualMultiplierAndItsOutputsDoNot() {
    ModuleSettings s = at(ScalingTable.COMPLETE_D_P, WIDE_AND_DEEP, 8, 4096);
    check(s, "moe.expert.3.down", values(0.01, 0.0025, 0.4, 6.25e-10, 0.25));
    check(s, "moe.router", values(0.005, 0.0025, 0.4, 2.5e-9, 1));
  }

  /// The fan-in of an expert's last weights is its hidden width: finer experts of the same width have a larger rate.
  @Test
  void granularityChangesTheFanInOfTheLastWeights() {
    ModuleSettings s = at(ScalingTable.COMPLETE_D_P, WIDE, 8, 2048);
    check(s, "moe.expert.0.down", values(0.02 / Math.sqrt(2), 0.005, 0.2, 2.5e-9, 1));
    check(s, "moe.expert.0.up", values(0.01, 0.0025, 0.4, 5e-9, 1));
  }

  /// Width x 4 and hidden width over width x 2, that is 4 to 8.
  @Test
  void fixedSparsityScalesLargerExperts() {
    ModuleSettings s = at(ScalingTable.MOE_FIXED_SPARSITY, WIDE_AND_DEEP, 8, 8192);
    check(s, "moe.expert.0.up", values(0.02 * 0.5, 0.01 * 0.25, 0.4, 1e-8 / 8 / 4, 0.25));
    check(s, "moe.expert.0.down", values(0.02 * 0.25, 0.01 * 0.125, 0.8, 1e-8 * 4 / 64 / 4, 0.25));
    check(s, "moe.router", values(0.02 * 0.25, 0.01 * 0.25, 0.4, 1e-8 / 4, 1));
  }

  @Test
  void moreExpertsTakeTheValuesOfThoseThereAre() {
    ModuleSettings s = at(ScalingTable.MOE_FIXED_SPARSITY, WIDE, 16, 4096);
    assertThat(s.of("block.1.moe.expert.15.up").values()).isEqualTo(s.of("block.1.moe.expert.0.up").values());
    check(s, "moe.router", values(0.005, 0.0025, 0.4, 1e-8, 1));
  }

  /// While every expert's hidden width grows as the width, both are the same map.
  @Test
  void fixedSparsityIsCompleteDPWhereExpertsKeepTheirShape() {
    assertThat(at(ScalingTable.MOE_FIXED_SPARSITY, WIDE_AND_DEEP, 8, 4096)).isEqualTo(at(ScalingTable.COMPLETE_D_P, WIDE_AND_DEEP, 8, 4096));
  }

  /// Gradient descent does not see (A t, s / t, lr / t^2, wd t^2).
  @Test
  void theTwoRoutersOfGradientDescentAreOne() {
    ScalingRule p = ScalingRule.of(ScalingTable.COMPLETE_P, 0.7);
    ScalingRule dp = ScalingRule.of(ScalingTable.COMPLETE_D_P, 0.7);
    Ratios ratios = new Ratios(4, 1, 3, 1, 1);
    Map.of(Hyperparameter.MULTIPLIER, 4.0, Hyperparameter.INIT_STD, 0.25, Hyperparameter.LEARNING_RATE, 1 / 16.0, Hyperparameter.WEIGHT_DECAY, 16.0)
        .forEach(
            (h, power) ->
                assertThat(dp.factor(UpdateRule.SGD, ModuleRole.ROUTER, h, ratios))
                    .as(h.id())
                    .isCloseTo(p.factor(UpdateRule.SGD, ModuleRole.ROUTER, h, ratios) * power, within(1e-12)));
  }

  /// In the steps of every optimizer: what a step changes of the outputs falls as m_L^(alpha - 1) with the depth, and not with the width.
  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void aRouterMovesAsAnUnembeddingTimesTheDepthOfAHiddenMatrix(Optimizer optimizer) {
    UpdateRule rule = optimizer.rule(ModuleRole.ROUTER);
    assertThat(rule).isEqualTo(optimizer.rule(ModuleRole.UNEMBEDDING));
    for (ScalingTable table : List.of(ScalingTable.COMPLETE_P, ScalingTable.COMPLETE_D_P)) {
      ScalingRule map = ScalingRule.of(table, 0.7);
      Ratios wide = new Ratios(4, 1, 1, 2, 8);
      Arrays.stream(Hyperparameter.values())
          .forEach(h -> assertThat(map.factor(rule, ModuleRole.ROUTER, h, wide)).as(h.id()).isEqualTo(map.factor(rule, ModuleRole.UNEMBEDDING, h, wide)));
      Ratios deep = new Ratios(1, 1, 4, 1, 1);
      Hyperparameter step = rule.has(Hyperparameter.RADIUS) ? Hyperparameter.RADIUS : Hyperparameter.LEARNING_RATE;
      double gradient = rule == UpdateRule.SGD ? Math.pow(4, -0.7) : 1;
      assertThat(map.factor(rule, ModuleRole.ROUTER, step, deep) * gradient).as(table.id()).isCloseTo(Math.pow(4, -0.3), within(1e-12));
    }
  }

  @Test
  void aTableWithoutRowsForAnOptimizerIsRefused() {
    Transfer muon = new Transfer(ScalingRule.of(ScalingTable.MOE_FIXED_SPARSITY, 1), BASE, network(BASE, 8, 1024), Hyperparameters.of(Optimizer.MUON), Factors.NONE);
    assertThatThrownBy(() -> muon.at(WIDE, network(WIDE, 8, 4096)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table 'moe-fixed-sparsity' does not say how a module of role hidden that muon moves follows the scale: module 'block.0.moe.expert.0.up'; tables that say so of all modules: sp, mup,"
                + " complete-p, complete-d-p");
  }

  @Test
  void whatIsKnownNotToTransferIsSaid() {
    Network base = network(BASE, 8, 1024);
    assertThat(Caveats.of(ScalingTable.COMPLETE_D_P, base, network(WIDE_AND_DEEP, 8, 4096))).isEmpty();
    assertThat(Caveats.of(ScalingTable.COMPLETE_D_P, base, network(WIDE, 16, 2048)))
        .containsExactly(
            "'moe.router' has a fan-out of 16, at the base 8: learning rates are known to transfer to more experts (arXiv 2508.09752), but not to another active share of them"
                + " (arXiv 2601.20205)",
            "the experts of 'moe.down' have a hidden width of 2.00 times the model's, at the base 4.00: learning rates are known not to transfer to another granularity"
                + " (arXiv 2508.09752); only table moe-fixed-sparsity follows it");
    assertThat(Caveats.of(ScalingTable.MOE_FIXED_SPARSITY, base, network(WIDE, 8, 2048))).isEmpty();
    Module heads = new Module("qnorm", "qnorm", ModuleRole.QK_NORM, 1, 16, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Module wider = new Module("qnorm", "qnorm", ModuleRole.QK_NORM, 1, 32, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    assertThat(Caveats.of(ScalingTable.MUP, new Network(List.of(heads)), new Network(List.of(wider))))
        .containsExactly("'qnorm' is of heads of width 32, at the base 16: the tables are for heads of one width, of which a wider model has more");
  }

  /// 4 heads of 16 + 4, then 2 of 32 + 8: 1.25 times the width both; 2 of 32 + 4 are 1.125 times.
  @Test
  void headsAndRotaryPartsOfAnotherSizeAreSaid() {
    Network base = new Network(List.of(matrix("attn.q", ModuleRole.HIDDEN, 64, 80), matrix("attn.krope", ModuleRole.ROUTER, 64, 4)));
    Network wider = new Network(List.of(matrix("attn.q", ModuleRole.HIDDEN, 128, 160), matrix("attn.krope", ModuleRole.ROUTER, 128, 4)));
    assertThat(Caveats.of(ScalingTable.COMPLETE_D_P, base, wider)).isEmpty();
    Network heads = new Network(List.of(matrix("attn.q", ModuleRole.HIDDEN, 64, 72), matrix("attn.krope", ModuleRole.ROUTER, 64, 4)));
    assertThat(Caveats.of(ScalingTable.COMPLETE_D_P, base, heads))
        .containsExactly("'attn.q' puts out 1.13 times its fan-in, at the base 1.25: the tables are for heads of one width, of which a wider model has more");
    List<Module> rotary = List.of(matrix("attn.krope", ModuleRole.ROUTER, 64, 8), matrix("moe.down", ModuleRole.EXPERT_DOWN, 64, 64));
    assertThat(Caveats.of(ScalingTable.COMPLETE_D_P, base, new Network(rotary)))
        .containsExactly("'attn.krope' has a fan-out of 8, at the base 4: the tables are for outputs of one size, which does not grow with the width");
  }

  private static Module matrix(String type, ModuleRole role, long in, long out) {
    return new Module(type, type, role, in, out, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }

  @Test
  void aBranchsFactorDoesNotReachTheRoutersOutputs() {
    Factors factors = new Factors(Map.of("mlp", Map.of(Hyperparameter.MULTIPLIER, 3.0)), Map.of(Hyperparameter.MULTIPLIER, List.of(0.5, 2.0)));
    ModuleSettings s = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, network(BASE, 8, 1024), VALUES, factors).base();
    assertThat(s.of("block.1.moe.expert.0.up").multiplier()).isEqualTo(6);
    assertThat(s.of("block.1.moe.router").multiplier()).isEqualTo(1);
  }
}
