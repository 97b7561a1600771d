package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.train.Device;
import proxima.train.Differential;
import proxima.train.Schedule;

final class MixtureTest {

  private static final Scale SCALE = new Scale(64, 2, 1024, 204_800);
  private static final Transformer DENSE = Transformer.of(39, 64, 4, Activation.SWIGLU, false);

  @Test
  void listsARouterAndTheMatricesOfEachExpert() {
    Network network = DENSE.with(new Experts(2, 1, 4, 1, 0.01, 1e-3)).at(SCALE);
    assertThat(network.modules().stream().map(Module::name).filter(n -> n.startsWith("block.1.m")))
        .containsExactly(
            "block.1.mlp.norm", "block.1.moe.router", "block.1.moe.expert.0.gate", "block.1.moe.expert.1.gate", "block.1.moe.shared.0.gate",
            "block.1.moe.expert.0.up", "block.1.moe.expert.1.up", "block.1.moe.shared.0.up", "block.1.moe.expert.0.down", "block.1.moe.expert.1.down",
            "block.1.moe.shared.0.down");
    assertThat(network.types()).contains("moe.router", "moe.gate", "moe.up", "moe.down", "moe.shared.gate", "moe.shared.up", "moe.shared.down");
    assertThat(network.module("block.0.moe.router"))
        .contains(new Module("block.0.moe.router", "moe.router", ModuleRole.ROUTER, 64, 2, OptionalInt.of(0), Optional.empty(), OptionalDouble.of(1.0 / 64)));
    assertThat(network.module("block.1.moe.expert.1.down"))
        .contains(
            new Module(
                "block.1.moe.expert.1.down", "moe.down", ModuleRole.EXPERT_DOWN, 42, 64, OptionalInt.of(1), Optional.of("mlp"), true,
                OptionalDouble.of(1 / Math.sqrt(42))));
    assertThat(network.branches()).containsExactly("attn", "mlp");
  }

  @Test
  void keepsExpertsAndTheirShareOfTheWidthAtEveryScale() {
    Transformer mixture = DENSE.with(new Experts(4, 2, 2, 0, 0.01, 1e-3));
    Network wide = mixture.at(new Scale(256, 2, 1, 1));
    assertThat(wide.ofType("moe.router").fanOut()).isEqualTo(4);
    assertThat(wide.ofType("moe.up").fanOut()).isEqualTo(Activation.SWIGLU.hidden(256) / 2);
    assertThat(wide.ofType("moe.down").fanIn()).isEqualTo(Activation.SWIGLU.hidden(256) / 2);
  }

  @Test
  void refusesRoutersWithoutChoice() {
    assertThatThrownBy(() -> new Experts(0, 1, 1, 0, 0, 0)).hasMessage("a router needs two experts or more to choose from, got 0; leave out 'experts' for dense MLPs");
    assertThatThrownBy(() -> new Experts(4, 5, 1, 0, 0, 0)).hasMessage("of 4 experts 1 to 4 can be active, got 5");
    assertThatThrownBy(() -> new Experts(4, 2, 0, 0, 0, 0)).hasMessage("granularity must be from 1 to 4096, got 0");
    assertThatThrownBy(() -> new Experts(1_000_000_000, 2, 1, 0, 0, 0)).hasMessage("there can be at most 4096 experts, and as many that are shared, got 1000000000 and 0");
    assertThatThrownBy(() -> new Experts(4, 2, 1, 0, Double.NaN, 0)).hasMessageContaining("must be >= 0, got NaN and 0.0");
    assertThatThrownBy(() -> DENSE.with(new Experts(4, 2, 5, 0, 0, 0)).at(SCALE)).hasMessage("a hidden width of 168 is not divisible by the granularity 5");
  }

  private static final Scale SMALL = new Scale(8, 2, 12, 12);

  /// What the penalties add to the loss of a batch.
  /// @param router of all its weights
  private static double penalty(int experts, int active, double balance, double z, double router) {
    return loss(new Experts(experts, active, 1, 0, balance, z), router) - loss(new Experts(experts, active, 1, 0, 0, 0), router);
  }

  private static double loss(Experts experts, double router) {
    var transformer = new Transformer(5, 4, Activation.GELU, false).with(experts);
    Network network = transformer.at(SMALL);
    int[] tokens = new int[7];
    Arrays.setAll(tokens, i -> i % 5);
    var problem = new TransformerProblem(transformer, TransformerLoss.layout(network), new Corpus("test", tokens, tokens, 5), 2, 6, 0);
    double[] weights = new double[problem.layout().size()];
    int i = 0;
    for (Module m : network.modules()) {
      for (int j = 0; j < m.fanIn() * m.fanOut(); j++) {
        // All tokens are alike. The first of a router's rows are the larger ones.
        boolean first = m.role() == ModuleRole.ROUTER && j / m.fanIn() < experts.active();
        weights[i++] = m.role() == ModuleRole.ROUTER ? (first ? router : -router) : m.role() == ModuleRole.EMBEDDING ? 1 : m.role().isVector() ? 1 : 0;
      }
    }
    var settings = new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 1, 0, 0, 0, 0, 1, 1)).toList());
    return Differential.at(problem, settings, weights, 0).loss();
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({"2, 1", "4, 2", "8, 2", "8, 8"})
  void aRouterThatTreatsAllAlikeHasTheBalanceLossOne(int experts, int active) {
    assertThat(penalty(experts, active, 1, 0, 0)).isCloseTo(1, within(1e-12));
    assertThat(penalty(experts, active, 0, 1, 0)).as("z-loss").isCloseTo(Math.pow(Math.log(experts), 2), within(1e-12));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({"2, 1", "4, 2", "8, 2"})
  void aRouterThatSendsAllTokensToTheSameHasTheLargestBalanceLoss(int experts, int active) {
    assertThat(penalty(experts, active, 1, 0, 100)).isCloseTo((double) experts / active, within(1e-12));
  }

  /// What is reported is the cross-entropy alone.
  @Test
  void thePenaltiesAreOfTheTrainingLossOnly() throws InterruptedException {
    assertThat(untrained(new Experts(4, 2, 2, 0, 100, 100))).isEqualTo(untrained(new Experts(4, 2, 2, 0, 0, 0)));
  }

  private static double untrained(Experts experts) throws InterruptedException {
    Transformer transformer = Transformer.of(32, 32, 2, Activation.GELU, false).with(experts);
    Scale scale = new Scale(32, 1, 64, 64);
    var objective = new TransformerObjective(transformer, new Text.HiddenMarkov(), 64, Device.CPU, Schedule.DEFAULT, 0);
    Network network = transformer.at(scale);
    var settings = new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 0, 0, 0.9, 0.98, 1e-8, m.initStd().orElse(0), 1)).toList());
    return ((Outcome.Finished) objective.evaluate(new Job("test", new Configuration(Map.of()), settings, scale, 0), Monitor.NONE)).loss();
  }
}
