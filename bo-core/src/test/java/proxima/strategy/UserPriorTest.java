package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static proxima.strategy.StrategyContract.MIXED;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.strategy.Expected.Confidence;

final class UserPriorTest {

  private static final UserPrior MANY =
      new UserPrior(
          MIXED,
          List.of(
              new Expected("rate", new Value.Real(1e-3), Confidence.HIGH),
              new Expected("kind", new Value.Category("b"), Confidence.MEDIUM),
              new Expected("layers", new Value.Whole(2), Confidence.LOW),
              new Expected("slope", new Value.Real(0.5), Confidence.MEDIUM)));

  private static UserPrior ofNumber(double value, Confidence confidence) {
    return new UserPrior(StrategyContract.cube(1), List.of(new Expected("x0", new Value.Real(value), confidence)));
  }

  private static UserPrior ofChoice(Confidence confidence) {
    return new UserPrior(SearchSpace.of(MIXED.parameters().get(1)), List.of(new Expected("kind", new Value.Category("b"), confidence)));
  }

  private static double log(UserPrior prior, double... x) {
    return prior.log(Point.of(x), new double[x.length]);
  }

  @ParameterizedTest
  @EnumSource
  void theDensityOfANumberHasMassOne(Confidence confidence) {
    UserPrior prior = ofNumber(0.1, confidence);
    double mean = IntStream.range(0, 10_000).mapToDouble(i -> Math.exp(log(prior, (i + 0.5) / 10_000))).average().orElseThrow();
    assertThat(mean).isCloseTo(1, within(1e-6));
    assertThat(log(prior, 0.1)).isGreaterThan(log(prior, 0.2)).isGreaterThan(0);
  }

  @ParameterizedTest
  @EnumSource
  void anExpectedChoiceIsSoManyTimesAsLikely(Confidence confidence) {
    UserPrior prior = ofChoice(confidence);
    double[] density = {Math.exp(log(prior, 1, 0, 0)), Math.exp(log(prior, 0, 1, 0)), Math.exp(log(prior, 0, 0, 1))};
    assertThat(density[1] / density[0]).isCloseTo(confidence.odds, within(1e-12));
    assertThat(Arrays.stream(density).average().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void gradientIsTheSlope() {
    RandomGenerator random = Seeds.random(1, 0);
    for (int i = 0; i < 100; i++) {
      double[] x = MIXED.sample(random).toArray();
      double[] slope = new double[x.length];
      MANY.log(Point.of(x), slope);
      // The rate's and the slope's coordinates: whole numbers and choices are looked at one by one.
      for (int j : new int[] {0, x.length - 1}) {
        double[] above = x.clone();
        double[] below = x.clone();
        above[j] += 1e-6;
        below[j] -= 1e-6;
        assertThat(slope[j]).isCloseTo((log(MANY, above) - log(MANY, below)) / 2e-6, within(1e-6 * Math.max(1, Math.abs(slope[j]))));
      }
    }
  }

  @Test
  void whatIsNotActiveHasNoPart() {
    int last = MIXED.dimension() - 1;
    double[] x = MIXED.sample(Seeds.random(1, 0)).toArray();
    MIXED.parameters().get(1).encode(new Value.Category("a"), x, 1);
    double[] y = x.clone();
    x[last] = 0.1;
    y[last] = 0.9;
    assertThat(log(MANY, x)).isEqualTo(log(MANY, y));
    MIXED.parameters().get(1).encode(new Value.Category("c"), x, 1);
    MIXED.parameters().get(1).encode(new Value.Category("c"), y, 1);
    assertThat(log(MANY, x)).isNotEqualTo(log(MANY, y));
  }

  /// Where points are drawn by u, a density is the inverse of dx / du.
  @ParameterizedTest
  @EnumSource
  void numbersAreDrawnFromTheDensity(Confidence confidence) {
    UserPrior prior = ofNumber(0.9, confidence);
    for (double u : new double[] {0.01, 0.2, 0.5, 0.8, 0.99}) {
      double x = prior.place(new double[] {u}, false)[0];
      double slope = (prior.place(new double[] {u + 1e-5}, false)[0] - prior.place(new double[] {u - 1e-5}, false)[0]) / 2e-5;
      assertThat(slope * Math.exp(log(prior, x))).isCloseTo(1, within(1e-4));
    }
    assertThat(prior.place(new double[] {0}, false)[0]).isCloseTo(0, within(1e-6));
    assertThat(prior.place(new double[] {1}, false)[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void choicesAreDrawnByTheirOdds() {
    UserPrior prior = ofChoice(Confidence.MEDIUM);
    RandomGenerator random = Seeds.random(1, 0);
    long hits = IntStream.range(0, 20_000).mapToObj(i -> prior.place(random.doubles(3).toArray(), false)).filter(x -> x[1] > x[0] && x[1] > x[2]).count();
    assertThat(hits / 20_000.0).isCloseTo(4 / 6.0, within(0.02));
  }

  @Test
  void theFirstPointIsWhatIsExpected() {
    var c = MIXED.decode(Point.of(MANY.place(MIXED.sample(Seeds.random(1, 0)).toArray(), true)));
    assertThat(c.real("rate")).isCloseTo(1e-3, within(1e-12));
    assertThat(c.category("kind")).isEqualTo("b");
    assertThat(c.integer("layers")).isEqualTo(2);
    assertThat(c.real("slope")).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void whatIsExpectedLiesInTheSpace() {
    assertThatThrownBy(() -> ofNumber(2, Confidence.LOW)).hasMessageContaining("'x0' takes a real number in [0.0, 1.0], got 2.0");
    assertThatThrownBy(() -> new UserPrior(MIXED, List.of(new Expected("depth", new Value.Whole(1), Confidence.LOW)))).hasMessage("no parameter is called 'depth'");
  }
}
