package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.module.Factors;
import proxima.module.GlobalSpace;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;

/// Rules on whole networks: counterparts of other shapes, decays, and what sums up gradients.
class SettingsMapTest {

  private static final Scale BASE = new Scale(64, 4, 1024, 204_800);
  private static final Hyperparameters VALUES = new Hyperparameters(1e-3, 0.1, 0.9, 0.98, 1e-8, OptionalDouble.empty());

  /// As in a residual network whose second half is twice as wide.
  private static Network stages(int width, int depth) {
    return new Network(IntStream.range(0, depth).mapToObj(l -> conv(l, l < depth / 2 ? width : 2 * width)).toList());
  }

  private static Module conv(int block, int width) {
    return new Module("block." + block + ".conv", "conv", ModuleRole.HIDDEN, 9L * width, width, OptionalInt.of(block), Optional.of("conv"), OptionalDouble.of(Math.sqrt(2 / (9.0 * width))));
  }

  private static ModuleSettings at(ScalingRule rule, Scale from, Network network, Scale to, Network target) {
    return new Transfer(rule, from, network, VALUES, Factors.NONE).at(to, target);
  }

  @Test
  void modulesOfOneTypeKeepTheirValuesAtTheirOwnShape() {
    Network network = stages(64, 4);
    ModuleSettings same = at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, network, BASE, network);
    assertThat(same).isEqualTo(new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, network, VALUES, Factors.NONE).base());
    Scale wide = new Scale(256, 4, 1024, 204_800);
    at(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, network, wide, stages(256, 4)).settings().forEach(s -> {
      assertThat(s.get(Hyperparameter.LEARNING_RATE)).as(s.module().name()).isCloseTo(1e-3 / 4, within(1e-18));
      assertThat(s.get(Hyperparameter.INIT_STD)).isCloseTo(s.module().initStd().orElseThrow(), within(1e-15));
    });
  }

  @Test
  void moreBlocksOfTheSameShapesKeepTheirValues() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    Scale deep = new Scale(64, 8, 1024, 204_800);
    at(rule, BASE, stages(64, 4), deep, stages(64, 8)).settings().forEach(s -> {
      assertThat(s.get(Hyperparameter.LEARNING_RATE)).as(s.module().name()).isEqualTo(1e-3);
      assertThat(s.get(Hyperparameter.INIT_STD)).isEqualTo(s.module().initStd().orElseThrow());
    });
    Network alternating = new Network(IntStream.range(0, 4).mapToObj(l -> conv(l, l % 2 == 0 ? 64 : 128)).toList());
    Scale once = new Scale(64, 4, 1024, 204_800);
    Scale twice = new Scale(128, 8, 1024, 204_800);
    Network wider = new ModuleList(alternating, once).at(twice);
    at(rule, once, alternating, twice, wider).settings().forEach(s -> assertThat(s.get(Hyperparameter.LEARNING_RATE)).as(s.module().name()).isEqualTo(1e-3 / 2));
  }

  /// The blocks of a list of representatives count as many times as there are of them.
  @Test
  void tokensPerParameterCountAllBlocks() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1).withTokensPerParameterExponent(0.527);
    Network one = new Network(List.of(conv(0, 64)));
    Scale deep = new Scale(64, 8, 1024, 204_800);
    assertThat(at(rule, BASE, one, deep, one).of("block.0.conv").get(Hyperparameter.WEIGHT_DECAY)).isCloseTo(0.1 * Math.pow(0.5, 0.527), within(1e-15));
  }

  /// Qiu et al.: what a step takes of a matrix falls as 1 / width, whatever moves it.
  @ParameterizedTest
  @EnumSource(value = Optimizer.class, names = {"ADAMW", "LION", "SGD", "MUON", "MUON_SPECTRAL", "MUON_RMS", "SCION", "SOAP"})
  void aDecayExponentOfZeroIsIndependentOfTheRate(Optimizer optimizer) {
    Ratios wide = new Ratios(4, 4, 1, 1, 1);
    for (ScalingTable table : List.of(ScalingTable.MUP, ScalingTable.COMPLETE_P, ScalingTable.COMPLETE_D_P)) {
      UpdateRule rule = optimizer.rule(ModuleRole.HIDDEN);
      assertThat(step(ScalingRule.of(table, 1), rule, ModuleRole.HIDDEN, wide)).as(table + " by default").isCloseTo(1, within(1e-12));
      assertThat(step(ScalingRule.of(table, 1).withWeightDecayExponent(0), rule, ModuleRole.HIDDEN, wide)).as(table.id()).isCloseTo(0.25, within(1e-12));
      assertThat(step(ScalingRule.of(table, 1).withWeightDecayExponent(0), optimizer.rule(ModuleRole.EMBEDDING), ModuleRole.EMBEDDING, new Ratios(1, 4, 1, 1, 1))).isCloseTo(1, within(1e-12));
    }
    UpdateRule last = optimizer.rule(ModuleRole.UNEMBEDDING);
    Ratios output = new Ratios(4, 1, 1, 1, 1);
    assertThat(step(ScalingRule.of(ScalingTable.COMPLETE_P, 1).withWeightDecayExponent(0), last, ModuleRole.UNEMBEDDING, output)).as("its logits are multiplied instead").isCloseTo(1, within(1e-12));
    assertThat(step(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1).withWeightDecayExponent(0), last, ModuleRole.UNEMBEDDING, output)).isCloseTo(0.25, within(1e-12));
  }

  private static double step(ScalingRule rule, UpdateRule moves, ModuleRole role, Ratios ratios) {
    return rule.factor(moves, role, Hyperparameter.LEARNING_RATE, ratios) * rule.factor(moves, role, Hyperparameter.WEIGHT_DECAY, ratios);
  }

  /// Rate over 1 - momentum, which is what a sum of gradients moves by, follows the batch, and its product with the steps stays.
  @Test
  void gradientDescentFollowsTheBatchAtAMomentumThatStays() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    for (ModuleRole role : ModuleRole.values()) {
      assertThat(rule.factor(UpdateRule.SGD, role, Hyperparameter.LEARNING_RATE, new Ratios(1, 1, 1, 4, 1))).isEqualTo(4);
      assertThat(rule.factor(UpdateRule.SGD, role, Hyperparameter.LEARNING_RATE, new Ratios(1, 1, 1, 1, 8))).isEqualTo(1 / 8.0);
      assertThat(rule.factor(UpdateRule.SGD, role, Hyperparameter.MOMENTUM, new Ratios(1, 1, 1, 4, 8))).isEqualTo(1);
    }
  }

  /// Entries move by rate times radius over fan-out.
  @ParameterizedTest
  @CsvSource({"1, 4", "4, 1"})
  void scionMovesATiedEmbeddingAsFarAtAnyWidth(double fanIn, double fanOut) {
    for (ScalingTable table : List.of(ScalingTable.MUP, ScalingTable.COMPLETE_P, ScalingTable.COMPLETE_D_P)) {
      double radius = ScalingRule.of(table, 1).factor(UpdateRule.SCION_SIGN, ModuleRole.TIED_EMBEDDING, Hyperparameter.RADIUS, new Ratios(fanIn, fanOut, 1, 1, 1));
      assertThat(radius / fanOut).isEqualTo(1);
    }
  }

  @Test
  void theGlobalValuesOfMuonAreReadFromWhatEachRuleMoves() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Optimizer.MUON.defaults());
    values.put(Hyperparameter.LEARNING_RATE, 0.02);
    values.put(Hyperparameter.ADAMW_LEARNING_RATE, 0.003);
    Network network = Nets.ALL_ROLES.at(BASE);
    ModuleSettings settings = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, network, new Hyperparameters(Optimizer.MUON, values), Factors.NONE).base();
    var range = new GlobalSpace.Interval(1e-4, 1);
    var space = new GlobalSpace(Map.of(Hyperparameter.LEARNING_RATE, range, Hyperparameter.ADAMW_LEARNING_RATE, range));
    assertThat(space.nearest(settings, Optimizer.MUON)).isEqualTo(Map.of("learningRate", 0.02, "adamwLearningRate", 0.003));
  }
}
