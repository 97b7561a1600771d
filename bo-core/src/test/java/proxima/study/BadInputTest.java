package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;
import proxima.strategy.Recommendation;

/// What a study with a Gaussian process makes of outcomes that tell little or overflow: a new point all the same, and soon.
final class BadInputTest {

  /// More than a choice of warps asks for, and fits are put off by then.
  private static final int MANY = 60;

  /// No suggestion takes this long, on whatever machine: seconds where nothing is wrong.
  private static final Duration STALL = Duration.ofMinutes(2);

  private static final List<Named<SearchSpace>> SPACES =
      List.of(
          Named.of("real", cube(3)),
          Named.of("many real", cube(12)),
          Named.of("integer", SearchSpace.of(Parameter.integer("layers", 1, 40), Parameter.logInteger("width", 4, 4096))),
          Named.of(
              "categorical",
              SearchSpace.of(Parameter.categorical("kind", "a", "b", "c"), Parameter.categorical("norm", "pre", "post"), Parameter.integer("seed", 1, 90))),
          Named.of(
              "conditional",
              SearchSpace.of(
                  Parameter.log("rate", 1e-4, 1), Parameter.categorical("kind", "a", "b"), Parameter.real("slope", -1, 1).when("kind", "b"),
                  Parameter.integer("layers", 1, 6).when("kind", "a"))));

  private static final List<Named<IntToDoubleFunction>> LOSSES =
      List.of(
          Named.of("constant", _ -> 1.5),
          Named.of("constant zero", i -> i % 2 == 0 ? 0.0 : -0.0),
          Named.of("all diverged", _ -> Double.NaN),
          Named.of("all infinite", i -> i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY),
          Named.of("one finished", i -> i == 3 ? 2.0 : Double.NaN),
          Named.of("one diverged", i -> i == 3 ? Double.NaN : i),
          Named.of("huge", i -> 1e300 * (1 + i % 7)),
          Named.of("huge of both signs", i -> (i % 2 == 0 ? 1 : -1) * Double.MAX_VALUE * (1 - 0.01 * i)),
          Named.of("denormal", i -> Double.MIN_VALUE * (i % 5)),
          Named.of("one ulp apart", i -> i % 3 == 0 ? 1 : Math.nextUp(1.0)),
          Named.of("one ulp apart, huge", i -> i % 3 == 0 ? Double.MAX_VALUE : Math.nextDown(Double.MAX_VALUE)),
          Named.of("of all sizes", i -> Math.pow(10, 10.0 * (i - 30))),
          Named.of("one outlier", i -> i == 5 ? 1e300 : 1 + 0.01 * i));

  private static SearchSpace cube(int d) {
    return new SearchSpace(IntStream.range(0, d).<Parameter>mapToObj(i -> Parameter.real("x" + i, 0, 1)).toList());
  }

  private static Study study(SearchSpace space) {
    return Study.of(space, new GpStrategy(InitialDesign.cube(4), GpOptions.of(space)), 1);
  }

  static Stream<Arguments> cases() {
    return SPACES.stream().flatMap(space -> LOSSES.stream().map(losses -> Arguments.of(space, losses)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void asksNewPointsWhateverTheLosses(SearchSpace space, IntToDoubleFunction losses) {
    Study study = study(space);
    Set<Configuration> asked = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Trial trial = study.ask();
      assertThat(asked.add(trial.configuration())).as("trial %d at %s is new", i, trial.configuration()).isTrue();
      study.tell(i, Outcome.of(losses.applyAsDouble(i)));
    }
    var random = new SplittableRandom(1);
    for (int i = 12; i < MANY; i++) {
      study.add(Point.of(random.doubles(space.dimension()).toArray()), Outcome.of(losses.applyAsDouble(i)));
    }
    study.trials().forEach(t -> asked.add(t.configuration()));
    assertTimeoutPreemptively(STALL, () -> {
      for (int i = 0; i < 3; i++) {
        Trial trial = study.ask();
        assertThat(asked.add(trial.configuration())).as("%s is new", trial.configuration()).isTrue();
        study.tell(trial.number(), Outcome.of(losses.applyAsDouble(i)));
      }
    });
    assertThat(Recommendation.best(study.knowledge(), 2)).hasSizeBetween(study.best().isPresent() ? 1 : 0, 2);
  }

  @ParameterizedTest(name = "{0} observations")
  @ValueSource(ints = {0, 1, 2})
  void asksWithFewOrNoObservations(int n) {
    for (SearchSpace space : SPACES.stream().map(Named::getPayload).toList()) {
      Study study = Study.of(space, new GpStrategy(InitialDesign.cube(0), GpOptions.of(space)), 1);
      for (int i = 0; i < n; i++) {
        study.tell(study.ask().number(), Outcome.of(i));
      }
      Configuration next = study.ask().configuration();
      assertThat(study.trials().subList(0, n)).allSatisfy(t -> assertThat(t.configuration()).isNotEqualTo(next));
    }
  }

  @Test
  void oneConfigurationToldManyTimesIsOneMoreOfManyPoints() {
    for (SearchSpace space : SPACES.stream().map(Named::getPayload).toList()) {
      Study study = study(space);
      Point x = study.ask().point();
      for (int i = 0; i < MANY; i++) {
        study.add(x, Outcome.of(1 + 0.1 * Math.sin(i)));
      }
      for (int i = 0; i < 8; i++) {
        Trial trial = study.ask();
        assertThat(trial.point()).isNotEqualTo(x);
        study.tell(trial.number(), Outcome.of(2));
      }
    }
  }

  @Test
  void threePointsInSixtyDimensions() {
    SearchSpace space = cube(60);
    Study study = Study.of(space, new GpStrategy(InitialDesign.cube(3), GpOptions.of(space)), 1);
    Set<Point> points = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      Trial trial = study.ask();
      assertThat(points.add(trial.point())).isTrue();
      study.tell(i, Outcome.of(i % 4));
    }
  }

  @Test
  void thousandsOfTrialsAreNoStall() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1), Parameter.integer("layers", 1, 50), Parameter.categorical("kind", "a", "b"));
    Study study = Study.of(space, new GpStrategy(InitialDesign.cube(0), GpOptions.of(space)), 1);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 2100; i++) {
      Point x = Point.of(random.doubles(space.dimension()).toArray());
      study.add(x, Outcome.of(i % 20 == 0 ? Double.NaN : Math.abs(x.get(0) - 0.3) + random.nextDouble()));
    }
    assertTimeoutPreemptively(STALL, () -> {
      for (int i = 0; i < 5; i++) {
        study.tell(study.ask().number(), Outcome.of(1));
      }
    });
  }

  @Test
  void aSpaceThatIsUsedUpIsAskedAgain() {
    SearchSpace space = SearchSpace.of(Parameter.categorical("kind", "a", "b"), Parameter.integer("layers", 1, 2));
    Study study = study(space);
    List<Configuration> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Trial trial = study.ask();
      asked.add(trial.configuration());
      study.tell(i, Outcome.of((double) trial.configuration().integer("layers")));
    }
    // All four first.
    assertThat(new HashSet<>(asked.subList(0, 4))).hasSize(4);
  }

  @Test
  void lossesThatAreNoNumbersAreToldAsDiverged() {
    Study study = study(cube(2));
    study.tell(study.ask().number(), Outcome.of(Double.NEGATIVE_INFINITY));
    assertThat(study.best()).isEmpty();
    assertThatThrownBy(() -> new Outcome.Finished(Double.NaN, List.of())).hasMessage("a finished trial has a finite loss, got NaN; tell a diverged trial as Diverged(step)");
  }
}
