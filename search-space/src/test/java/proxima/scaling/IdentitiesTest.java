package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.module.UpdateRule;

/// The identities that every table, role and scale has to hold.
class IdentitiesTest {

  private static final Scale A = new Scale(64, 2, 1024, 204_800);
  private static final Hyperparameters VALUES = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.of(0.02));
  // Products of a dozen correctly rounded factors, of pow and of exp.
  private static final double ROUNDING = 1e-12;

  private static void close(ModuleSettings actual, ModuleSettings expected) {
    assertThat(actual.network()).isEqualTo(expected.network());
    for (ModuleSetting e : expected.settings()) {
      ModuleSetting a = actual.of(e.module().name());
      assertThat(a.rule()).isEqualTo(e.rule());
      e.values().forEach((h, value) -> close(a.get(h), value, h + " of " + e.module().name()));
    }
  }

  private static void close(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(ROUNDING * Math.max(Math.abs(expected), 1e-300)));
  }

  private static void close(double actual, double expected, String what, double error) {
    assertThat(actual).as(what).isCloseTo(expected, within(error));
  }

  private static ScalingRule rule(ScalingTable table, SplittableRandom random) {
    return ScalingRule.of(table, random.nextDouble(0.5, 1))
        .withBatchExponent(random.nextDouble(0.3, 0.7))
        .withDurationExponent(random.nextDouble(0.3, 0.7))
        .withWeightDecayExponent(random.nextDouble(0, 1))
        .withFinalNormEpsilon(random.nextBoolean())
        .withBetaForm(random.nextBoolean() ? BetaForm.LINEAR : BetaForm.EXPONENT);
  }

  private static Scale scale(SplittableRandom random) {
    // m_B / m_D stays below 10, for which beta1 = 0.9 has no counterpart.
    long batch = random.nextLong(512, 4096);
    return new Scale(16 * random.nextInt(1, 33), random.nextInt(1, 17), batch, batch * random.nextLong(100, 10_000));
  }

  private static Stream<Arguments> optimizersAndSeeds() {
    return Arrays.stream(Optimizer.values()).flatMap(o -> LongStream.rangeClosed(1, 4).mapToObj(seed -> Arguments.of(o, seed)));
  }

  /// Those that cover some role with an optimizer.
  private static List<ScalingTable> tables(Optimizer optimizer) {
    return ScalingTable.all().stream().filter(t -> Arrays.stream(ModuleRole.values()).anyMatch(role -> t.covers(optimizer.rule(role), role))).toList();
  }

  /// A network with one module of every role that a table covers with an optimizer.
  private static Architecture roles(ScalingTable table, Optimizer optimizer) {
    return s -> new Network(Nets.ALL_ROLES.at(s).modules().stream().filter(m -> table.covers(optimizer.rule(m.role()), m.role())).toList());
  }

  private static Hyperparameters values(Optimizer optimizer) {
    return Hyperparameters.of(optimizer).with(Hyperparameter.INIT_STD, 0.02);
  }

  private static Factors factors(Network network, Optimizer optimizer, int blocks, SplittableRandom random) {
    Map<String, Map<Hyperparameter, Double>> byType = new LinkedHashMap<>();
    for (String type : network.types()) {
      Map<Hyperparameter, Double> factors = new EnumMap<>(Hyperparameter.class);
      for (Hyperparameter h : optimizer.rule(network.ofType(type).role()).hyperparameters()) {
        if (h != Hyperparameter.MULTIPLIER) {
          factors.put(h, Math.pow(2, random.nextDouble(-1, 1)));
        }
      }
      byType.put(type, factors);
    }
    network.branches().forEach(b -> byType.put(b, Map.of(Hyperparameter.MULTIPLIER, Math.pow(2, random.nextDouble(-2, 2)))));
    Map<Hyperparameter, List<Double>> byBlock = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter h : Hyperparameter.values()) {
      List<Double> factors = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        factors.add(Math.pow(2, random.nextDouble(-0.5, 0.5)));
      }
      byBlock.put(h, factors);
    }
    return new Factors(byType, byBlock);
  }

  @Test
  void everyTableIsTriedWithAllRolesButThoseItSaysNothingOf() {
    assertThat(tables(Optimizer.ADAMW)).isEqualTo(ScalingTable.all());
    assertThat(tables(Optimizer.SGD)).contains(ScalingTable.NTP);
    for (ScalingTable table : ScalingTable.all()) {
      Set<ModuleRole> left = EnumSet.allOf(ModuleRole.class);
      roles(table, Optimizer.ADAMW).at(A).modules().forEach(m -> left.remove(m.role()));
      boolean isPartial = table.equals(ScalingTable.NTP) || table.equals(ScalingTable.U_MUP);
      assertThat(left).as(table.id()).isEqualTo(isPartial ? EnumSet.of(ModuleRole.TIED_EMBEDDING, ModuleRole.ROUTER) : EnumSet.noneOf(ModuleRole.class));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("optimizersAndSeeds")
  void theSameScaleChangesNothingToTheLastBit(Optimizer optimizer, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Scale s = scale(random);
    for (ScalingTable table : tables(optimizer)) {
      Network network = roles(table, optimizer).at(s);
      Transfer transfer = new Transfer(ScalingRule.of(table, random.nextDouble(0.5, 1)), s, network, values(optimizer), factors(network, optimizer, s.depth(), random));
      assertThat(transfer.at(s, network)).isEqualTo(transfer.base());
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("optimizersAndSeeds")
  void theMapBackUndoesTheMap(Optimizer optimizer, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (ScalingTable table : tables(optimizer)) {
      ScalingRule rule = rule(table, random);
      Architecture roles = roles(table, optimizer);
      Network network = roles.at(A);
      ModuleSettings base = new Transfer(rule, A, network, values(optimizer), factors(network, optimizer, 2, random)).base();
      // x = l / L: the base's blocks stand among the target's where the depth is a multiple.
      Scale other = scale(random);
      Scale to = new Scale(other.width(), 2 * random.nextInt(1, 9), other.batch(), other.tokens());
      close(rule.map(rule.map(base, A, to, roles.at(to)), to, A, network), base);
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("optimizersAndSeeds")
  void twoMapsInARowAreOne(Optimizer optimizer, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (ScalingTable table : tables(optimizer)) {
      ScalingRule rule = rule(table, random);
      Architecture roles = roles(table, optimizer);
      Scale b = scale(random);
      Scale c = scale(random);
      Network network = roles.at(A);
      // No block factors: interpolating twice is not interpolating once.
      Factors factors = new Factors(factors(network, optimizer, 2, random).byType(), Map.of());
      ModuleSettings base = new Transfer(rule, A, network, values(optimizer), factors).base();
      ModuleSettings twice = rule.map(rule.map(base, A, b, roles.at(b)), b, c, roles.at(c));
      close(twice, rule.map(base, A, c, roles.at(c)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void moreTokensOnlyByALargerBatchChangeNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long k = random.nextLong(2, 100);
    Scale to = new Scale(A.width(), A.depth(), k * A.batch(), k * A.tokens());
    for (ScalingTable table : tables(Optimizer.ADAMW)) {
      Network network = roles(table, Optimizer.ADAMW).at(A);
      Transfer transfer = new Transfer(ScalingRule.of(table, random.nextDouble(0.5, 1)), A, network, VALUES, Factors.NONE);
      close(transfer.at(to, network), transfer.base());
    }
    assertThat(to.steps()).isEqualTo(A.steps());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void completeDPKeepsTheInvariantsOfTheStochasticDifferentialEquation(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Scale to = new Scale(64, 2, A.batch() * random.nextLong(1, 9), A.tokens() * random.nextLong(9, 99));
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, random.nextDouble(0.5, 1));
    Transfer transfer = new Transfer(rule, A, Nets.ALL_ROLES.at(A), VALUES, Factors.NONE);
    for (ModuleSetting t : transfer.at(to, Nets.ALL_ROLES.at(to)).settings()) {
      ModuleSetting b = transfer.base().of(t.module().name());
      String name = t.module().name();
      double eta = t.learningRate() / b.learningRate();
      close(t.get(Hyperparameter.EPSILON) * eta, b.get(Hyperparameter.EPSILON), "epsilon eta of " + name);
      close(t.get(Hyperparameter.WEIGHT_DECAY) / eta, b.get(Hyperparameter.WEIGHT_DECAY), "lambda / eta of " + name);
      close((1 - t.get(Hyperparameter.BETA1)) / (eta * eta), 1 - b.get(Hyperparameter.BETA1), "(1 - beta1) / eta^2 of " + name);
      close((1 - t.get(Hyperparameter.BETA2)) / (eta * eta), 1 - b.get(Hyperparameter.BETA2), "(1 - beta2) / eta^2 of " + name);
      double steps = ((double) to.tokens() / to.batch()) / ((double) A.tokens() / A.batch());
      close(eta * eta * steps, 1, "eta^2 S of " + name);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void completeDPKeepsTheTimeScaleOfWeightDecay(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double alpha = seed % 2 == 0 ? 1 : random.nextDouble(0.5, 1);
    Scale to = scale(random);
    Transfer transfer = new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, alpha), A, Nets.ALL_ROLES.at(A), VALUES, Factors.NONE);
    double mL = to.depth() / 2.0;
    double mB = (double) to.batch() / A.batch();
    double mD = (double) to.tokens() / A.tokens();
    for (ModuleSetting t : transfer.at(to, Nets.ALL_ROLES.at(to)).settings()) {
      double decay = t.learningRate() * t.get(Hyperparameter.WEIGHT_DECAY) / (0.01 * 0.1);
      boolean inBlock = t.module().block().isPresent();
      // tau = 1 / (eta lambda S), times m_L^(1 - alpha) inside the blocks.
      close(1 / (decay * mD / mB), inBlock ? Math.pow(mL, 1 - alpha) : 1, "tau of " + t.module().name());
      if (t.module().role() == ModuleRole.HIDDEN) {
        close(decay, Math.pow(mL, alpha - 1) * mB / mD, "eta lambda of " + t.module().name());
      }
    }
  }

  /// Adam does not see (A t, s / t, lr / t, eps t, wd t).
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theOutputsOfCompletePAndCompleteDPAreEquivalent(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double t = random.nextDouble(0.1, 10);
    Ratios ratios = new Ratios(t, 1, random.nextDouble(1, 9), 1, 1);
    ScalingRule p = ScalingRule.of(ScalingTable.COMPLETE_P, 1);
    ScalingRule dp = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    Map.of(
            Hyperparameter.MULTIPLIER, t,
            Hyperparameter.INIT_STD, 1 / t,
            Hyperparameter.LEARNING_RATE, 1 / t,
            Hyperparameter.EPSILON, t,
            Hyperparameter.WEIGHT_DECAY, t)
        .forEach(
            (h, power) -> {
              for (ModuleRole role : List.of(ModuleRole.UNEMBEDDING, ModuleRole.ROUTER)) {
                close(dp.factor(UpdateRule.ADAMW, role, h, ratios), p.factor(UpdateRule.ADAMW, role, h, ratios) * power, h.id() + " " + role);
              }
            });
  }

  @Test
  void eachTensorFollowsItsOwnFans() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    Ratios ratios = new Ratios(9, 4, 2, 1, 1);
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, ratios), 1.0 / 9, "lr");
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.INIT_STD, ratios), 1.0 / 3, "std");
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.WEIGHT_DECAY, ratios), 9, "wd");
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.EPSILON, ratios), 1.0 / 8, "eps");
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.EMBEDDING, Hyperparameter.EPSILON, ratios), 1.0 / 4, "eps");
    close(rule.factor(UpdateRule.ADAMW, ModuleRole.UNEMBEDDING, Hyperparameter.INIT_STD, ratios), 1.0 / 9, "std");
  }

  @Test
  void theSwitchesActOnTheirRowsAlone() {
    Ratios r = new Ratios(4, 4, 2, 4, 16);
    ScalingRule plain = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    close(plain.factor(UpdateRule.ADAMW, ModuleRole.FINAL_NORM, Hyperparameter.EPSILON, r), 2, "final norm, table 1");
    close(plain.withFinalNormEpsilon(true).factor(UpdateRule.ADAMW, ModuleRole.FINAL_NORM, Hyperparameter.EPSILON, r), 0.5, "final norm, its gradient's 1/N");
    close(plain.withWeightDecayExponent(0.5).factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.WEIGHT_DECAY, r), 1, "sqrt(4) q");
    close(plain.withWeightDecayExponent(0.5).factor(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.LEARNING_RATE, r), 0.125, "lr");
    close(plain.withDurationExponent(0.3).factor(UpdateRule.ADAMW, ModuleRole.EMBEDDING, Hyperparameter.LEARNING_RATE, r), 2 * Math.pow(16, -0.3), "q");
    close(plain.withBatchExponent(1).factor(UpdateRule.ADAMW, ModuleRole.EMBEDDING, Hyperparameter.LEARNING_RATE, r), 1, "q");
    close(plain.withDurationExponent(0.3).factor(UpdateRule.ADAMW, ModuleRole.EMBEDDING, Hyperparameter.BETA2, r), 0.25, "1 - beta2 keeps m_B / m_D");
  }

  @Test
  void linearAndExponentialBetasDifferAwayFromOne() {
    Ratios r = new Ratios(1, 1, 1, 4, 1);
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    close(rule.apply(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.BETA2, 0.95, r), 0.8, "linear");
    close(rule.withBetaForm(BetaForm.EXPONENT).apply(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.BETA2, 0.95, r), 0.81450625, "exponent");
  }

  /// 1 - 10 (1 - 0.9) is 2e-16.
  @Test
  void aBetaOfWhichRoundingAloneIsLeftHasNoCounterpart() {
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    assertThatThrownBy(() -> rule.apply(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.BETA1, 0.9, new Ratios(1, 1, 1, 10, 1)))
        .isInstanceOf(NoCounterpartException.class)
        .hasMessageContaining("1 - beta1 would be 1.0, which must be below 1");
    close(rule.apply(UpdateRule.ADAMW, ModuleRole.HIDDEN, Hyperparameter.BETA1, 0.9, new Ratios(1, 1, 1, 9.99, 1)), 0.001, "a thousandth is left", 1e-9);
  }

  @Test
  void onlyCompleteDPFollowsBatchAndDuration() {
    Scale to = new Scale(64, 2, 4096, 204_800 * 64);
    for (ScalingTable table : ScalingTable.all()) {
      Architecture roles = roles(table, Optimizer.ADAMW);
      Transfer transfer = new Transfer(ScalingRule.of(table, 1), A, roles.at(A), VALUES, Factors.NONE);
      assertThat(transfer.at(to, roles.at(to)).equals(transfer.base())).as(table.id()).isEqualTo(!table.equals(ScalingTable.COMPLETE_D_P));
    }
    assertThat(to.steps()).isEqualTo(16 * A.steps());
  }

  @Test
  void standardParameterisationFollowsNothing() {
    Ratios r = new Ratios(4, 8, 3, 5, 7);
    for (UpdateRule rule : UpdateRule.values()) {
      for (ModuleRole role : ModuleRole.values()) {
        for (Hyperparameter h : Hyperparameter.values()) {
          assertThat(ScalingRule.of(ScalingTable.SP, 1).factor(rule, role, h, r)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Network network = Nets.ALL_ROLES.at(A);
    ScalingRule rule = ScalingRule.of(ScalingTable.COMPLETE_D_P, 1);
    assertThatThrownBy(() -> ScalingRule.of(ScalingTable.SP, 0.4)).hasMessage("alpha must be in [0.5, 1], got 0.4");
    assertThatThrownBy(() -> ScalingRule.of(ScalingTable.SP, Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> ScalingTable.of("mu-p")).hasMessage("no scaling table 'mu-p'; there are sp, ntp, mup, u-mup, complete-p, complete-d-p, moe-fixed-sparsity");
    Factors unknown = new Factors(Map.of("attn.k", Map.of(Hyperparameter.EPSILON, 2.0)), Map.of());
    assertThatThrownBy(() -> new Transfer(rule, A, network, VALUES, unknown)).hasMessageContaining("no type 'attn.k' for the factor on epsilon");
    Factors oneBlock = new Factors(Map.of(), Map.of(Hyperparameter.EPSILON, List.of(2.0)));
    assertThatThrownBy(() -> new Transfer(rule, A, network, VALUES, oneBlock)).hasMessage("the base has 2 blocks, but there are 1 block factors on epsilon");
    Factors large = new Factors(Map.of("attn.q", Map.of(Hyperparameter.BETA1, 16.0)), Map.of());
    assertThatThrownBy(() -> new Transfer(rule, A, network, VALUES, large).base()).hasMessageContaining("module 'block.0.attn.q': the factor 16.0 on 1 - beta1");
    Transfer transfer = new Transfer(rule, A, new Network(network.modules().subList(0, 3)), VALUES, Factors.NONE);
    assertThatThrownBy(() -> transfer.at(A, network)).hasMessageContaining("module 'block.0.attn.q' is of type 'attn.q', which the base network lacks");
  }
}
