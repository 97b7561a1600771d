package proxima.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decodingTheEncodedGivesTheConfigurationBack(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Configuration c = Spaces.MIXED.decode(Spaces.point(Spaces.MIXED, random));
      Configuration back = Spaces.MIXED.decode(Spaces.MIXED.encode(c));
      assertThat(back.values().keySet()).containsExactlyElementsOf(c.values().keySet());
      c.values().forEach((name, value) -> {
        if (value instanceof Value.Real(double v)) {
          assertThat(back.real(name)).as(name).isCloseTo(v, within(1e-13 * Math.max(1, Math.abs(v))));
        } else {
          assertThat(back.get(name)).as(name).contains(value);
        }
      });
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void snappingKeepsTheConfigurationAndIsDoneOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Point x = Spaces.point(Spaces.MIXED, random);
      Point snapped = Spaces.MIXED.snap(x);
      assertThat(Spaces.MIXED.decode(snapped).values().keySet()).isEqualTo(Spaces.MIXED.decode(x).values().keySet());
      assertThat(Spaces.MIXED.snap(snapped)).isEqualTo(snapped);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void aParameterIsActiveExactlyWhereItsConditionHolds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Configuration c = Spaces.MIXED.decode(Spaces.point(Spaces.MIXED, random));
      String activation = c.category("activation");
      assertThat(c.get("ratio").isPresent()).isEqualTo(activation.equals("swiglu"));
      assertThat(c.get("norm").isPresent()).isEqualTo(!activation.equals("relu"));
      assertThat(c.get("groups").isPresent()).isEqualTo(c.get("norm").isPresent() && c.category("norm").equals("rms"));
    }
  }

  @Test
  void endsOfTheCubeAreEndsOfTheRanges() {
    for (int i = 0; i < 4; i++) {
      SearchSpace one = new SearchSpace(Spaces.MIXED.parameters().subList(i, i + 1));
      String name = one.parameters().getFirst().name();
      Map<String, List<String>> ends =
          Map.of(
              "learningRate", List.of("1.0E-4", "0.1"), "dropout", List.of("-0.5", "0.5"), "layers", List.of("-1", "4"), "width",
              List.of("1", "1000"));
      assertThat(one.decode(Point.of(0)).values().get(name)).hasToString(ends.getOrDefault(name, List.of()).getFirst());
      assertThat(one.decode(Point.of(1)).values().get(name)).hasToString(ends.getOrDefault(name, List.of()).getLast());
    }
  }

  @ParameterizedTest(name = "u = {0}")
  @ValueSource(doubles = {0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.999, 1})
  void aLogarithmicRangeMayHaveMoreDecadesThanANumber(double u) {
    SearchSpace space = SearchSpace.of(Parameter.log("x", 1e-300, 1e300));
    double x = space.decode(Point.of(u)).real("x");
    assertThat(Math.log10(x)).isCloseTo(600 * u - 300, within(1e-9));
    assertThat(space.encode(space.decode(Point.of(u))).get(0)).isCloseTo(u, within(1e-12));
  }

  @Test
  void whatIsDrawnOfAnEllipsoidLiesInsideWithItsWholeNumbersToo() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.integer("n", 1, 8), Parameter.integer("m", 1, 8)).within(Ellipsoid.ball(Point.of(0.4, 0.6, 0.5), 0.3));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      Point x = space.sample(random);
      assertThat(space.contains(x)).isTrue();
      assertThat(space.snap(x)).isEqualTo(x);
    }
    // The middle of neither cell is inside.
    SearchSpace none = SearchSpace.of(Parameter.integer("n", 1, 2)).within(Ellipsoid.ball(Point.of(0.5), 0.1));
    assertThat(none.sample(random).get(0)).isIn(0.25, 0.75);
  }

  @Test
  void wholeNumbersHaveEqualCells() {
    SearchSpace space = SearchSpace.of(Parameter.integer("k", 3, 7));
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      counts.merge(space.decode(Point.of((i + 0.5) / 1000)).integer("k"), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys(3L, 4L, 5L, 6L, 7L);
    assertThat(counts.values()).containsOnly(200);
  }

  @Test
  void logarithmicCellsEndHalfWayBetweenWholeNumbers() {
    SearchSpace space = SearchSpace.of(Parameter.logInteger("k", 1, 100));
    double from = Math.log(0.5);
    double to = Math.log(100.5);
    for (long k = 1; k < 100; k++) {
      double edge = (Math.log(k + 0.5) - from) / (to - from);
      assertThat(space.decode(Point.of(edge - 1e-9)).integer("k")).isEqualTo(k);
      assertThat(space.decode(Point.of(edge + 1e-9)).integer("k")).isEqualTo(k + 1);
    }
  }

  @Test
  void theLargestCoordinateIsTheCategoryAndTheFirstOfEquals() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("c", "x", "y", "z"));
    assertThat(space.decode(Point.of(0.1, 0.3, 0.2)).category("c")).isEqualTo("y");
    assertThat(space.decode(Point.of(0.4, 0.4, 0.4)).category("c")).isEqualTo("x");
    assertThat(space.encode(space.decode(Point.of(0.1, 0.3, 0.2)))).isEqualTo(Point.of(0, 1, 0));
  }

  @Test
  void configurationsThatDoNotFitAreNamed() {
    Map<String, Value> values = new LinkedHashMap<>(SPACE.decode(Point.centre(6)).values());
    List<String> messages = new ArrayList<>();
    for (Map.Entry<String, Value> wrong :
        Map.<String, Value>of(
                "layers", new Value.Whole(5), "learningRate", new Value.Whole(1), "activation", new Value.Category("tanh"), "ratio", new Value.Real(3))
            .entrySet()) {
      Map<String, Value> changed = new LinkedHashMap<>(values);
      changed.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> SPACE.encode(new Configuration(changed)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parameter '" + wrong.getKey() + "'")
          .satisfies(e -> messages.add(String.valueOf(e.getMessage())));
    }
    assertThat(messages).anyMatch(m -> m.equals("parameter 'layers' takes a whole number in [1, 4], got 5"));
    values.remove("layers");
    assertThatThrownBy(() -> SPACE.encode(new Configuration(values))).hasMessage("no value for parameter 'layers'");
  }

  @Test
  void aParameterThatThereIsNotIsToldFromOneThatIsNotActive() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", "a", "b"), Parameter.real("rate", 0, 1).when("kind", "b"));
    Value kind = new Value.Category("a");
    assertThatThrownBy(() -> space.encode(new Configuration(Map.of("kind", kind, "rat", new Value.Real(0.5))))).hasMessage("there is no parameter 'rat'; there are [kind, rate]");
    assertThatThrownBy(() -> space.encode(new Configuration(Map.of("kind", kind, "rate", new Value.Real(0.5)))))
        .hasMessage("parameter 'rate' is not active in this space; active here are [kind]");
  }

  @Test
  void spacesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Parameter.log("x", 0, 1)).hasMessageContaining("log scale needs low > 0, got 0.0");
    assertThatThrownBy(() -> Parameter.real("x", 1, Double.NaN)).hasMessageContaining("finite low < high");
    assertThatThrownBy(() -> Parameter.real("x", -1e308, 1e308)).hasMessage("parameter 'x' needs high - low that a number can hold, got [-1.0E308, 1.0E308]");
    assertThat(List.of(Parameter.real("", 0, 1), Parameter.integer(" ", 0, 1), Parameter.categorical("", "a", "b")))
        .allSatisfy(p -> assertThatThrownBy(() -> SearchSpace.of(p)).hasMessage("a parameter needs a name, got '" + p.name() + "'"));
    assertThatThrownBy(() -> Parameter.integer("x", 2, 2)).hasMessageContaining("needs low < high, got [2, 2]");
    assertThatThrownBy(() -> Parameter.categorical("x", "a", "a")).hasMessageContaining("two or more different choices");
    assertThatThrownBy(() -> SearchSpace.of(Parameter.real("x", 0, 1), Parameter.real("x", 0, 1))).hasMessageContaining("'x' stands twice");
    assertThatThrownBy(() -> SearchSpace.of(Parameter.real("x", 0, 1).when("c", "a"), Parameter.categorical("c", "a", "b")))
        .hasMessageContaining("depends on 'c', which is no earlier categorical");
    assertThatThrownBy(() -> SPACE.decode(Point.centre(5))).hasMessage("the space has 6 dimensions, the point 5");
    assertThatThrownBy(() -> Point.of(0.5, Double.NaN)).hasMessageContaining("coordinate 1");
    assertThatThrownBy(() -> Point.clip(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void clippingGivesTheNearestPointOfTheCube(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = random.doubles(20, -3, 4).toArray();
    Point clipped = Point.clip(x);
    for (int i = 0; i < x.length; i++) {
      assertThat(clipped.get(i)).isEqualTo(x[i] < 0 ? 0 : x[i] > 1 ? 1 : x[i]);
    }
  }

  @Test
  void wholeNumbersThatAreNotExactAreRefused() {
    assertThatThrownBy(() -> Parameter.integer("seed", 0, Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'seed': whole numbers are exact to 2^53 = 9007199254740992 on either side of 0, got [0, 9223372036854775807]");
  }

  /// What is not active stands in the middle, where it was learned from.
  @Test
  void aRegionIsAskedOfInactiveParametersWhereTheyStand() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("a", "x", "y"), Parameter.real("b", 0, 1).when("a", "y"));
    Point inactive = space.encode(new Configuration(Map.of("a", new Value.Category("x"))));
    Region around = Ellipsoid.ball(Point.of(0.9, 0, 0.5), 0.2);
    assertThat(inactive).isEqualTo(Point.of(1, 0, 0.5));
    assertThat(space.within(around).contains(inactive)).isTrue();
  }
}
