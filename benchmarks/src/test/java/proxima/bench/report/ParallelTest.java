package proxima.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxima.bench.result.Entrant;
import proxima.bench.result.Run;

class ParallelTest {

  @Test
  void aRatioIsOfRegretsAveragedOverSeedsThenTasks() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      runs.add(ScoreTest.run("t", "a", seed, 1, 0.2));
      runs.add(ScoreTest.run("t", "a (8 workers)", seed, 1, 0.1 + 0.1 * seed));
      runs.add(ScoreTest.run("u", "a", seed, 1, 0.6));
      runs.add(ScoreTest.run("u", "a (8 workers)", seed, 1, 0.8));
      runs.add(ScoreTest.run("t", "alone", seed, 1, 0.2));
      runs.add(ScoreTest.run("u", "alone", seed, 1, 0.2));
    }
    List<Parallel> all = Parallel.of(Field.of(runs, Set.of()));
    assertThat(all).hasSize(1);
    Parallel a = all.getFirst();
    assertThat(a.entrant()).isEqualTo(new Entrant("a", 8));
    assertThat(a.regret()).isCloseTo(0.5, within(1e-12));
    assertThat(a.fewest()).isCloseTo(0.4, within(1e-12));
    assertThat(a.ratio().mean()).isCloseTo(1.25, within(1e-12));
    assertThat(a.ratio().low()).isBetween(1.124, 1.126);
    assertThat(a.ratio().high()).isBetween(1.374, 1.376);
    assertThat(a.median()).isCloseTo((1 + 0.8 / 0.6) / 2, within(1e-12));
  }

  @Test
  void namesOfEntrantsAreReadAsTheyAreWritten() {
    for (Entrant e : List.of(new Entrant("botorch", 1), new Entrant("proxima", 8), new Entrant("optuna-tpe", 1000))) {
      assertThat(Entrant.of(e.name())).isEqualTo(e);
    }
    assertThat(Styles.isOurs("proxima-smooth (8 workers)")).isTrue();
    assertThat(Styles.isOurs("random (8 workers)")).isFalse();
  }
}
