package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;

final class ExcerptTest {

  private static Evaluation evaluation(int i, Optional<Outcome> outcome) {
    return new Evaluation(Point.of(i / 1e5), outcome, true);
  }

  /// Losses fall, every tenth diverged.
  private static Outcome outcome(int i) {
    return i % 10 == 9 ? new Outcome.Diverged(0) : Outcome.of(-i);
  }

  private static Knowledge knowledge(Stream<Evaluation> evaluations) {
    return new Knowledge(StrategyContract.cube(1), 1, evaluations.toList());
  }

  private static Knowledge told(int n) {
    return knowledge(IntStream.range(0, n).mapToObj(i -> evaluation(i, Optional.of(outcome(i)))));
  }

  private static List<Integer> trials(Knowledge knowledge) {
    return knowledge.evaluations().stream().map(e -> (int) Math.round(e.point().get(0) * 1e5)).toList();
  }

  @ParameterizedTest(name = "{0} trials")
  @ValueSource(ints = {0, 1, 999, 1000})
  void upToAThousandTrialsAreTold(int n) {
    Knowledge known = told(n);
    assertThat(Excerpt.of(known)).isSameAs(known);
  }

  @ParameterizedTest(name = "{0} trials")
  @ValueSource(ints = {1001, 1100, 2000, 10_000})
  void ofMoreTheBestAndAnEvenSampleOfTheRest(int n) {
    List<Integer> kept = trials(Excerpt.of(told(n)));
    assertThat(kept).isSorted().doesNotHaveDuplicates().hasSizeBetween(500, 599);
    int chosenFrom = n - (n - 1000) % 100;
    List<Integer> best = IntStream.range(0, chosenFrom).filter(i -> i % 10 != 9).boxed().sorted(Comparator.reverseOrder()).limit(250).toList();
    assertThat(kept).containsAll(best).containsAll(IntStream.range(chosenFrom, n).boxed().toList());
    // Of the others, every so manieth pair.
    List<Integer> others = IntStream.range(0, chosenFrom).filter(i -> !best.contains(i)).boxed().toList();
    int[] places = IntStream.range(0, others.size()).filter(i -> kept.contains(others.get(i))).toArray();
    assertThat(IntStream.range(1, places.length).map(i -> places[i] - places[i - 1]).max().orElseThrow()).isLessThanOrEqualTo(2 * others.size() / 250 + 2);
    assertThat(kept.stream().filter(i -> i % 10 == 9)).as("diverged").hasSizeGreaterThan(20);
  }

  /// Losses rise from step 1 to step 2, and every second trial was stopped before.
  @Test
  void stoppedTrialsAreComparedWhereTheyWereStopped() {
    Knowledge known = knowledge(IntStream.range(0, 1100).mapToObj(i -> {
      List<Outcome.CurvePoint> curve = List.of(new Outcome.CurvePoint(1, i));
      return evaluation(i, Optional.of(i % 2 == 0 ? new Outcome.Stopped(1, i, curve) : new Outcome.Finished(i + 1e4, curve)));
    }));
    assertThat(trials(Excerpt.of(known))).startsWith(IntStream.range(0, 250).boxed().toArray(Integer[]::new)).hasSize(500);
  }

  @Test
  void theChoiceStaysWhileAFewAreTold() {
    List<Integer> before = trials(Excerpt.of(told(3040)));
    assertThat(trials(Excerpt.of(told(3090)))).startsWith(before.toArray(Integer[]::new)).hasSize(before.size() + 50);
  }

  @Test
  void pendingTrialsStayAndTheLastThatFailed() {
    // Of ten trials one is pending and two failed.
    Knowledge known = knowledge(IntStream.range(0, 3000).mapToObj(i -> evaluation(i, i % 10 == 3 ? Optional.empty() : Optional.of(i % 5 == 1 ? new Outcome.Failed("x") : outcome(i)))));
    Knowledge some = Excerpt.of(known);
    assertThat(some.evaluations().stream().filter(e -> e.outcome().isEmpty())).hasSize(300);
    List<Integer> failed = IntStream.range(0, 3000).filter(i -> i % 5 == 1).boxed().toList();
    assertThat(trials(some).stream().filter(i -> i % 5 == 1).toList()).isEqualTo(failed.subList(500, 600));
    assertThat(trials(some)).isSorted();
    assertThat(some.informative()).isBetween(500, 599);
  }

  @Test
  void someOfTheLossesAreTheLowestHalfAndOthersEvenly() {
    List<Double> losses = new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> (double) i).toList());
    Collections.shuffle(losses, new Random(1));
    List<Integer> some = Excerpt.of(losses, 20);
    assertThat(some).isSorted().doesNotHaveDuplicates().hasSize(20);
    assertThat(some.stream().map(losses::get)).containsAll(IntStream.range(0, 10).mapToObj(i -> (double) i).toList());
    assertThat(Excerpt.of(losses, 100)).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(Excerpt.of(Collections.nCopies(50, Double.POSITIVE_INFINITY), 20)).hasSize(20);
  }

  /// 0 where each coordinate is 0.3.
  private static double loss(Point x) {
    return IntStream.range(0, x.dimension()).mapToDouble(i -> (1 + i % 3) * Math.pow(x.get(i) - 0.3, 2)).sum();
  }

  private static Outcome observe(Point x, Random random) {
    return x.get(0) > 0.9 ? new Outcome.Diverged(1) : Outcome.of(loss(x) + 0.01 * random.nextGaussian());
  }

  /// Random points that were not asked for.
  private static List<Evaluation> many(int n, int d, Random random) {
    return Stream.generate(() -> Point.of(random.doubles(d).toArray())).limit(n).map(x -> new Evaluation(x, Optional.of(observe(x, random)), false)).toList();
  }

  private static GpStrategy strategy(int d) {
    return new GpStrategy(InitialDesign.cube(0), GpOptions.of(StrategyContract.cube(d)), Threads.ONE);
  }

  @Test
  void theSameHistoryAsksTheSamePointWhateverIsRemembered() {
    int d = 3;
    var random = new Random(1);
    List<Evaluation> known = new ArrayList<>(many(1098, d, random));
    GpStrategy remembering = strategy(d);
    // The excerpt is chosen anew for the third suggestion.
    for (int i = 0; i < 3; i++) {
      Point x = remembering.suggest(new Knowledge(StrategyContract.cube(d), 1, known));
      known.add(new Evaluation(x, Optional.of(observe(x, random)), true));
    }
    var now = new Knowledge(StrategyContract.cube(d), 1, known);
    assertThat(remembering.suggest(now)).isEqualTo(strategy(d).suggest(now));
  }

  @Test
  void pendingPointsKeepSuggestionsAway() {
    int d = 3;
    List<Evaluation> known = new ArrayList<>(many(1100, d, new Random(1)));
    GpStrategy strategy = strategy(d);
    Point first = strategy.suggest(new Knowledge(StrategyContract.cube(d), 1, known));
    for (int i = 0; i < 3; i++) {
      known.add(new Evaluation(first, Optional.empty(), false));
    }
    Point second = strategy.suggest(new Knowledge(StrategyContract.cube(d), 1, known));
    assertThat(IntStream.range(0, d).mapToDouble(i -> Math.abs(first.get(i) - second.get(i))).max().orElseThrow()).isGreaterThan(1e-3);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} dimensions")
  @ValueSource(ints = {10, 40})
  void afterManyWarmStartsTheOptimumIsFound(int d) {
    double[] ours = IntStream.range(0, 3).mapToDouble(seed -> lowest(strategy(d), d, seed)).sorted().toArray();
    double[] walk = IntStream.range(0, 3).mapToDouble(seed -> lowest(new TrustRegionRandom(InitialDesign.cube(0), 0.125), d, seed)).sorted().toArray();
    double[] random = IntStream.range(0, 3).mapToDouble(seed -> lowest(new RandomStrategy(), d, seed)).sorted().toArray();
    // The worst of three seeds against the best: an order that chance has once in 20 times if there is no difference.
    assertThat(ours[2]).isLessThan(walk[0]).isLessThan(random[0]);
    assertThat(ours[1]).isLessThan(0.2 * walk[1]);
  }

  /// The lowest loss, without its noise, of 30 suggestions after 3,000 random points.
  private static double lowest(Strategy strategy, int d, int seed) {
    var random = new Random(seed);
    List<Evaluation> known = new ArrayList<>(many(3000, d, random));
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 30; i++) {
      Point x = strategy.suggest(new Knowledge(StrategyContract.cube(d), seed, known));
      Outcome outcome = observe(x, random);
      known.add(new Evaluation(x, Optional.of(outcome), true));
      lowest = outcome instanceof Outcome.Finished ? Math.min(lowest, loss(x)) : lowest;
    }
    return lowest;
  }
}
