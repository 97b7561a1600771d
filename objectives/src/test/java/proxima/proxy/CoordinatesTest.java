package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.module.Optimizer;
import proxima.scaling.Scale;
import proxima.scaling.ScalingRule;
import proxima.scaling.ScalingTable;
import proxima.scaling.Transfer;
import proxima.train.CoordinateStep;
import proxima.train.Coordinates;
import proxima.train.Device;
import proxima.train.Schedule;

class CoordinatesTest {

  private static final Scale SCALE = new Scale(64, 3, 128, 1280);
  private static final ResidualMlp MLP = MlpObjective.student(2);
  private static final Network NETWORK = MLP.at(SCALE);

  private static List<CoordinateStep> mlp(ModuleSettings settings, int steps) throws InterruptedException {
    return new MlpObjective(MLP, Device.CPU, Schedule.DEFAULT, 0).coordinates(SCALE).run(settings, steps, 1);
  }

  private static double size(CoordinateStep step, String place, int block) {
    return step.at(place).get(block).size();
  }

  @Test
  void placesComeInTheOrderOfTheNetworkAndOnceInEachBlock() throws InterruptedException {
    List<CoordinateStep> seen = mlp(SettingsOf.global(NETWORK, 0.01), 2);
    assertThat(seen).hasSize(2).allSatisfy(step -> {
      assertThat(step.places().keySet()).containsExactly("embedding", "mlp.hidden", "mlp.branch", "stream", "output");
      assertThat(step.places().values()).extracting(List::size).containsExactly(1, 3, 3, 3, 1);
    });
  }

  @Test
  void atStep1SizesAreThoseOfInitialValuesAndNothingHasChanged() throws InterruptedException {
    CoordinateStep first = mlp(SettingsOf.global(NETWORK, 0.01), 1).getFirst();
    // Normal, with the second moment of a normalised stream: mean |x| = sqrt(2 / pi); 128 x 128 entries.
    assertThat(size(first, "mlp.hidden", 0)).isCloseTo(Math.sqrt(2 / Math.PI), within(0.05));
    assertThat(first.places().values()).allSatisfy(blocks -> assertThat(blocks).allSatisfy(c -> assertThat(c.change()).isZero()));
  }

  @Test
  void withoutALearningRateNothingChanges() throws InterruptedException {
    assertThat(mlp(SettingsOf.global(NETWORK, 0), 3)).allSatisfy(step ->
        assertThat(step.places().values()).allSatisfy(blocks -> assertThat(blocks).allSatisfy(c -> assertThat(c.change()).isZero())));
  }

  @Test
  void changesAreOfThatStep() throws InterruptedException {
    List<CoordinateStep> seen = mlp(SettingsOf.global(NETWORK, 0.01), 3);
    double second = seen.get(1).at("output").getFirst().change();
    assertThat(second).isPositive();
    assertThat(seen.get(2).at("output").getFirst().change()).isGreaterThan(second);
  }

  /// The norm of the whole gradient grows with the width: were it bounded, gradient descent would move a wide network by a fifth of that.
  @Test
  void gradientDescentMovesAWideNetworkAsFarAsANarrowOne() throws InterruptedException {
    assertThat(streamsChange(1024)).isCloseTo(streamsChange(64), withinPercentage(40));
  }

  /// An epsilon that is far above every gradient leaves steps proportional to them. The embedding stays: u-muP's own row lets its rate fall with the root of the width.
  @ParameterizedTest
  @ValueSource(strings = {"u-mup", "mup", "complete-d-p"})
  void underALargeEpsilonAWideNetworkMovesAsFarAsANarrowOne(String table) throws InterruptedException {
    Hyperparameters adamW = new Hyperparameters(0.02, 0, 0.9, 0.95, 0.1, OptionalDouble.empty());
    List<String> embeddings = NETWORK.types().stream().filter(type -> NETWORK.ofType(type).role() == ModuleRole.EMBEDDING).toList();
    Factors still = new Factors(embeddings.stream().collect(Collectors.toMap(type -> type, _ -> Map.of(Hyperparameter.LEARNING_RATE, 1e-6))), Map.of());
    double narrow = streamsChange(ScalingTable.of(table), adamW, still, 256);
    // Were epsilon to stay, a network of 4 times the width would move a quarter as far.
    assertThat(streamsChange(ScalingTable.of(table), adamW, still, 1024)).isCloseTo(narrow, withinPercentage(15));
  }

  private static double streamsChange(int width) throws InterruptedException {
    Hyperparameters sgd = new Hyperparameters(Optimizer.SGD, Map.of(Hyperparameter.LEARNING_RATE, 0.1, Hyperparameter.WEIGHT_DECAY, 0.0, Hyperparameter.MOMENTUM, 0.0));
    return streamsChange(ScalingTable.COMPLETE_D_P, sgd, Factors.NONE, width);
  }

  private static double streamsChange(ScalingTable table, Hyperparameters values, Factors factors, int width) throws InterruptedException {
    Scale wide = new Scale(width, 3, 128, 1280);
    ModuleSettings settings = new Transfer(ScalingRule.of(table, 1), SCALE, NETWORK, values, factors).at(wide, MLP.at(wide));
    return new MlpObjective(MLP, Device.CPU, Schedule.DEFAULT, 0).coordinates(wide).run(settings, 2, 1).getLast().at("stream").getLast().change();
  }

  /// It steps by signs, whatever rho is, until curvature has been estimated after the tenth step.
  @ParameterizedTest
  @EnumSource(value = Optimizer.class, names = {"SOPHIA_G", "SOPHIA_H"})
  void sophiaSeesCurvatureInTheStepsThatAreLookedAt(Optimizer optimizer) throws InterruptedException {
    int steps = Coordinates.steps(optimizer);
    assertThat(steps).isEqualTo(20);
    List<CoordinateStep> small = mlp(sophia(optimizer, 1e-3), steps);
    List<CoordinateStep> large = mlp(sophia(optimizer, 1e3), steps);
    assertThat(large.subList(0, 11)).isEqualTo(small.subList(0, 11));
    assertThat(large.get(11)).isNotEqualTo(small.get(11));
    assertThat(Coordinates.steps(Optimizer.ADAMW)).isEqualTo(10);
  }

  private static ModuleSettings sophia(Optimizer optimizer, double rho) {
    Map<Hyperparameter, Double> values = new EnumMap<>(optimizer.defaults());
    values.put(Hyperparameter.RHO, rho);
    return new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), SCALE, NETWORK, new Hyperparameters(optimizer, values), Factors.NONE).base();
  }

  @Test
  void aBranchIsSeenBeforeItsMultiplier() throws InterruptedException {
    ModuleSettings plain = SettingsOf.global(NETWORK, 0.01);
    ModuleSettings small = new ModuleSettings(plain.settings().stream().map(CoordinatesTest::eighth).toList());
    double size = size(mlp(plain, 1).getFirst(), "mlp.branch", 0);
    assertThat(size(mlp(small, 1).getFirst(), "mlp.branch", 0)).isCloseTo(size, within(1e-6));
    assertThat(size(mlp(small, 1).getFirst(), "stream", 2)).isLessThan(size(mlp(plain, 1).getFirst(), "stream", 2));
  }

  private static ModuleSetting eighth(ModuleSetting s) {
    Map<Hyperparameter, Double> values = new EnumMap<>(s.values());
    values.put(Hyperparameter.MULTIPLIER, s.module().block().isPresent() ? 0.125 : 1);
    return new ModuleSetting(s.module(), s.rule(), values);
  }

  @Test
  void aMixtureWithLatentAttentionShowsWhatATransformerDoes() throws InterruptedException {
    var transformer = Transformer.of(32, 16, 2, Activation.GELU, false).with(new Attention.Latent(4, 2)).with(new Experts(4, 2, 2, 1, 0.01, 1e-3));
    var objective = new TransformerObjective(transformer, new Text.HiddenMarkov(), 8, Device.CPU, Schedule.DEFAULT, 0);
    Scale scale = new Scale(16, 2, 64, 640);
    CoordinateStep first = objective.coordinates(scale).run(SettingsOf.global(transformer.at(scale), 0.01), 1, 3).getFirst();
    assertThat(first.places().keySet()).containsExactly("embedding", "attn.krope", "attn.scores", "attn.branch", "moe.router", "mlp.hidden", "mlp.branch", "stream", "output");
  }

  @Test
  void aConvolutionShowsItsBranch() throws InterruptedException {
    ResidualConvolution shape = ConvolutionObjective.network();
    Scale scale = new Scale(8, 3, 4, 40);
    CoordinateStep first =
        new ConvolutionObjective(shape, Device.CPU, Schedule.DEFAULT, 0).coordinates(scale).run(SettingsOf.global(shape.at(scale), 0.01), 1, 1).getFirst();
    assertThat(first.places().keySet()).containsExactly("embedding", "conv.hidden", "conv.branch", "stream", "output");
    assertThat(first.at("conv.branch")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "swiglu"})
  void aTransformerShowsItsAttentionToo(String activation) throws InterruptedException {
    var transformer = Transformer.of(new Text.UnicodeNames().vocabulary(), 16, 2, Activation.of(activation), false);
    var objective = new TransformerObjective(transformer, new Text.UnicodeNames(), 8, Device.CPU, Schedule.DEFAULT, 0);
    Scale scale = new Scale(16, 2, 64, 640);
    Coordinates coordinates = objective.coordinates(scale);
    List<CoordinateStep> seen = coordinates.run(SettingsOf.global(transformer.at(scale), 0.01), 2, 3);
    assertThat(seen.getFirst().places().keySet()).containsExactly("embedding", "attn.scores", "attn.branch", "mlp.hidden", "mlp.branch", "stream", "output");
    assertThat(seen).isEqualTo(coordinates.run(SettingsOf.global(transformer.at(scale), 0.01), 2, 3));
  }
}
