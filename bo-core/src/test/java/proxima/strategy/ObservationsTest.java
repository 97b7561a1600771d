package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

  @Test
  void standardErrorsGoWithTheirLosses() {
    List<Evaluation> known = IntStream.range(0, 2000)
        .mapToObj(i -> new Evaluation(Point.of(i / 1e4), Optional.of(i % 10 == 9 ? new Outcome.Diverged(0) : new Outcome.Finished(-i, i % 3, List.of())), true))
        .toList();
    var cells = new Cells(StrategyContract.cube(1));
    Observations all = Observations.of(new Knowledge(StrategyContract.cube(1), 1, known), cells);
    for (Observations some : List.of(all, all.first(7), all.sample(100), all.viableOnly())) {
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
