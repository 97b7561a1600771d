package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;

/// Numbers worked by hand from arXiv 2603.00541 (r_n = 16, r_L = 8; learning rate 1e-3, weight decay 0.1, epsilon 1e-8), from the mup package's optimizers, and from the definitions.
class RuleRowsTest {

  private static final Scale BASE = new Scale(64, 2, 1024, 204_800);
  private static final Scale LARGE = new Scale(1024, 16, 1024, 204_800);
  private static final Network NETWORK = Nets.ALL_ROLES.at(BASE);

  private static Hyperparameters values(Optimizer optimizer) {
    Map<Hyperparameter, Double> values = new EnumMap<>(optimizer.defaults());
    Map<Hyperparameter, Double> worked =
        Map.of(
            Hyperparameter.LEARNING_RATE, 1e-3, Hyperparameter.ADAMW_LEARNING_RATE, 1e-3, Hyperparameter.WEIGHT_DECAY, 0.1, Hyperparameter.EPSILON, 1e-8,
            Hyperparameter.INIT_STD, 0.02);
    worked.forEach((h, v) -> values.computeIfPresent(h, (_, _) -> v));
    values.put(Hyperparameter.INIT_STD, 0.02);
    return new Hyperparameters(optimizer, values);
  }

  private static ModuleSettings at(ScalingTable table, double alpha, Optimizer optimizer, Scale to) {
    return new Transfer(ScalingRule.of(table, alpha), BASE, NETWORK, values(optimizer), Factors.NONE).at(to, Nets.ALL_ROLES.at(to));
  }

  private static void check(ModuleSettings s, Hyperparameter h, String module, double expected) {
    assertThat(s.of(module).get(h)).as(module + " " + h.id()).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }

  private static void check(ModuleSettings s, Hyperparameter h, double embed, double hidden, double vector, double unembed) {
    check(s, h, "embed", embed);
    for (String weight : List.of("attn.q", "mlp.up", "mlp.down")) {
      check(s, h, "block.1." + weight, hidden);
    }
    check(s, h, "block.0.attn.norm", vector);
    check(s, h, "unembed", unembed);
  }

  @ParameterizedTest
  @EnumSource(value = Optimizer.class, names = {"ADAMW", "LION", "SOPHIA_G", "SOPHIA_H", "ADOPT"})
  void stepsWithEntriesOfTheRateFollowTableSix(Optimizer optimizer) {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 1, optimizer, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1e-3, 6.25e-5, 1e-3, 1e-3);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 1.6, 0.1, 0.1);
    check(s, Hyperparameter.MULTIPLIER, 1, 0.125, 0.125, 0.0625);
    check(s, Hyperparameter.INIT_STD, 0.02, 0.005, 0.02, 0.02);
    if (optimizer == Optimizer.ADAMW || optimizer == Optimizer.ADOPT) {
      check(s, Hyperparameter.EPSILON, 6.25e-10, 7.8125e-11, 7.8125e-11, 6.25e-10);
    }
  }

  /// One transformation a block: depth-muP.
  @Test
  void adamWFollowsTableSixForBlocksOfOneTransformation() {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 0.5, Optimizer.ADAMW, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1e-3, 2.209708691207961e-5, 3.535533905932738e-4, 1e-3);
    check(s, Hyperparameter.EPSILON, 6.25e-10, 2.209708691207961e-10, 2.209708691207961e-10, 6.25e-10);
    check(s, Hyperparameter.MULTIPLIER, 1, 0.35355339059327373, 0.35355339059327373, 0.0625);
  }

  @ParameterizedTest
  @EnumSource(value = Optimizer.class, names = {"MUON", "MUON_SPECTRAL", "SOAP"})
  void orthogonalisedStepsFollowTableFourAndAdamWTableSixBesideThem(Optimizer optimizer) {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 1, optimizer, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1e-3, 1e-3, 1e-3, 1e-3);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.1, 0.1, 0.1);
    check(s, Hyperparameter.EPSILON, "embed", 6.25e-10);
    check(at(ScalingTable.COMPLETE_P, 0.5, optimizer, LARGE), Hyperparameter.LEARNING_RATE, 1e-3, 3.535533905932738e-4, 3.535533905932738e-4, 1e-3);
  }

  /// Measured in place of the published row, in the tables that users tune by.
  @Test
  void soapFollowsAdamWWhereCoordinatesAreToStay() {
    ModuleSettings s = at(ScalingTable.COMPLETE_D_P, 1, Optimizer.SOAP, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, "block.0.attn.q", 6.25e-5);
    check(s, Hyperparameter.WEIGHT_DECAY, "block.0.attn.q", 1.6);
  }

  @Test
  void muonOfAdamWsSizeFollowsTableThree() {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 1, Optimizer.MUON_RMS, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1e-3, 2.5e-4, 1e-3, 1e-3);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1, 0.4, 0.1, 0.1);
  }

  @Test
  void shampooFollowsAdamWInItsStepsAndTableFourInItsEpsilon() {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 1, Optimizer.SHAMPOO, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1e-3, 6.25e-5, 1e-3, 1e-3);
    check(s, Hyperparameter.EPSILON, "block.0.attn.q", 1.5625e-10);
    check(at(ScalingTable.COMPLETE_P, 0.5, Optimizer.SHAMPOO, LARGE), Hyperparameter.EPSILON, "block.0.attn.q", 1.25e-9);
  }

  @Test
  void gradientDescentFollowsTableFive() {
    ModuleSettings s = at(ScalingTable.COMPLETE_P, 1, Optimizer.SGD, LARGE);
    check(s, Hyperparameter.LEARNING_RATE, 1.6e-2, 8e-3, 0.128, 1.6e-2);
    check(s, Hyperparameter.WEIGHT_DECAY, 0.1 / 16, 0.1 / 8, 0.1 / 128, 0.1 / 16);
    ModuleSettings half = at(ScalingTable.COMPLETE_P, 0.5, Optimizer.SGD, LARGE);
    check(half, Hyperparameter.LEARNING_RATE, 1.6e-2, 1e-3, 1.6e-2, 1.6e-2);
    check(half, Hyperparameter.WEIGHT_DECAY, 0.1 / 16, 0.1 / Math.sqrt(8), 0.1 / (16 * Math.sqrt(8)), 0.1 / 16);
  }

  @Test
  void lambsHiddenRateFollowsTheRootOfTheWidth() {
    check(at(ScalingTable.COMPLETE_P, 1, Optimizer.LAMB, LARGE), Hyperparameter.LEARNING_RATE, 1e-3, 2.5e-4, 1e-3, 1e-3);
  }

  /// MuSGD at m = 4 with learning rate 0.1: input, bias and readout 0.4 and a quarter of the decay; a matrix with fan-in x 4 and fan-out x 8 has 0.2 and half the decay.
  @Test
  void gradientDescentFollowsTheMupPackage() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_P, 1);
    UpdateRule sgd = UpdateRule.SGD;
    assertThat(rule.apply(sgd, ModuleRole.EMBEDDING, Hyperparameter.LEARNING_RATE, 0.1, new Ratios(1, 4, 1, 1, 1))).isEqualTo(0.4);
    assertThat(rule.apply(sgd, ModuleRole.HIDDEN_VECTOR, Hyperparameter.LEARNING_RATE, 0.1, new Ratios(1, 4, 1, 1, 1))).isEqualTo(0.4);
    assertThat(rule.apply(sgd, ModuleRole.UNEMBEDDING, Hyperparameter.LEARNING_RATE, 0.1, new Ratios(4, 1, 1, 1, 1))).isEqualTo(0.4);
    assertThat(rule.apply(sgd, ModuleRole.UNEMBEDDING, Hyperparameter.WEIGHT_DECAY, 0.1, new Ratios(4, 1, 1, 1, 1))).isEqualTo(0.025);
    assertThat(rule.apply(sgd, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, 0.1, new Ratios(4, 4, 1, 1, 1))).isEqualTo(0.1);
    assertThat(rule.apply(sgd, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, 0.1, new Ratios(4, 8, 1, 1, 1))).isEqualTo(0.2);
    assertThat(rule.apply(sgd, ModuleRole.HIDDEN, Hyperparameter.WEIGHT_DECAY, 0.1, new Ratios(4, 8, 1, 1, 1))).isEqualTo(0.05);
  }

  /// Gradient descent does not see (A t, s / t, lr / t^2, wd t^2): CompleteP's unembedding with t = m_N is the table's without a multiplier.
  @Test
  void theTwoUnembeddingsOfGradientDescentAreOne() {
    Scale to = new Scale(256, 2, 1024, 204_800);
    ModuleSetting p = at(ScalingTable.COMPLETE_P, 1, Optimizer.SGD, to).of("unembed");
    ModuleSetting dp = at(ScalingTable.COMPLETE_D_P, 1, Optimizer.SGD, to).of("unembed");
    double t = 4;
    assertThat(dp.multiplier()).isEqualTo(p.multiplier() * t);
    assertThat(dp.initStd()).isEqualTo(p.initStd() / t);
    assertThat(dp.learningRate()).isCloseTo(p.learningRate() / (t * t), within(1e-18));
    assertThat(dp.get(Hyperparameter.WEIGHT_DECAY)).isCloseTo(p.get(Hyperparameter.WEIGHT_DECAY) * t * t, within(1e-15));
  }

  /// Rate times decay times steps: what is left of the initial values.
  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void batchAndDurationLeaveTheTimescaleOfTheDecay(Optimizer optimizer) {
    Scale to = new Scale(BASE.width(), BASE.depth(), 2 * BASE.batch(), 8 * BASE.tokens());
    ModuleSettings before = at(ScalingTable.COMPLETE_D_P, 1, optimizer, BASE);
    for (ModuleSetting after : at(ScalingTable.COMPLETE_D_P, 1, optimizer, to).settings()) {
      double base = decay(before.of(after.module().name())) * BASE.steps();
      assertThat(decay(after) * to.steps()).as(after.module().name()).isCloseTo(base, within(1e-12));
    }
  }

  private static double decay(ModuleSetting s) {
    return s.learningRate() * s.get(Hyperparameter.WEIGHT_DECAY);
  }

  /// A step is rate times radius, and follows q; gradient descent's rate follows q^2.
  @Test
  void stepsFollowBatchAndDuration() {
    Scale to = new Scale(BASE.width(), BASE.depth(), 2 * BASE.batch(), 8 * BASE.tokens());
    ModuleSetting scion = at(ScalingTable.COMPLETE_D_P, 1, Optimizer.SCION, to).of("block.0.attn.q");
    assertThat(scion.learningRate() * scion.get(Hyperparameter.RADIUS)).isCloseTo(1e-3 * 3 / 2, within(1e-15));
    check(at(ScalingTable.COMPLETE_D_P, 1, Optimizer.MUON, to), Hyperparameter.LEARNING_RATE, 5e-4, 5e-4, 5e-4, 5e-4);
    check(at(ScalingTable.COMPLETE_D_P, 1, Optimizer.SGD, to), Hyperparameter.LEARNING_RATE, 2.5e-4, 2.5e-4, 2.5e-4, 2.5e-4);
    check(at(ScalingTable.COMPLETE_D_P, 1, Optimizer.MUON, to), Hyperparameter.MOMENTUM, "block.0.attn.q", 1 - 0.05 / 4);
  }

  /// What a gradient is compared with follows its size: rho inversely, as the curvature is its square.
  @Test
  void sophiasRhoIsTheInverseOfAdamWsEpsilon() {
    Scale to = new Scale(256, 8, 2 * BASE.batch(), 8 * BASE.tokens());
    ModuleSettings base = at(ScalingTable.COMPLETE_D_P, 0.7, Optimizer.SOPHIA_G, BASE);
    ModuleSettings adamW = at(ScalingTable.COMPLETE_D_P, 0.7, Optimizer.ADAMW, to);
    double noise = 2 * 2;
    for (ModuleSetting s : at(ScalingTable.COMPLETE_D_P, 0.7, Optimizer.SOPHIA_G, to).settings()) {
      String name = s.module().name();
      double rho = s.get(Hyperparameter.RHO) / base.of(s.module().type().equals(name) ? name : name.replaceFirst("\\d+", "0")).get(Hyperparameter.RHO);
      double epsilon = adamW.of(name).get(Hyperparameter.EPSILON) / 1e-8;
      // Both grow as 1 / q = 2 with the noise.
      assertThat(rho * epsilon).as(name).isCloseTo(noise, within(1e-12));
    }
  }

  @Test
  void aTableThatSaysNothingOfARuleIsRefused() {
    ScalingTable table = new ScalingTable("mine", List.of(row(Hyperparameter.LEARNING_RATE, UpdateRule.ADAMW), row(Hyperparameter.EPSILON, UpdateRule.ADAMW)));
    Module m = new Module("w", "w", ModuleRole.HIDDEN, 8, 8, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Network network = new Network(List.of(m));
    Transfer adamW = new Transfer(ScalingRule.of(table, 1), BASE, network, Hyperparameters.of(Optimizer.ADAMW), Factors.NONE);
    assertThat(adamW.at(BASE, network).settings()).hasSize(1);
    Transfer lion = new Transfer(ScalingRule.of(table, 1), BASE, network, Hyperparameters.of(Optimizer.LION), Factors.NONE);
    assertThatThrownBy(() -> lion.at(BASE, network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table 'mine' does not say how a module of role hidden that lion moves follows the scale: module 'w'; tables that say so of all modules: sp, ntp, mup, u-mup, complete-p, complete-d-p");
  }

  /// Those that are named take the whole network, and no others do: a table that has a row for the first module may lack one for the next.
  @Test
  void theTablesThatARefusalNamesFollowEveryModule() {
    Module hidden = new Module("w", "w", ModuleRole.HIDDEN, 8, 8, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Module tied = new Module("embed", "embed", ModuleRole.TIED_EMBEDDING, 8, 8, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
    Network network = new Network(List.of(hidden, tied));
    Predicate<ScalingTable> takes =
        t -> {
          try {
            return new Transfer(ScalingRule.of(t, 1), BASE, network, Hyperparameters.of(Optimizer.LION), Factors.NONE).at(BASE, network).settings().size() == 2;
          } catch (IllegalArgumentException e) {
            return false;
          }
        };
    List<String> all = ScalingTable.all().stream().filter(takes).map(ScalingTable::id).toList();
    assertThat(all).doesNotContain("ntp").contains("mup");
    Transfer lion = new Transfer(ScalingRule.of(new ScalingTable("mine", List.of(row(Hyperparameter.EPSILON))), 1), BASE, network, Hyperparameters.of(Optimizer.LION), Factors.NONE);
    assertThatThrownBy(() -> lion.at(BASE, network)).hasMessageEndingWith("; tables that say so of all modules: " + String.join(", ", all));
  }

  private static ScalingRow row(Hyperparameter h, UpdateRule... rules) {
    return new ScalingRow(Set.of(rules), Set.of(ModuleRole.HIDDEN), h, Exponents.ONE, "mine");
  }

  /// A gradient is compared with epsilon and rho, and its size follows the scale.
  @Test
  void aTableOfLearningRatesAloneCoversNoRuleThatComparesItsGradient() {
    ScalingTable rates = new ScalingTable("mine", List.of(row(Hyperparameter.LEARNING_RATE, UpdateRule.values())));
    assertThat(UpdateRule.values()).filteredOn(rule -> rates.covers(rule, ModuleRole.HIDDEN))
        .containsExactly(UpdateRule.LION, UpdateRule.SGD, UpdateRule.NORMALIZED_SGD, UpdateRule.MUON, UpdateRule.MUON_SPECTRAL, UpdateRule.MUON_RMS);
  }

  /// Width x 16, depth x 4: entries of a gradient pass the unembedding, 1 / 16, and in the blocks a multiplier of 1 / 2.
  @Test
  void unitScaledMupsEpsilonIsAsLargeAsTheGradient() {
    ScalingRule rule = ScalingRule.of(ScalingTable.U_MUP, 1);
    check(rule, new Ratios(16, 16, 4, 1, 1), Hyperparameter.EPSILON, 1 / 16.0, 1 / 32.0, 1 / 2.0, 1);
    check(rule, new Ratios(16, 16, 4, 1, 1), Hyperparameter.RHO, 16, 32, 2, 1);
    // The sum of its squares.
    assertThat(rule.factor(UpdateRule.SHAMPOO, ModuleRole.HIDDEN, Hyperparameter.EPSILON, new Ratios(16, 4, 4, 1, 1))).isEqualTo(16.0 * 4 / (4 * 4) / 4);
  }

  @Test
  void theTangentKernelsEpsilonIsAsLargeAsTheGradient() {
    ScalingRule rule = ScalingRule.of(ScalingTable.NTP, 1);
    check(rule, new Ratios(16, 16, 4, 1, 1), Hyperparameter.EPSILON, 1 / 4.0, 1 / 4.0, 1, 1);
    check(rule, new Ratios(16, 16, 4, 1, 1), Hyperparameter.RHO, 4, 4, 1, 1);
    assertThat(rule.factor(UpdateRule.SHAMPOO, ModuleRole.HIDDEN, Hyperparameter.EPSILON, new Ratios(16, 4, 4, 1, 1))).isEqualTo(16.0 * 4 / 4);
  }

  private static void check(ScalingRule rule, Ratios r, Hyperparameter h, double outer, double inner, double heads, double unembedding) {
    UpdateRule moves = h == Hyperparameter.RHO ? UpdateRule.SOPHIA_G : UpdateRule.ADAMW;
    Map<ModuleRole, Double> expected =
        Map.of(
            ModuleRole.EMBEDDING, outer, ModuleRole.FINAL_NORM, outer, ModuleRole.HIDDEN, inner, ModuleRole.EXPERT_DOWN, inner, ModuleRole.HIDDEN_VECTOR, inner, ModuleRole.QK_NORM, heads,
            ModuleRole.UNEMBEDDING, unembedding);
    expected.forEach((role, factor) -> assertThat(rule.factor(moves, role, h, r)).as(role.toString()).isCloseTo(factor, within(1e-12)));
  }

  /// Over every shape: what a step changes has the spectral norm that the rule gives its matrix times the rate, and has to have sqrt(fan-out / fan-in).
  @ParameterizedTest
  @EnumSource(value = UpdateRule.class, names = {"MUON", "MUON_SPECTRAL", "MUON_RMS", "SCION_SPECTRAL"})
  void anOrthogonalisedStepHasTheNormOfTheSpectralConditionInEveryShape(UpdateRule rule) {
    int[] sizes = {8, 32, 64, 256};
    ScalingRule map = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    Module base = matrix(64, 64);
    for (int in : sizes) {
      for (int out : sizes) {
        Ratios ratios = Ratios.of(base, BASE, matrix(in, out), BASE, true);
        double rate = map.factor(rule, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, ratios);
        double norm = rate * norm(rule, in, out) / norm(rule, 64, 64);
        assertThat(norm).as(in + " to " + out).isCloseTo(Math.sqrt((double) out / in), within(1e-12));
        assertThat(rate * map.factor(rule, ModuleRole.HIDDEN, Hyperparameter.WEIGHT_DECAY, ratios)).as("decay").isCloseTo(1, within(1e-12));
      }
    }
  }

  /// Of an orthogonalised matrix as the rule multiplies it.
  private static double norm(UpdateRule rule, double in, double out) {
    return switch (rule) {
      case MUON -> Math.sqrt(Math.max(1, out / in));
      case MUON_RMS -> 0.2 * Math.sqrt(Math.max(out, in));
      default -> Math.sqrt(out / in);
    };
  }

  private static Module matrix(int in, int out) {
    return new Module("w", "w", ModuleRole.HIDDEN, in, out, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /// At fan-in 1024 and 16 layers a hidden weight in units has the rate eta / 32 / 4, and the weight is that over 32.
  @Test
  void unitScaledMupFollowsItsTable() {
    ScalingRule rule = ScalingRule.of(ScalingTable.U_MUP, 1);
    Ratios r = new Ratios(1024, 1024, 16, 1, 1);
    UpdateRule adamW = UpdateRule.ADAMW;
    assertThat(rule.factor(adamW, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, r)).isCloseTo(1.0 / 32 / 4 / 32, within(1e-15));
    assertThat(rule.factor(adamW, ModuleRole.HIDDEN, Hyperparameter.INIT_STD, r)).isEqualTo(1.0 / 32);
    assertThat(rule.factor(adamW, ModuleRole.EMBEDDING, Hyperparameter.LEARNING_RATE, new Ratios(1, 1024, 1, 1, 1))).isEqualTo(1.0 / 32);
    assertThat(rule.factor(adamW, ModuleRole.UNEMBEDDING, Hyperparameter.LEARNING_RATE, new Ratios(1024, 1, 1, 1, 1))).isEqualTo(1.0 / 1024);
    for (ModuleRole role : List.of(ModuleRole.EMBEDDING, ModuleRole.HIDDEN, ModuleRole.HIDDEN_VECTOR, ModuleRole.UNEMBEDDING)) {
      double decay = rule.factor(adamW, role, Hyperparameter.LEARNING_RATE, r) * rule.factor(adamW, role, Hyperparameter.WEIGHT_DECAY, r);
      assertThat(decay).as("a step's decay of " + role).isCloseTo(1, within(1e-15));
    }
  }

  /// A branch adds tau / sqrt(1 + tau^2) and leaves 1 / sqrt(1 + tau^2) of the stream. Norms do not see the stream's scale; beside what the embedding put there, each branch adds a / sqrt(blocks),
  /// so that all blocks together add the same at every depth.
  @ParameterizedTest(name = "{0} blocks")
  @ValueSource(ints = {1, 2, 3, 4, 16})
  void branchesOfUnitScaledMupAddTheSameAtEveryDepth(int blocks) {
    Network base = branches(BASE);
    Scale to = new Scale(BASE.width(), blocks, BASE.batch(), BASE.tokens());
    ModuleSettings s = new Transfer(ScalingRule.of(ScalingTable.U_MUP, 1), BASE, base, values(Optimizer.ADAMW), Factors.NONE).at(to, branches(to));
    for (String type : List.of("attn.norm", "attn.q", "attn.qnorm", "mlp.up", "mlp.down", "moe.down")) {
      for (int b = 0; b < blocks; b++) {
        double multiplier = s.of("block." + b + "." + type).multiplier();
        assertThat(blocks * multiplier * multiplier).as("block %d, %s", b, type).isCloseTo(BASE.depth(), within(1e-12));
      }
    }
  }

  /// Of the roles that u-muP has rows for.
  private static Network branches(Scale s) {
    return new Network(Nets.ALL_ROLES.at(s).modules().stream().filter(m -> ScalingTable.U_MUP.covers(UpdateRule.ADAMW, m.role())).toList());
  }

  /// A weight W / sqrt(n) of unit W: the rate of gradient descent is over n, Adam's over sqrt(n).
  @Test
  void theTangentKernelsParameterisationIsThatOfUnitWeights() {
    ScalingRule rule = ScalingRule.of(ScalingTable.NTP, 1);
    Ratios r = new Ratios(16, 16, 1, 1, 1);
    assertThat(rule.factor(UpdateRule.SGD, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, r)).isEqualTo(1.0 / 16);
    assertThat(rule.factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, r)).isEqualTo(1.0 / 4);
    assertThat(rule.factor(UpdateRule.SGD, ModuleRole.UNEMBEDDING, Hyperparameter.INIT_STD, r)).isEqualTo(1.0 / 4);
  }

  /// Power Lines: the decay follows tokens per parameter to the 0.527; half the tokens per parameter take 0.6940 of it.
  @Test
  void decaysFollowTokensPerParameterWhereAsked() {
    ScalingRule rule = ScalingRule.of(ScalingTable.SP, 1).withTokensPerParameterExponent(0.527);
    Transfer transfer = new Transfer(rule, BASE, NETWORK, values(Optimizer.ADAMW), Factors.NONE);
    Scale longer = new Scale(BASE.width(), BASE.depth(), BASE.batch(), 10 * BASE.tokens());
    check(transfer.at(longer, NETWORK), Hyperparameter.WEIGHT_DECAY, "embed", 0.1 * Math.pow(10, 0.527));
    Scale half = new Scale(BASE.width(), BASE.depth(), BASE.batch(), BASE.tokens() / 2);
    assertThat(transfer.at(half, NETWORK).of("embed").get(Hyperparameter.WEIGHT_DECAY)).isCloseTo(0.06940, within(1e-5));
    Scale wide = new Scale(4 * BASE.width(), BASE.depth(), BASE.batch(), BASE.tokens());
    Network network = Nets.ALL_ROLES.at(wide);
    double ratio = NETWORK.parameters(BASE.depth()) / network.parameters(wide.depth());
    check(transfer.at(wide, network), Hyperparameter.WEIGHT_DECAY, "embed", 0.1 * Math.pow(ratio, 0.527));
    check(transfer.at(wide, network), Hyperparameter.LEARNING_RATE, "embed", 1e-3);
  }

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void theGeneralTablesCoverEveryOptimizer(Optimizer optimizer) {
    for (ScalingTable table : List.of(ScalingTable.SP, ScalingTable.MUP, ScalingTable.COMPLETE_P, ScalingTable.COMPLETE_D_P)) {
      for (ModuleRole role : ModuleRole.values()) {
        assertThat(table.covers(optimizer.rule(role), role)).as(table + " " + role).isTrue();
      }
    }
  }
}
