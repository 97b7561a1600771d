package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.log("learningRate", 1e-4, 1e-1),
          Parameter.integer("layers", 1, 4),
          Parameter.categorical("activation", "gelu", "relu", "swiglu"),
          Parameter.real("ratio", 2, 4).when("activation", "swiglu"));

  @Test
  void inactiveParametersHaveNoValueAndTheMiddleCoordinate() {
    Configuration c = SPACE.decode(Point.of(0.5, 0.1, 0.9, 0.2, 0.3, 0.7));
    assertThat(c.values()).containsOnlyKeys("learningRate", "layers", "activation");
    assertThat(SPACE.encode(c).get(5)).isEqualTo(0.5);
    assertThat(SPACE.encode(c).get(1)).isEqualTo(0.125);
  }
}
