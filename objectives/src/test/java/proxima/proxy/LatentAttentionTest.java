package proxima.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.Network;
import proxima.scaling.Scale;

final class LatentAttentionTest {

  private static final Transformer TRANSFORMER = Transformer.of(39, 64, 4, Activation.GELU, false).with(Attention.Latent.DEFAULT);

  @Test
  void listsItsModules() {
    Network network = TRANSFORMER.at(new Scale(64, 2, 1024, 204_800));
    assertThat(network.modules().stream().map(Module::name).filter(n -> n.startsWith("block.1.a")))
        .containsExactly(
            "block.1.attn.norm", "block.1.attn.q", "block.1.attn.kva", "block.1.attn.krope", "block.1.attn.kvnorm", "block.1.attn.kb", "block.1.attn.vb",
            "block.1.attn.o");
    assertThat(network.module("block.0.attn.krope"))
        .contains(new Module("block.0.attn.krope", "attn.krope", ModuleRole.ROUTER, 64, 8, OptionalInt.of(0), Optional.empty(), OptionalDouble.of(1.0 / 64)));
    assertThat(network.ofType("attn.kvnorm").role()).isEqualTo(ModuleRole.HIDDEN_VECTOR);
    assertThat(network.ofType("attn.kb").initStd()).hasValue(0.25);
  }

  /// Every fan of a hidden matrix grows as the width; the rotary part stays.
  @Test
  void theLatentGrowsWithTheWidth() {
    Network wide = TRANSFORMER.at(new Scale(256, 2, 1024, 204_800));
    assertThat(wide.ofType("attn.q").fanOut()).isEqualTo(16 * (16 + 8));
    assertThat(wide.ofType("attn.kva").fanOut()).isEqualTo(64);
    assertThat(wide.ofType("attn.kb").fanIn()).isEqualTo(64);
    assertThat(wide.ofType("attn.kvnorm").fanOut()).isEqualTo(64);
    assertThat(wide.ofType("attn.krope").fanOut()).isEqualTo(8);
  }

  @Test
  void rejectsShapesThatCannotBe() {
    assertThatThrownBy(() -> new Attention.Latent(0, 8)).hasMessage("compression must be positive, got 0");
    assertThatThrownBy(() -> new Attention.Latent(4, 7)).hasMessage("the width of the rotary part must be even and positive, got 7");
    assertThatThrownBy(() -> TRANSFORMER.with(new Attention.Latent(5, 8)).at(new Scale(64, 2, 1024, 204_800)))
        .hasMessage("width 64 has no latent of 1/5 of it; take a multiple of 5, or another compression");
  }
}
