package proxima.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;

final class RecommendationTest {

  private static Knowledge line(List<Evaluation> evaluations) {
    return new Knowledge(StrategyContract.cube(1), 0, evaluations);
  }

  @Test
  void prefersAGoodRegionToALuckyTrial() {
    List<Evaluation> known = new ArrayList<>();
    // Noise of 0.1 around a valley at 0.3; one lucky draw far off, between neighbours that say otherwise.
    for (int i = 0; i <= 40; i++) {
      double x = i / 40.0;
      known.add(StrategyContract.finished(Point.of(x), 4 * Math.abs(x - 0.3) + 0.1 * Math.sin(40 * i)));
    }
    known.set(30, StrategyContract.finished(Point.of(0.75), -0.2));
    List<Integer> best = Recommendation.best(line(known), 3);
    assertThat(best).hasSize(3).doesNotContain(30);
    assertThat(best).allSatisfy(i -> assertThat(known.get(i).point().get(0)).isBetween(0.2, 0.4));
  }

  /// Two points far off are told the same low loss.
  private static List<Evaluation> twoLow(double standardErrorAtLow, double standardErrorAtHigh) {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      double x = i / 20.0;
      known.add(StrategyContract.finished(Point.of(x), 2 + 0.1 * Math.sin(40 * x)));
    }
    known.set(5, StrategyContract.finished(Point.of(0.25), 1, standardErrorAtLow));
    known.set(15, StrategyContract.finished(Point.of(0.75), 1, standardErrorAtHigh));
    return known;
  }

  @Test
  void believesALossTheMoreTheSmallerItsStandardError() {
    assertThat(Recommendation.best(line(twoLow(0.001, 10)), 1)).containsExactly(5);
    assertThat(Recommendation.best(line(twoLow(10, 0.001)), 1)).containsExactly(15);
    assertThat(Recommendation.best(line(twoLow(0.001, 0.001)), 2)).containsExactlyInAnyOrder(5, 15);
    // Neither is believed where both may be anything: others are as good.
    assertThat(Recommendation.best(line(twoLow(10, 10)), 2)).doesNotContain(5, 15);
  }

  /// A noisy valley of depth 0, by the mean of what lies around it; two standard deviations of the noise of 0.1.
  @Test
  void saysWhatLossItBelievesIn() {
    List<Evaluation> known = new ArrayList<>();
    for (int i = 0; i <= 40; i++) {
      double x = i / 40.0;
      known.add(StrategyContract.finished(Point.of(x), 5 + 4 * (x - 0.3) * (x - 0.3) + 0.1 * Math.sin(40 * i)));
    }
    known.set(12, StrategyContract.finished(Point.of(0.3), 4));
    List<Recommendation> best = Recommendation.of(line(known), 41, new Threads(1));
    assertThat(best).extracting(Recommendation::index).isEqualTo(Recommendation.best(line(known), 41));
    assertThat(best.getFirst().mean().orElseThrow()).isCloseTo(5, within(0.2));
    assertThat(best.stream().map(r -> r.mean().orElseThrow())).isSorted();
    known.add(new Evaluation(Point.of(0.5), Optional.of(new Outcome.Stopped(10, 6, List.of())), true));
    assertThat(Recommendation.of(line(known), 1, new Threads(1))).singleElement().extracting(Recommendation::mean).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void countsEachPointOnceAndOnlyFinishedTrials() {
    List<Evaluation> known = List.of(
        new Evaluation(Point.of(0.1), Optional.empty(), true),
        StrategyContract.finished(Point.of(0.5), 1),
        StrategyContract.finished(Point.of(0.5), 1.1),
        StrategyContract.finished(Point.of(0.2), Double.NaN),
        new Evaluation(Point.of(0.6), Optional.of(new Outcome.Failed("lost")), true),
        new Evaluation(Point.of(0.9), Optional.of(Outcome.of(3)), false));
    assertThat(Recommendation.best(line(known), 5)).containsExactly(1, 5);
    assertThat(Recommendation.best(line(known.subList(0, 1)), 5)).isEmpty();
    assertThat(Recommendation.best(line(List.of()), 5)).isEmpty();
  }
}
