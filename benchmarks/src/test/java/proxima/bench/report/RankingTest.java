package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxima.bench.report.Ranking.Clique;
import proxima.bench.report.Ranking.Place;
import proxima.bench.result.Run;

class RankingTest {

  /// Of contenders of which these pairs of places differ.
  private static Ranking ranking(int n, String... differing) {
    List<List<Double>> p = IntStream.range(0, n)
        .mapToObj(i -> IntStream.range(i + 1, n).mapToObj(j -> List.of(differing).contains(i + " " + j) ? 0.01 : 0.3).toList())
        .toList();
    return new Ranking(IntStream.range(0, n).mapToObj(i -> new Place("c" + i, i + 1)).toList(), p);
  }

  @Test
  void cliquesAreTheLargestOfNeighboursThatDoNotDiffer() {
    assertThat(ranking(4).cliques()).containsExactly(new Clique(0, 3));
    assertThat(ranking(4, "0 2", "0 3", "1 3").cliques()).containsExactly(new Clique(0, 1), new Clique(1, 2), new Clique(2, 3));
    assertThat(ranking(4, "0 1", "0 2", "0 3").cliques()).containsExactly(new Clique(1, 3));
    assertThat(ranking(2, "0 1").cliques()).isEmpty();
  }

  @Test
  void noBarJoinsTwoThatDifferEvenWhereOneBetweenThemDiffersFromNone() {
    assertThat(ranking(3, "0 2").cliques()).containsExactly(new Clique(0, 1), new Clique(1, 2));
  }

  @Test
  void whoWinsEveryTaskDiffersAndWhoAreLevelDoNot() {
    List<Run> runs = new ArrayList<>();
    for (int t = 0; t < 10; t++) {
      runs.add(ScoreTest.run("t" + t, "level", 0, 1, 0.5));
      runs.add(ScoreTest.run("t" + t, "same", 0, 1, 0.5));
      runs.add(ScoreTest.run("t" + t, "best", 0, 1, 0.1 + 0.01 * t));
    }
    Ranking ranking = Ranking.of(Field.of(runs, Set.of()));
    assertThat(ranking.places()).extracting(Place::contender).containsExactly("best", "level", "same");
    assertThat(ranking.places()).extracting(Place::meanRank).containsExactly(1.0, 2.5, 2.5);
    assertThat(ranking.p().getFirst()).allSatisfy(p -> assertThat(p).isCloseTo(3 * 2 / 1024.0, within(1e-12)));
    assertThat(ranking.cliques()).containsExactly(new Clique(1, 2));
  }

  @Test
  void labelsAreSpreadWithoutLeavingTheirPlaceOrOrder() {
    List<Double> wanted = List.of(100.0, 10.0, 11.0, 12.0, 99.0, 98.0);
    double[] at = Frame.spread(wanted, 15, 0, 104);
    List<Double> sorted = Stream.of(1, 2, 3, 5, 4, 0).map(i -> at[i]).toList();
    assertThat(sorted).isSorted().allMatch(y -> y >= 0 && y <= 104);
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThanOrEqualTo(15 - 1e-9);
    }
  }
}
