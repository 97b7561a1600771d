package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import proxima.scaling.Scale;
import proxima.train.Differential;

final class TransformerTest {

  private static final Scale SCALE = new Scale(64, 2, 1024, 204_800);

  @Test
  void listsItsModules() {
    Network network = Transformer.of(39, 64, 4, Activation.GELU, false).at(SCALE);
    assertThat(network.modules())
        .extracting(Module::name)
        .containsExactly(
            "embed", "block.0.attn.norm", "block.0.attn.q", "block.0.attn.k", "block.0.attn.qnorm", "block.0.attn.knorm",
            "block.0.attn.v", "block.0.attn.o", "block.0.mlp.norm", "block.0.mlp.up", "block.0.mlp.down", "block.1.attn.norm",
            "block.1.attn.q", "block.1.attn.k", "block.1.attn.qnorm", "block.1.attn.knorm", "block.1.attn.v", "block.1.attn.o",
            "block.1.mlp.norm", "block.1.mlp.up", "block.1.mlp.down", "norm.final", "unembed");
    assertThat(network.branches()).containsExactly("attn", "mlp");
    assertThat(network.module("block.1.mlp.down"))
        .contains(
            new Module(
                "block.1.mlp.down", "mlp.down", ModuleRole.HIDDEN, 256, 64, OptionalInt.of(1), Optional.of("mlp"), true,
                OptionalDouble.of(1.0 / 16)));
    assertThat(network.ofType("embed").initStd()).hasValue(1);
    assertThat(network.ofType("unembed").initStd()).hasValue(1.0 / 64);
    assertThat(network.ofType("attn.qnorm").role()).isEqualTo(ModuleRole.QK_NORM);
  }

  @Test
  void hasGateBesideUpAndNoUnembeddingWhereTied() {
    Network network = Transformer.of(39, 64, 4, Activation.SWIGLU, true).at(SCALE);
    assertThat(network.types())
        .containsExactly(
            "embed", "attn.norm", "attn.q", "attn.k", "attn.qnorm", "attn.knorm", "attn.v", "attn.o", "mlp.norm", "mlp.gate", "mlp.up",
            "mlp.down", "norm.final");
    assertThat(network.ofType("mlp.gate").fanOut()).isEqualTo(168);
    assertThat(network.ofType("embed").role()).isEqualTo(ModuleRole.TIED_EMBEDDING);
  }

  @Test
  void growsHeadsNotTheirWidth() {
    Transformer transformer = Transformer.of(39, 64, 4, Activation.GELU, false);
    assertThat(transformer.at(new Scale(256, 2, 1, 1)).ofType("attn.qnorm").fanOut()).isEqualTo(16);
    assertThatThrownBy(() -> transformer.at(new Scale(100, 2, 1, 1)))
        .hasMessage("width 100 is not divisible into heads of 16; the nearest that are: 96 and 112");
    assertThatThrownBy(() -> Transformer.of(39, 64, 5, Activation.GELU, false)).hasMessage("width 64 is not divisible into 5 heads");
    assertThatThrownBy(() -> Transformer.of(39, 60, 4, Activation.GELU, false))
        .hasMessage("the width of a head must be even and positive, got 15");
  }

  /// Numbers from transformer_golden.py.
  @ParameterizedTest(name = "{0} tied {1}")
  @CsvSource({
    "gelu, false, 1.5754593599316395, 1.5824026675714098, 2.6047553042980516, 2.5571205861685895",
    "gelu, true, 1.7651969911825838, 1.6467597441516937, 2.6643611052518357, 2.6262928411091155",
    "swiglu, false, 1.551662052346737, 1.6113332924206099, 2.586531114784049, 2.6341653775451515",
    "swiglu, true, 1.5304530972412203, 1.5533525724528785, 2.6723160513195916, 2.6481776560668733"
  })
  void agreesWithAPlainTransformerInPyTorch(String activation, boolean tied, double golden, double latent, double experts, double both) {
    var transformer = new Transformer(5, 4, Activation.of(activation), tied);
    var attention = new Attention.Latent(2, 2);
    assertThat(loss(transformer)).isCloseTo(golden, within(1e-12));
    assertThat(loss(transformer.with(attention))).isCloseTo(latent, within(1e-12));
    assertThat(loss(transformer.with(new Experts(4, 2, 2, 0, 0.5, 0.25)))).isCloseTo(experts, within(1e-12));
    assertThat(loss(transformer.with(attention).with(new Experts(4, 2, 1, 1, 0.5, 0.25)))).isCloseTo(both, within(1e-12));
  }

  private static double loss(Transformer transformer) {
    Network network = transformer.at(new Scale(8, 2, 12, 12));
    int[] tokens = new int[7];
    Arrays.setAll(tokens, i -> (i * i + i) % 7 % 5);
    // The corpus is one window long: every sequence of a batch is that window.
    var corpus = new Corpus("test", tokens, tokens, 5);
    var problem = new TransformerProblem(transformer, TransformerLoss.layout(network), corpus, 2, 6, 0);
    double[] weights = new double[problem.layout().size()];
    Arrays.setAll(weights, i -> Math.sin(0.1 + 1.3 * i) / 2);
    return Differential.at(problem, multiplied(network), weights, 0).loss();
  }

  private static ModuleSettings multiplied(Network network) {
    return new ModuleSettings(network.modules().stream().map(m -> new ModuleSetting(m, 1, 0, 0, 0, 0, 1, multiplier(m))).toList());
  }

  private static double multiplier(Module module) {
    return switch (module.role()) {
      case UNEMBEDDING, TIED_EMBEDDING, ROUTER -> 0.6;
      default -> module.branch().map(b -> b.equals("attn") ? 0.7 : 1.3).orElse(1.0);
    };
  }
}
