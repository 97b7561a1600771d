package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.GpOptions;
import proxima.strategy.GpStrategy;
import proxima.strategy.InitialDesign;

/// A study of 10,000 trials in 40 dimensions.
final class ManyTrialsTest {

  private static final int N = 10_000;
  private static final SearchSpace SPACE = new SearchSpace(IntStream.range(0, 40).<Parameter>mapToObj(i -> Parameter.real("x" + i, 0, 1)).toList());

  private static Study open(Journal journal) {
    return Study.open(journal, "many", SPACE, new GpStrategy(InitialDesign.cube(0), GpOptions.of(SPACE), Threads.ONE), "gp", 1);
  }

  private static Journal journal() {
    var journal = new MemoryJournal();
    journal.append("many", 0, new StudyEvent.Created("many", SPACE, 1, "gp"));
    var random = new Random(1);
    for (int i = 0; i < N; i++) {
      Point x = Point.of(random.doubles(SPACE.dimension()).toArray());
      journal.append("many", 2 * i + 1, new StudyEvent.Asked(i, x, Assignment.NEW));
      double loss = IntStream.range(0, x.dimension()).mapToDouble(j -> Math.pow(x.get(j) - 0.4, 2)).sum();
      journal.append("many", 2 * i + 2, new StudyEvent.Told(i, i % 10 == 9 ? new Outcome.Diverged(1) : Outcome.of(loss)));
    }
    return journal;
  }

  @Test
  void isOpenedAndAskedTheSamePointByAnyProcess() {
    Journal journal = journal();
    List<StudyEvent> before = journal.read("many", 0);
    var copy = new MemoryJournal();
    for (int i = 0; i < before.size(); i++) {
      copy.append("many", i, before.get(i));
    }
    try (Study study = open(journal);
        Study other = open(copy)) {
      assertThat(study.trials()).hasSize(N).noneMatch(TrialResult::isPending);
      List<TrialResult> seen = study.trials();
      Trial trial = study.ask();
      assertThat(trial.number()).isEqualTo(N);
      assertThat(other.ask()).isEqualTo(trial);
      study.tell(N, Outcome.of(0.5));
      assertThat(seen).as("a snapshot stays").hasSize(N);
      assertThat(study.trials().get(N).loss()).hasValue(0.5);
    }
  }
}
