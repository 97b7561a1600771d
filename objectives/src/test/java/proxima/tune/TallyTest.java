package proxima.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;
import proxima.study.MemoryJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

class TallyTest {

  private static final TrialLog.Line FIRST = new TrialLog.Line("search", 0, "finished", 0.5, 2);
  private static final TrialLog.Line SECOND = new TrialLog.Line("search", 1, "finished", 0.25, 4);
  private static final TrialLog.Line STOPPED = new TrialLog.Line("search", 2, "stopped", Double.NaN, 1);

  private static Tally of(List<Outcome> outcomes, List<TrialLog.Line> log) {
    var journal = new MemoryJournal();
    Study study = Study.open(journal, "search", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1);
    for (Outcome outcome : outcomes) {
      study.tell(study.ask().number(), outcome);
    }
    StoredStudy stored = Study.stored(journal, "search").orElseThrow();
    return Tally.of(Map.of("search", stored), log);
  }

  @Test
  void aStoppedTrialSavesWhatAWholeOneTakesInTheMean() {
    Tally tally = of(List.of(Outcome.of(0.5), Outcome.of(0.25), new Outcome.Stopped(10, 1, List.of())), List.of(FIRST, SECOND, STOPPED));
    assertThat(tally.saved()).isEqualTo(2);
    assertThat(tally.seconds()).isEqualTo(7);
    assertThat(tally.stopped()).isEqualTo(1);
  }

  /// A kill may come after an outcome is told and before its line is written.
  @Test
  void aTrialOfWhichAKillLeftNoSecondsSavesNothing() {
    Tally tally = of(List.of(Outcome.of(0.5), Outcome.of(0.25)), List.of(FIRST));
    assertThat(tally.trials()).isEqualTo(2);
    assertThat(tally.saved()).isZero();
  }
}
