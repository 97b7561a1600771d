package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Configuration;
import proxima.space.HistoryJson;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.strategy.Strategy;

class StudyTest {

  static final SearchSpace SPACE =
      SearchSpace.of(Parameter.log("learningRate", 1e-4, 1e-1), Parameter.integer("layers", 1, 4), Parameter.categorical("kind", "a", "b"));

  /// Depends on every part of what is known: the seed, the points, the outcomes, what is pending and what was asked.
  static final Strategy SENSITIVE =
      known -> {
        RandomGenerator random = known.random();
        double[] x = random.doubles(known.space().dimension()).toArray();
        double sum = known.evaluations().hashCode() * 0x1p-31;
        x[0] = Math.abs((x[0] + sum) % 1);
        return Point.of(x);
      };

  static double loss(Point x) {
    return Math.pow(x.get(0) - 0.3, 2) + x.get(1);
  }

  @Test
  void asksTellsAndKnowsTheBest() {
    Study study = Study.of(SPACE, SENSITIVE, 1);
    assertThat(study.best()).isEmpty();
    for (int i = 0; i < 20; i++) {
      Trial trial = study.ask();
      assertThat(trial.number()).isEqualTo(i);
      assertThat(trial.configuration()).isEqualTo(SPACE.decode(trial.point()));
      study.tell(trial.number(), Outcome.of(loss(trial.point())));
    }
    double best = study.trials().stream().mapToDouble(t -> loss(t.point())).min().orElseThrow();
    assertThat(study.best().orElseThrow().loss()).hasValue(best);
  }

  @Test
  void bestIsTheLowestFinishedLossAndTheFirstOfEquals() {
    Study study = asked(5);
    study.tell(4, Outcome.of(1));
    study.tell(0, new Outcome.Diverged(3));
    study.tell(1, Outcome.of(2));
    study.tell(2, Outcome.of(1));
    study.tell(3, new Outcome.Failed("lost"));
    assertThat(study.best().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void asksPointsThatStandForTheirConfiguration() {
    Study study = Study.of(SPACE, _ -> Point.of(0.4, 0.1, 0.2, 0.9), 1);
    assertThat(study.ask().point()).isEqualTo(SPACE.snap(Point.of(0.4, 0.1, 0.2, 0.9)));
  }

  @Test
  void theSameOutcomeToldAgainChangesNothing() {
    MemoryJournal journal = new MemoryJournal();
    Study study = open(journal);
    Outcome outcome = new Outcome.Finished(1.5, List.of(new CurvePoint(1, Double.NaN)));
    study.tell(study.ask().number(), outcome);
    List<TrialResult> before = study.trials();
    study.tell(0, new Outcome.Finished(1.5, List.of(new CurvePoint(1, Double.NaN))));
    assertThat(study.trials()).isEqualTo(before);
    assertThat(journal.read("s", 0)).hasSize(3);
  }

  @Test
  void anotherOutcomeForAToldTrialIsRefused() {
    Study study = asked(1);
    study.tell(0, Outcome.of(1.5));
    assertThatThrownBy(() -> study.tell(0, Outcome.of(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "trial 0 of study 'study' was told loss 1.5, and cannot be told loss 2.0; tell its configuration instead, as a trial of its own");
    assertThat(study.best().orElseThrow().loss()).hasValue(1.5);
  }

  @Test
  void anUnknownTrialIsRefusedWithTheRange() {
    Study study = asked(0);
    assertThatThrownBy(() -> study.tell(0, Outcome.of(1))).isInstanceOf(IllegalArgumentException.class).hasMessage("study 'study' has no trial 0; it has none yet");
    study.ask();
    study.ask();
    for (int unknown : new int[] {-1, 2}) {
      assertThatThrownBy(() -> study.tell(unknown, Outcome.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("study 'study' has no trial " + unknown + "; it has trials 0 to 1");
      assertThatThrownBy(() -> study.report(unknown, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfTellsDoesNotMatter(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    Study inOrder = asked(8);
    Study shuffled = asked(8);
    IntStream.range(0, 8).forEach(i -> inOrder.tell(i, outcome(i)));
    order.forEach(i -> shuffled.tell(i, outcome(i)));
    assertThat(shuffled.trials()).isEqualTo(inOrder.trials());
    assertThat(shuffled.knowledge()).isEqualTo(inOrder.knowledge());
    assertThat(shuffled.ask()).isEqualTo(inOrder.ask());
  }

  @Test
  void aFailedTrialIsDoneWithAndSaysNothing() {
    Study study = asked(2);
    study.tell(1, new Outcome.Failed("machine lost"));
    assertThat(study.pending()).extracting(Trial::number).containsExactly(0);
    assertThat(study.knowledge().informative()).isZero();
    assertThat(study.best()).isEmpty();
  }

  @Test
  void aWarmStartIsKnownButWasNotAsked() {
    Study study = Study.of(SPACE, SENSITIVE, 1);
    Configuration start = SPACE.decode(Point.of(0.25, 0.5, 0, 1));
    Trial added = study.tell(start, Outcome.of(7));
    assertThat(added.number()).isZero();
    assertThat(study.knowledge().asked()).isZero();
    assertThat(study.knowledge().informative()).isEqualTo(1);
    assertThat(study.best().orElseThrow().asked()).isFalse();
    assertThat(study.best().orElseThrow().point()).isEqualTo(SPACE.encode(start));
    assertThat(study.ask().number()).isEqualTo(1);
  }

  @Test
  void theSameWarmStartAgainIsTheSameTrial() {
    Study study = Study.of(SPACE, SENSITIVE, 1);
    Configuration start = SPACE.decode(Point.of(0.25, 0.5, 0, 1));
    assertThat(study.add(start, Outcome.of(7))).isEqualTo(study.add(start, Outcome.of(7)));
    assertThat(study.add(start, Outcome.of(8)).number()).isEqualTo(1);
  }

  @Test
  void reportsAreKeptByStepAndALaterOneReplacesAnEarlier() {
    Study study = asked(1);
    study.report(0, 20, 3);
    study.report(0, 10, 4);
    study.report(0, 20, Double.NaN);
    study.report(0, 20, Double.NaN);
    List<CurvePoint> expected = List.of(new CurvePoint(10, 4), new CurvePoint(20, Double.NaN));
    assertThat(study.trials().getFirst().reports()).isEqualTo(expected);
    study.tell(0, Outcome.of(1));
    assertThat(study.trials().getFirst().reports()).isEqualTo(expected);
    assertThatThrownBy(() -> study.report(0, 30, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("trial 0 of study 'study' has been told, and takes no report at step 30");
  }

  @Test
  void whatAnEarlyStoppingThrowsIsNotTakenForADeletedStudy() {
    Study study = Study.open(new MemoryJournal(), "s", SPACE, SENSITIVE, (_, _, _) -> {
      throw new IllegalArgumentException("not at this step");
    }, "sensitive", 1);
    Trial trial = study.ask();
    assertThatThrownBy(() -> study.report(trial.number(), 1, 2)).isInstanceOf(IllegalArgumentException.class).hasMessage("not at this step");
  }

  /// Stops a trial whose loss is above 10 at a step from 20 on.
  private static final EarlyStopping ABOVE_TEN =
      (trial, step, _) -> step >= 20 && trial.reports().stream().anyMatch(r -> r.step() == step && r.loss() > 10) ? Decision.STOP : Decision.CONTINUE;

  private static Study stopping(Journal journal) {
    return Study.open(journal, "s", SPACE, SENSITIVE, ABOVE_TEN, "sensitive", 1);
  }

  @Test
  void aReportIsAnsweredByTheRuleAndTheSameAgainByTheSameAnswer() {
    MemoryJournal journal = new MemoryJournal();
    Study study = stopping(journal);
    study.ask();
    assertThat(study.report(0, 10, 11)).isEqualTo(Decision.CONTINUE);
    assertThat(study.report(0, 30, 11)).isEqualTo(Decision.STOP);
    assertThat(study.report(0, 20, 9)).as("out of order").isEqualTo(Decision.CONTINUE);
    assertThat(study.report(0, 40, 9)).as("after the answer to stop").isEqualTo(Decision.STOP);
    int events = journal.read("s", 0).size();
    // Another rule now, as after an update: what was answered stays.
    Study again = open(journal);
    for (Study s : List.of(study, again)) {
      assertThat(s.report(0, 10, 11)).isEqualTo(Decision.CONTINUE);
      assertThat(s.report(0, 20, 9)).isEqualTo(Decision.CONTINUE);
      assertThat(s.report(0, 30, 11)).isEqualTo(Decision.STOP);
    }
    assertThat(journal.read("s", 0)).hasSize(events);
  }

  @Test
  void aTrialThatIsRunAgainAndBetterIsJudgedAnew() {
    Study study = stopping(new MemoryJournal());
    study.ask();
    assertThat(study.report(0, 20, 11)).isEqualTo(Decision.STOP);
    assertThat(study.report(0, 20, 10)).isEqualTo(Decision.CONTINUE);
    assertThat(study.report(0, 30, 10)).isEqualTo(Decision.CONTINUE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aReportThatIsNotFiniteStopsATrialWhichHasDiverged(double loss) {
    Study study = asked(1);
    assertThat(study.report(0, 5, loss)).isEqualTo(Decision.STOP);
    assertThat(study.stop(0)).isEqualTo(new Outcome.Diverged(5));
    assertThat(study.trials().getFirst().outcome()).contains(new Outcome.Diverged(5));
  }

  @Test
  void aStoppedTrialIsToldWithItsLastReportAndIsNeverTheBest() {
    Study study = asked(2);
    assertThatThrownBy(() -> study.stop(0)).isInstanceOf(IllegalStateException.class)
        .hasMessage("trial 0 of study 'study' has no report, and cannot be told as stopped; report its loss first");
    study.report(0, 20, 0.25);
    study.report(0, 10, 0.5);
    var stopped = new Outcome.Stopped(20, 0.25, List.of());
    assertThat(study.stop(0)).isEqualTo(study.stop(0)).isEqualTo(stopped);
    study.tell(1, Outcome.of(3));
    assertThat(study.best().orElseThrow().number()).isEqualTo(1);
    assertThat(study.knowledge().informative()).isEqualTo(2);
    var curve = List.of(new CurvePoint(10, 0.5), new CurvePoint(20, 0.25));
    assertThat(study.knowledge().evaluations().getFirst().outcome()).contains(new Outcome.Stopped(20, 0.25, curve));
    TaskHistory history = study.history("names", Map.of());
    assertThat(history.entries().getFirst().outcome()).isEqualTo(new Outcome.Stopped(20, 0.25, curve));
    assertThat(HistoryJson.read(HistoryJson.write(history))).isEqualTo(history);
    assertThatThrownBy(() -> study.tell(0, Outcome.of(1))).isInstanceOf(IllegalStateException.class).hasMessageContaining("was told stopped at step 20 with loss 0.25, and");
  }

  @Test
  void adviceToStopNeedNotBeTaken() {
    Study study = stopping(new MemoryJournal());
    study.ask();
    study.report(0, 20, 11);
    study.tell(0, Outcome.of(1));
    assertThat(study.best().orElseThrow().loss()).hasValue(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void openedAgainAnywhereItGoesOnAsIfItHadNeverStopped(long seed) {
    Study unbroken = open(new MemoryJournal());
    drive(unbroken, new Random(seed), 60);
    MemoryJournal journal = new MemoryJournal();
    Random actions = new Random(seed);
    for (int i = 0; i < 60; i++) {
      Study reopened = open(journal);
      drive(reopened, actions, 1);
      Study again = open(journal);
      assertThat(again.trials()).isEqualTo(reopened.trials());
      assertThat(again.knowledge()).isEqualTo(reopened.knowledge());
    }
    assertThat(open(journal).trials()).isEqualTo(unbroken.trials());
    assertThat(open(journal).ask()).isEqualTo(unbroken.ask());
    Replays.check(journal.read("s", 0), SENSITIVE);
  }

  @Test
  void anotherStudyOnTheSameJournalIsSeen() {
    MemoryJournal journal = new MemoryJournal();
    Study one = open(journal);
    Study two = open(journal);
    Trial first = one.ask();
    Trial second = two.ask();
    assertThat(second.number()).isEqualTo(1);
    one.tell(second.number(), Outcome.of(2));
    two.tell(first.number(), Outcome.of(1));
    one.refresh();
    assertThat(one.trials()).isEqualTo(two.trials());
    assertThatThrownBy(() -> two.tell(1, Outcome.of(3))).isInstanceOf(IllegalStateException.class);
    Replays.check(journal.read("s", 0), SENSITIVE);
  }

  @Test
  void aSuggestionThatAnotherTrialOvertookIsMadeAnewAndOneThatAnOutcomeDidIsKept() {
    MemoryJournal journal = new MemoryJournal();
    Study other = open(journal);
    other.ask();
    List<Integer> calls = new ArrayList<>();
    Study slow =
        Study.open(
            journal,
            "s",
            SPACE,
            known -> {
              calls.add(known.evaluations().size());
              switch (calls.size()) {
                case 1 -> other.ask();
                case 2 -> other.tell(1, Outcome.of(1));
                default -> throw new AssertionError("an outcome is no reason to suggest anew");
              }
              return SENSITIVE.suggest(known);
            },
            "sensitive",
            1);
    assertThat(slow.ask().number()).isEqualTo(2);
    assertThat(calls).containsExactly(1, 2);
    assertThat(journal.read("s", 0)).last().isEqualTo(new StudyEvent.Asked(2, slow.trials().get(2).point(), Assignment.NEW, OptionalInt.of(3)));
    Replays.check(journal.read("s", 0), SENSITIVE);
  }

  /// While the strategy of one object searches, its other methods answer, and the search ends with what it knew when it began.
  @Test
  void tellsReportsAndLooksDoNotWaitForASearch() throws Exception {
    MemoryJournal journal = new MemoryJournal();
    CountDownLatch isSearching = new CountDownLatch(1);
    CountDownLatch isAnswered = new CountDownLatch(1);
    Strategy slow = known -> {
      if (known.asked() == 1) {
        isSearching.countDown();
        await(isAnswered);
      }
      return SENSITIVE.suggest(known);
    };
    Study study = Study.open(journal, "s", SPACE, slow, "sensitive", 1);
    study.ask();
    FutureTask<Trial> asked = new FutureTask<>(study::ask);
    Thread.ofPlatform().start(asked);
    try {
      await(isSearching);
      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
        assertThat(study.report(0, 1, 2)).isEqualTo(Decision.CONTINUE);
        study.tell(0, Outcome.of(1));
        assertThat(study.trials()).hasSize(1).noneMatch(TrialResult::isPending);
        assertThat(study.pending()).isEmpty();
        assertThat(study.best().orElseThrow().number()).isZero();
        assertThat(study.knowledge().informative()).isOne();
      });
    } finally {
      isAnswered.countDown();
    }
    assertThat(asked.get(60, TimeUnit.SECONDS).number()).isOne();
    // Created and the first Asked.
    assertThat(journal.read("s", 0)).last().isEqualTo(new StudyEvent.Asked(1, study.trials().get(1).point(), Assignment.NEW, OptionalInt.of(2)));
    Replays.check(journal.read("s", 0), SENSITIVE);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("within a minute").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    MemoryJournal journal = new MemoryJournal();
    Study study = open(journal);
    Callable<Boolean> worker =
        () -> {
          for (int i = 0; i < 25; i++) {
            Trial trial = study.ask();
            study.report(trial.number(), 1, 2);
            study.tell(trial.number(), Outcome.of(loss(trial.point())));
          }
          return true;
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> f : pool.invokeAll(Collections.nCopies(8, worker))) {
        f.get();
      }
    }
    assertThat(study.trials()).hasSize(200).noneMatch(TrialResult::isPending);
    assertThat(study.trials()).extracting(TrialResult::number).isEqualTo(IntStream.range(0, 200).boxed().toList());
    Replays.check(journal.read("s", 0), SENSITIVE);
  }

  @Test
  void anotherSpaceSeedOrStrategyIsNamed() {
    MemoryJournal journal = new MemoryJournal();
    open(journal).ask();
    SearchSpace other =
        SearchSpace.of(Parameter.real("learningRate", 1e-4, 1), Parameter.categorical("kind", "a", "b"), Parameter.integer("heads", 1, 8).when("kind", "b"));
    assertThatThrownBy(() -> Study.open(journal, "s", other, SENSITIVE, "sensitive 2", 9))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "study 's' is stored with other settings (parameter 'learningRate': stored real [1.0E-4, 0.1] log, now real [1.0E-4, 1.0]; "
                + "parameter 'layers': stored integer [1, 4], now absent; parameter 'heads': not stored, now integer [1, 8] when 'kind' in [b]; "
                + "seed: stored 1, now 9; strategy: stored 'sensitive', now 'sensitive 2'); set them back, or keep the other one in another journal");
  }

  @Test
  void itsHistoryHoldsWhatWasToldAndTheReports() {
    Study study = asked(4);
    study.report(0, 5, 2.5);
    study.tell(0, Outcome.of(2));
    study.tell(2, new Outcome.Diverged(9));
    study.tell(3, new Outcome.Finished(3, List.of(new CurvePoint(1, 4))));
    TaskHistory history = study.history("names", Map.of("width", new Value.Whole(64)));
    assertThat(history.entries())
        .containsExactly(
            new TaskHistory.Entry(study.trials().get(0).configuration(), new Outcome.Finished(2, List.of(new CurvePoint(5, 2.5))), 1),
            new TaskHistory.Entry(study.trials().get(2).configuration(), new Outcome.Diverged(9), 1),
            new TaskHistory.Entry(study.trials().get(3).configuration(), new Outcome.Finished(3, List.of(new CurvePoint(1, 4))), 1));
    assertThat(HistoryJson.read(HistoryJson.write(history))).isEqualTo(history);
  }

  @Test
  void aClosedStudyTakesNothing() {
    Study study = asked(1);
    study.close();
    assertThatThrownBy(study::ask).isInstanceOf(IllegalStateException.class).hasMessage("study 'study' is closed");
    assertThatThrownBy(() -> study.tell(0, Outcome.of(1))).isInstanceOf(IllegalStateException.class);
    assertThat(study.pending()).hasSize(1);
  }

  private static Outcome outcome(int i) {
    return switch (i % 4) {
      case 0 -> new Outcome.Diverged(i);
      case 1 -> new Outcome.Failed("machine " + i);
      default -> Outcome.of(i);
    };
  }

  static Study open(Journal journal) {
    return Study.open(journal, "s", SPACE, SENSITIVE, "sensitive", 1);
  }

  private static Study asked(int trials) {
    Study study = Study.of(SPACE, SENSITIVE, 1);
    for (int i = 0; i < trials; i++) {
      study.ask();
    }
    return study;
  }

  /// Random asks, tells, reports and adds.
  private static void drive(Study study, Random random, int actions) {
    for (int i = 0; i < actions; i++) {
      List<Trial> pending = study.pending();
      int what = random.nextInt(10);
      if (pending.isEmpty() || what < 4) {
        study.ask();
      } else if (what < 8) {
        study.tell(pending.get(random.nextInt(pending.size())).number(), outcome(random.nextInt(100)));
      } else if (what < 9) {
        study.report(pending.getFirst().number(), random.nextInt(10), random.nextDouble());
      } else {
        study.add(Point.of(random.doubles(4).toArray()), outcome(random.nextInt(100)));
      }
    }
  }
}
