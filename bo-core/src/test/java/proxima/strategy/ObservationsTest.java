package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;
import proxima.space.Point;

final class ObservationsTest {

  /// Trial i at i / 10,000, every tenth diverged, losses falling; one more pending.
  private static Observations observations(int n) {
    List<Evaluation> known = IntStream.rangeClosed(0, n)
        .mapToObj(i -> new Evaluation(Point.of(i / 1e4), Optional.of(i % 10 == 9 ? new Outcome.Diverged(0) : Outcome.of(-i)).filter(_ -> i < n), true))
        .toList();
    return Observations.of(new Knowledge(StrategyContract.cube(1), 1, known), new Cells(StrategyContract.cube(1)));
  }

  private static List<Integer> trials(Observations o) {
    return o.points().stream().map(p -> (int) Math.round(p.get(0) * 1e4)).toList();
  }

  @ParameterizedTest(name = "{0} observations")
  @ValueSource(ints = {1001, 1100, 2000, 5000})
  void manyAreThinnedToTheBestAndAnEvenSampleOfTheRest(int n) {
    List<Integer> kept = trials(observations(n).thinned(1000));
    assertThat(kept).isSorted().doesNotHaveDuplicates().hasSizeBetween(1000, 1100);
    int chosenFrom = n - (n - 1000) % 100;
    List<Integer> best = IntStream.range(0, chosenFrom).filter(i -> i % 10 != 9).boxed().sorted(Comparator.reverseOrder()).limit(500).toList();
    assertThat(kept).containsAll(best).containsAll(IntStream.range(chosenFrom, n).boxed().toList());
    // Of the others, every so manieth pair.
    List<Integer> others = IntStream.range(0, chosenFrom).filter(i -> !best.contains(i)).boxed().toList();
    int[] places = IntStream.range(0, others.size()).filter(i -> kept.contains(others.get(i))).toArray();
    assertThat(IntStream.range(1, places.length).map(i -> places[i] - places[i - 1]).max().orElseThrow()).isLessThanOrEqualTo(2 * others.size() / 500 + 2);
    assertThat(observations(n).thinned(1000).open()).hasSize(1);
  }

  @Test
  void theChoiceStaysWhileAFewAreTold() {
    List<Integer> before = trials(observations(3040).thinned(1000));
    List<Integer> after = trials(observations(3090).thinned(1000));
    assertThat(after).startsWith(before.toArray(Integer[]::new)).hasSize(before.size() + 50);
    assertThat(observations(1000).thinned(1000)).isEqualTo(observations(1000));
  }

  @Test
  void standardErrorsGoWithTheirLosses() {
    List<Evaluation> known = IntStream.range(0, 2000)
        .mapToObj(i -> new Evaluation(Point.of(i / 1e4), Optional.of(i % 10 == 9 ? new Outcome.Diverged(0) : new Outcome.Finished(-i, i % 3, List.of())), true))
        .toList();
    var cells = new Cells(StrategyContract.cube(1));
    Observations all = Observations.of(new Knowledge(StrategyContract.cube(1), 1, known), cells);
    for (Observations some : List.of(all, all.first(7), all.sample(100), all.thinned(1000), all.viableOnly())) {
      List<Integer> trials = trials(some);
      assertThat(some.standardErrorArray()).containsExactly(trials.stream().mapToDouble(i -> i % 10 == 9 ? 0 : i % 3).toArray());
    }
    List<Evaluation> oneStopped = new ArrayList<>(known);
    oneStopped.add(StrategyContract.stopped(Point.of(0.5), 1));
    Observations ranked = Observations.of(new Knowledge(StrategyContract.cube(1), 1, oneStopped), cells);
    assertThat(ranked.standardErrorArray()).as("places among others have none").containsOnly(0);
  }

  @Test
  void aSampleIsEvenAndKeepsPairs() {
    assertThat(trials(observations(12).sample(6))).containsExactly(0, 1, 4, 5, 8, 9);
    assertThat(trials(observations(5).sample(6))).containsExactly(0, 1, 2, 3, 4);
    assertThat(observations(5).sample(6).open()).isEmpty();
  }
}
