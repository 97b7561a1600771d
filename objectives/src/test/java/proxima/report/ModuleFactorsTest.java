package proxima.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

final class ModuleFactorsTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.log("q/learningRate", 0.25, 4), Parameter.log("attn/multiplier", 0.25, 4), Parameter.log("all/beta1", 0.25, 4),
          Parameter.log("v/initStd", 0.25, 4), Parameter.log("block.0/learningRate", 0.5, 2), Parameter.log("block.1/learningRate", 0.5, 2));

  @Test
  void ordersTypesBranchesSharedAndBlocks() {
    ModuleFactors factors = ModuleFactors.of(SPACE, SPACE.decode(Point.centre(6))).orElseThrow();
    assertThat(factors.rows()).containsExactly("q", "v", "attn", "all", "block.0", "block.1");
    assertThat(factors.columns()).containsExactly("learningRate", "beta1", "initStd", "multiplier");
  }

  @Test
  void countsOctaves() {
    ModuleFactors factors = ModuleFactors.of(SPACE, SPACE.decode(Point.of(0.75, 0, 0.5, 1, 0.5, 0.5))).orElseThrow();
    assertThat(factors.octaves().get("q/learningRate")).isCloseTo(1, within(1e-12));
    assertThat(factors.octaves().get("attn/multiplier")).isCloseTo(-2, within(1e-12));
    assertThat(factors.reach()).isCloseTo(2, within(1e-12));
  }

  @Test
  void dividesBlocksByTheirGeometricMean() {
    ModuleFactors factors = ModuleFactors.of(SPACE, SPACE.decode(Point.of(0.5, 0.5, 0.5, 0.5, 1, 0.5))).orElseThrow();
    assertThat(factors.octaves().get("block.0/learningRate")).isCloseTo(0.5, within(1e-12));
    assertThat(factors.octaves().get("block.1/learningRate")).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void isEmptyForOtherSpaces() {
    SearchSpace other = SearchSpace.of(Parameter.log("rate", 1e-4, 1));
    assertThat(ModuleFactors.of(other, other.decode(Point.of(0.5)))).isEmpty();
  }
}
