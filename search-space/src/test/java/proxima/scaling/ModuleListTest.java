package proxima.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.module.Factors;
import proxima.module.Hyperparameter;
import proxima.module.Hyperparameters;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSettings;
import proxima.module.Network;

class ModuleListTest {

  private static final Scale BASE = new Scale(64, 2, 1024, 204_800);

  private static Scale scale(int width, int depth) {
    return new Scale(width, depth, 1024, 204_800);
  }

  @ParameterizedTest(name = "width {0}, depth {1}")
  @CsvSource({"64, 2", "128, 2", "32, 1", "256, 8", "96, 3"})
  void aListIsTheArchitectureItWasTakenFrom(int width, int depth) {
    assertThat(new ModuleList(Nets.ALL_ROLES.at(BASE), BASE).at(scale(width, depth))).isEqualTo(Nets.ALL_ROLES.at(scale(width, depth)));
  }

  @Test
  void aTiedEmbeddingMayBeListedEitherWay() {
    Module tied = Nets.ALL_ROLES.at(BASE).module("tied").orElseThrow();
    Module turned =
        new Module("tied", "tied", tied.role(), /* fanIn= */ tied.fanOut(), /* fanOut= */ tied.fanIn(), tied.block(), tied.branch(), tied.initStd());
    assertThat(new ModuleList(new Network(List.of(turned)), BASE).at(scale(256, 2)).modules().getFirst().fanIn()).isEqualTo(256);
    assertThat(settings(new Network(List.of(turned)), scale(256, 2)).of("tied").multiplier()).isEqualTo(0.25);
    assertThat(settings(new Network(List.of(tied)), scale(256, 2)).of("tied").multiplier()).isEqualTo(0.25);
  }

  @Test
  void modulesOfOneTypeFollowTheirOwnFans() {
    List<Module> biases =
        Stream.of(0, 1).flatMap(b -> Stream.of(bias("block." + b + ".up.bias", 256, b), bias("block." + b + ".down.bias", 64, b))).toList();
    ModuleSettings s = settings(new Network(biases), scale(256, 4));
    assertThat(s.settings()).hasSize(8).allSatisfy(m -> assertThat(m.get(Hyperparameter.EPSILON)).isEqualTo(1e-8 / 4 / 2));
    assertThat(s.of("block.3.up.bias").module().fanOut()).isEqualTo(1024);
  }

  private static Module bias(String name, long length, int block) {
    return new Module(
        name, "bias", ModuleRole.HIDDEN_VECTOR, 1, length, OptionalInt.of(block), Optional.empty(), OptionalDouble.empty());
  }

  @Test
  void theIndexInANameIsTheNumberThatDiffersBetweenBlocks() {
    List<Module> biases = Stream.of(0, 1).map(b -> bias("1." + b + ".up.1.bias", 256, b)).toList();
    assertThat(new ModuleList(new Network(biases), BASE).at(scale(64, 4)).modules()).map(Module::name)
        .containsExactly("1.0.up.1.bias", "1.1.up.1.bias", "1.2.up.1.bias", "1.3.up.1.bias");
  }

  @Test
  void alternatingBlocksGoOn() {
    Network base = Nets.ALL_ROLES.at(BASE);
    Network alternating =
        new Network(base.modules().stream().filter(m -> !m.name().equals("block.0.attn.q") && !m.name().startsWith("block.1.mlp")).toList());
    Network deep = new ModuleList(alternating, BASE).at(scale(64, 4));
    assertThat(deep.modules().stream().map(Module::name).filter(n -> n.contains("attn.q") && !n.contains("norm")))
        .containsExactly("block.1.attn.q", "block.3.attn.q");
    assertThat(deep.modules().stream().map(Module::name).filter(n -> n.contains("mlp.up"))).containsExactly("block.0.mlp.up", "block.2.mlp.up");
    assertThat(deep.modules().getLast().name()).isEqualTo("unembed");
  }

  @Test
  void representativesStayAsTheyAre() {
    Network one = new Network(Nets.ALL_ROLES.at(BASE).modules().stream().filter(m -> m.block().orElse(0) == 0).toList());
    Network deep = new ModuleList(one, BASE).at(scale(128, 8));
    assertThat(deep.modules()).extracting(Module::name).containsExactlyElementsOf(one.modules().stream().map(Module::name).toList());
    ModuleSettings s = settings(one, scale(128, 8));
    assertThat(s.of("block.0.attn.q").multiplier()).isEqualTo(0.25);
  }

  @Test
  void depthFactorsHoldInsideTheBlocksOnly() {
    Network base = Nets.ALL_ROLES.at(BASE);
    Module pooler = without(base.module("block.0.attn.q").orElseThrow(), "pooler");
    Network withPooler = new Network(Stream.concat(base.modules().stream(), Stream.of(pooler)).toList());
    ModuleSettings s = settings(withPooler, scale(64, 8));
    assertThat(s.of("pooler").get(Hyperparameter.EPSILON)).isEqualTo(1e-8);
    assertThat(s.of("pooler").multiplier()).isEqualTo(1);
    assertThat(s.of("block.0.attn.q").get(Hyperparameter.EPSILON)).isEqualTo(2.5e-9);
    // Where no module names a block, the roles say which are inside.
    assertThat(settings(new Network(List.of(pooler)), scale(64, 8)).of("pooler").get(Hyperparameter.EPSILON)).isEqualTo(2.5e-9);
  }

  private static Module without(Module m, String name) {
    return new Module(
        name, name, m.role(), m.fanIn(), m.fanOut(), OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }

  private static ModuleSettings settings(Network base, Scale to) {
    Hyperparameters values = new Hyperparameters(1e-2, 0.1, 0.9, 0.95, 1e-8, OptionalDouble.of(0.02));
    return new Transfer(ScalingRule.of(ScalingTable.COMPLETE_D_P, 1), BASE, base, values, Factors.NONE).at(to, new ModuleList(base, BASE).at(to));
  }

  @Test
  void whatCannotGrowIsNamed() {
    Network base = Nets.ALL_ROLES.at(BASE);
    assertThat(new ModuleList(base, BASE).at(scale(65, 2)).module("norm").orElseThrow().fanOut()).isEqualTo(65);
    Network odd =
        new Network(List.of(new Module(
            "odd", "odd", ModuleRole.HIDDEN, 64, 30, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty())));
    assertThatThrownBy(() -> new ModuleList(odd, BASE).at(scale(80, 2)))
        .hasMessageContaining("module 'odd' has fan-out 30 at width 64 and no whole fan-out at width 80");
    assertThatThrownBy(() -> new ModuleList(base, scale(64, 1))).hasMessageContaining("module 'block.1.attn.norm' is in block 1, but the depth is 1");
    Module named = base.module("block.0.attn.q").orElseThrow();
    Network nameless =
        new Network(List.of(new Module("q", "q", named.role(), 64, 64, named.block(), named.branch(), OptionalDouble.empty())));
    assertThatThrownBy(() -> new ModuleList(nameless, scale(64, 1)).at(scale(64, 2))).hasMessageContaining("its name has no 0 to replace");
  }
}
