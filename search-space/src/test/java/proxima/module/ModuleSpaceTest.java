package proxima.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.Value;

class ModuleSpaceTest {

  private static final Hyperparameters GLOBAL = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.empty());

  private static final Network NETWORK =
      new Network(
          List.of(
              module("embed", "embed", ModuleRole.EMBEDDING, -1, "", 0.02),
              module("block.0.norm", "norm", ModuleRole.HIDDEN_VECTOR, 0, "attn", 0),
              module("block.0.attn", "attn", ModuleRole.HIDDEN, 0, "attn", 0.02),
              module("block.0.mlp", "mlp", ModuleRole.HIDDEN, 0, "mlp", 0.02),
              module("block.1.norm", "norm", ModuleRole.HIDDEN_VECTOR, 1, "attn", 0),
              module("block.1.attn", "attn", ModuleRole.HIDDEN, 1, "attn", 0.02),
              module("block.1.mlp", "mlp", ModuleRole.HIDDEN, 1, "mlp", 0.02),
              module("unembed", "unembed", ModuleRole.UNEMBEDDING, -1, "", 0)));

  private static final List<ModuleAxis> AXES =
      List.of(
          ModuleAxis.of(Hyperparameter.LEARNING_RATE, 4).withDepth(2),
          ModuleAxis.of(Hyperparameter.WEIGHT_DECAY, 4),
          ModuleAxis.shared(Hyperparameter.BETA1, 2.5).withDepth(0.5),
          ModuleAxis.shared(Hyperparameter.BETA2, 3),
          ModuleAxis.of(Hyperparameter.EPSILON, 3.3),
          ModuleAxis.of(Hyperparameter.INIT_STD, 2),
          ModuleAxis.of(Hyperparameter.MULTIPLIER, 2).withDepth(1));

  private static Module module(String name, String type, ModuleRole role, int block, String branch, double std) {
    return new Module(
        name,
        type,
        role,
        role.isVector() ? 1 : 8,
        8,
        block < 0 ? OptionalInt.empty() : OptionalInt.of(block),
        branch.isEmpty() ? Optional.empty() : Optional.of(branch),
        std > 0,
        std > 0 ? OptionalDouble.of(std) : OptionalDouble.empty());
  }

  @Test
  void axesAreListedByHyperparameterThenByBlock() {
    assertThat(ModuleSpace.of(NETWORK, GLOBAL, AXES).space().parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "embed/learningRate", "norm/learningRate", "attn/learningRate", "mlp/learningRate", "unembed/learningRate",
            "embed/weightDecay", "attn/weightDecay", "mlp/weightDecay", "unembed/weightDecay",
            "all/beta1",
            "all/beta2",
            "embed/epsilon", "norm/epsilon", "attn/epsilon", "mlp/epsilon", "unembed/epsilon",
            "embed/initStd", "attn/initStd", "mlp/initStd",
            "attn/multiplier", "mlp/multiplier",
            "block.0/learningRate", "block.1/learningRate",
            "block.0/beta1", "block.1/beta1",
            "block.0/multiplier", "block.1/multiplier");
  }

  @Test
  void theCentreIsThePlainFactors() {
    ModuleSpace space = ModuleSpace.of(NETWORK, GLOBAL, AXES);
    Factors centre = space.factors(space.space().decode(Point.centre(space.space().dimension())));
    centre.byType().forEach((type, factors) ->
        factors.forEach((h, f) -> assertThat(f).isEqualTo(type.equals("norm") && h == Hyperparameter.WEIGHT_DECAY ? 0.0 : 1.0)));
    centre.byBlock().values().forEach(factors -> assertThat(factors).containsExactly(1.0, 1.0));
    assertThat(centre.of("norm", Hyperparameter.WEIGHT_DECAY)).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void blockFactorsHaveMeanOneAndTheBetasStayPositive(long seed) {
    ModuleSpace space = ModuleSpace.of(NETWORK, GLOBAL, AXES);
    SplittableRandom random = new SplittableRandom(seed);
    // Corners too: the ends of every range.
    double[] x = random.doubles(space.space().dimension()).map(u -> seed % 2 == 0 ? Math.rint(u) : u).toArray();
    Factors f = space.factors(space.space().decode(Point.of(x)));
    for (List<Double> byBlock : f.byBlock().values()) {
      assertThat(byBlock.get(0) * byBlock.get(1)).isCloseTo(1, within(1e-12));
    }
    for (int block = 0; block < 2; block++) {
      double rate = f.of("attn", Hyperparameter.BETA1) * f.byBlock().getOrDefault(Hyperparameter.BETA1, List.of(1.0, 1.0)).get(block) * (1 - 0.9);
      assertThat(rate).isLessThan(1);
    }
    assertThat(f.of("embed", Hyperparameter.BETA2) * (1 - 0.95)).isLessThan(1);
  }

  @Test
  void learningRatesAndMultipliersAreRelativeToTheInitialScales() {
    List<ModuleAxis> axes = List.of(AXES.get(0), AXES.get(5), AXES.get(6));
    ModuleSpace space = ModuleSpace.of(NETWORK, GLOBAL, axes);
    Factors branch = space.factors(with(space, "attn/initStd", 2));
    assertThat(branch.of("attn", Hyperparameter.LEARNING_RATE)).isEqualTo(2);
    assertThat(branch.of("attn", Hyperparameter.MULTIPLIER)).isEqualTo(0.5);
    assertThat(branch.of("mlp", Hyperparameter.LEARNING_RATE)).isEqualTo(1);
    assertThat(branch.of("mlp", Hyperparameter.MULTIPLIER)).isEqualTo(1);
    Factors stream = space.factors(with(space, "embed/initStd", 2));
    assertThat(stream.of("embed", Hyperparameter.LEARNING_RATE)).isEqualTo(2);
    assertThat(stream.of("attn", Hyperparameter.MULTIPLIER)).isEqualTo(2);
    assertThat(stream.of("mlp", Hyperparameter.MULTIPLIER)).isEqualTo(2);
    Factors rate = space.factors(with(space, "attn/learningRate", 2));
    assertThat(rate.of("attn", Hyperparameter.LEARNING_RATE)).isEqualTo(2);
    assertThat(rate.of("attn", Hyperparameter.MULTIPLIER)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"adamw, 2", "muon, 2", "lamb, 1", "sgd, 4"})
  void howARateIsRelativeToAnInitialScaleIsItsRules(String optimizer, double rate) {
    ModuleSpace space = ModuleSpace.of(NETWORK, Hyperparameters.of(Optimizer.of(optimizer)), List.of(AXES.get(0), AXES.get(5)));
    Factors scaled = space.factors(with(space, "attn/initStd", 2));
    assertThat(scaled.of("attn", Hyperparameter.LEARNING_RATE)).isEqualTo(rate);
  }

  @Test
  void whatHasNoParameterOfItsOwnIsNotRelative() {
    ModuleSpace scales = ModuleSpace.of(NETWORK, GLOBAL, List.of(AXES.get(5)));
    Factors scaled = scales.factors(with(scales, "attn/initStd", 2));
    assertThat(scaled.of("attn", Hyperparameter.LEARNING_RATE)).isEqualTo(1);
    assertThat(scaled.of("attn", Hyperparameter.MULTIPLIER)).isEqualTo(1);
    ModuleSpace shared = ModuleSpace.of(NETWORK, GLOBAL, List.of(ModuleAxis.shared(Hyperparameter.LEARNING_RATE, 4), AXES.get(5)));
    assertThat(shared.factors(with(shared, "attn/initStd", 2)).of("attn", Hyperparameter.LEARNING_RATE)).isEqualTo(1);
  }

  /// The centre of the space but for one parameter.
  private static Configuration with(ModuleSpace space, String parameter, double value) {
    Map<String, Value> values = new HashMap<>(space.space().decode(Point.centre(space.space().dimension())).values());
    values.put(parameter, new Value.Real(value));
    return new Configuration(values);
  }

  @Test
  void aSharedFactorActsOnEveryModule() {
    ModuleSpace space = ModuleSpace.of(NETWORK, GLOBAL, List.of(ModuleAxis.shared(Hyperparameter.WEIGHT_DECAY, 2)));
    Factors f = space.factors(space.space().decode(Point.of(1.0)));
    assertThat(List.of("embed", "attn", "mlp", "unembed")).allSatisfy(t -> assertThat(f.of(t, Hyperparameter.WEIGHT_DECAY)).isEqualTo(4));
    assertThat(f.of("norm", Hyperparameter.WEIGHT_DECAY)).isZero();
  }

  @Test
  void axesWithNothingToActOnAreRefused() {
    assertThatThrownBy(() -> ModuleSpace.of(NETWORK, GLOBAL.with(Hyperparameter.WEIGHT_DECAY, 0), AXES))
        .hasMessageContaining("weightDecay has an axis, but its global value is 0");
    assertThatThrownBy(() -> ModuleSpace.of(NETWORK, GLOBAL.with(Hyperparameter.BETA1, 0), AXES)).hasMessageContaining("leaves no room");
    assertThatThrownBy(() -> ModuleSpace.of(new Network(NETWORK.modules().subList(0, 1)), GLOBAL, AXES.subList(0, 1)))
        .hasMessageContaining("need two blocks or more, but the network has 0");
    assertThatThrownBy(() -> ModuleSpace.of(new Network(NETWORK.modules().subList(0, 1)), GLOBAL, AXES.subList(6, 7)))
        .hasMessageContaining("no residual branch has it");
    assertThatThrownBy(() -> ModuleSpace.of(NETWORK, GLOBAL, List.of(AXES.get(1), AXES.get(1)))).hasMessageContaining("two axes");
  }
}
