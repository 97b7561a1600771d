package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.Evaluation;
import proxima.strategy.RandomStrategy;

class PromotionTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1));

  /// Trainings of 2, 6 and 18 steps.
  private static final EarlyStopping THIRDS = new Promotion(2, 3, 18);

  private static Study open(Journal journal) {
    return Study.open(journal, "s", SPACE, new RandomStrategy(), THIRDS, "random", 1);
  }

  private static Study study() {
    return open(new MemoryJournal());
  }

  private static Trial step(Study study, ToDoubleFunction<Trial> loss) {
    Trial trial = study.ask();
    study.tell(trial.number(), Outcome.of(loss.applyAsDouble(trial)));
    return trial;
  }

  private static long at(Study study, long steps) {
    return study.trials().stream().filter(t -> t.assignment().steps().equals(OptionalLong.of(steps))).count();
  }

  @Test
  void theBestThirdOfEachRungIsTrainedAgainAndLonger() {
    Study study = study();
    double[] losses = {3, 1, 2, 5, 6, 4, 0, 8, 7};
    Trial[] trials = new Trial[13];
    for (int i = 0; i < trials.length; i++) {
      trials[i] = step(study, t -> losses[study.trials().get(t.number()).first() % losses.length]);
    }
    // After three points the best one goes up; after six, another: trial 6, the best by then.
    List<Assignment> assignments = study.trials().stream().map(TrialResult::assignment).toList();
    Assignment first = new Assignment(OptionalInt.empty(), OptionalLong.of(2), false);
    assertThat(assignments.subList(0, 4)).containsExactly(first, first, first, new Assignment(OptionalInt.of(1), OptionalLong.of(6), false));
    assertThat(assignments.get(7)).isEqualTo(new Assignment(OptionalInt.of(6), OptionalLong.of(6), false));
    assertThat(trials[7].configuration()).isEqualTo(trials[6].configuration());
    assertThat(assignments.get(8)).isEqualTo(first);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void inTheEndAThirdOfEachRungAtLeastWentUpAndNoneTwice(long seed) {
    Study study = study();
    double[] losses = new Random(seed).doubles(400).toArray();
    while (at(study, 2) < 81 || study.isNextAgain()) {
      step(study, t -> losses[study.trials().get(t.number()).first()]);
    }
    assertThat(at(study, 2)).isEqualTo(81);
    assertThat(at(study, 6)).isBetween(27L, 45L);
    assertThat(at(study, 18)).isBetween(at(study, 6) / 3, at(study, 6) / 2);
    for (long steps : new long[] {6, 18}) {
      assertThat(study.trials().stream().filter(t -> t.assignment().steps().equals(OptionalLong.of(steps))).map(TrialResult::first)).doesNotHaveDuplicates();
    }
    // Losses are the same at each length: the best of all was trained to the end, and is the best.
    double best = IntStream.range(0, study.trials().size()).mapToDouble(i -> losses[study.trials().get(i).first()]).min().orElseThrow();
    assertThat(study.best().orElseThrow().loss()).hasValue(best);
    assertThat(study.best().orElseThrow().assignment().isWhole()).isTrue();
  }

  @Test
  void theLossOfAShortTrainingIsThatOfATrialStoppedThere() {
    Study study = study();
    study.ask();
    var recorded = new Outcome.Stopped(2, 0.5, List.of());
    assertThat(study.tell(0, Outcome.of(0.5))).isEqualTo(recorded);
    assertThat(study.tell(0, Outcome.of(0.5))).as("told again").isEqualTo(recorded);
    assertThat(study.trials().getFirst().outcome()).contains(recorded);
    assertThat(study.best()).isEmpty();
    assertThatThrownBy(() -> study.tell(0, Outcome.of(1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void strategiesSeeOnePointWithItsWayUp() {
    Study study = study();
    double[] losses = {3, 1, 2, 0.9, 5, 6, 7, 1.5, 8, 9, 10, 2.5};
    for (double loss : losses) {
      step(study, _ -> loss);
    }
    study.tell(study.ask().number(), new Outcome.Finished(0.8, 0.1, List.of()));
    // Trial 1 was trained again as trials 3 and 12, trial 2 as trial 7, trial 0 as trial 11.
    List<Evaluation> known = study.knowledge().evaluations();
    assertThat(study.trials()).extracting(TrialResult::first).containsExactly(0, 1, 2, 1, 4, 5, 6, 2, 8, 9, 10, 0, 1);
    assertThat(known).hasSize(9);
    assertThat(study.knowledge().asked()).isEqualTo(9);
    assertThat(known.get(1).outcome()).contains(new Outcome.Finished(0.8, 0.1, List.of(new CurvePoint(2, 1), new CurvePoint(6, 0.9), new CurvePoint(18, 0.8))));
    assertThat(known.get(2).outcome()).contains(new Outcome.Stopped(6, 1.5, List.of(new CurvePoint(2, 2), new CurvePoint(6, 1.5))));
    assertThat(known.get(3).outcome()).contains(new Outcome.Stopped(2, 5, List.of(new CurvePoint(2, 5))));
  }

  @Test
  void divergedPointsCountAtTheirRungAndNeverGoUp() {
    Study study = study();
    for (int i = 0; i < 12; i++) {
      Trial trial = study.ask();
      study.tell(trial.number(), i % 2 == 0 ? new Outcome.Diverged(1) : new Outcome.Diverged(2));
    }
    assertThat(study.trials()).allMatch(TrialResult::isAskedFor);
    Study some = study();
    for (int i = 0; i < 5; i++) {
      step(some, t -> t.number() == 4 ? 1 : Double.NaN);
    }
    assertThat(some.ask().configuration()).isEqualTo(some.trials().get(4).configuration());
    some.tell(5, new Outcome.Diverged(5));
    assertThat(some.knowledge().evaluations().get(4).outcome()).contains(new Outcome.Diverged(5));
    some.ask();
    assertThat(some.trials().getLast().isAskedFor()).isTrue();
  }

  @Test
  void aPendingOrLostTrainingIsNotRepeated() {
    Study study = study();
    for (int i = 0; i < 3; i++) {
      step(study, t -> t.number());
    }
    assertThat(study.ask().steps()).hasValue(6);
    assertThat(study.ask().steps()).hasValue(2);
    assertThat(study.knowledge().evaluations().getFirst().outcome().orElseThrow()).isInstanceOf(Outcome.Stopped.class);
    study.tell(3, new Outcome.Failed("lost"));
    assertThat(study.knowledge().evaluations().getFirst().outcome().orElseThrow()).isInstanceOf(Outcome.Stopped.class);
    assertThat(study.ask().steps()).hasValue(2);
  }

  @Test
  void lostTrainingsDoNotCountAtTheirRung() {
    Study study = study();
    for (int i = 0; i < 9; i++) {
      study.ask();
    }
    for (int i = 0; i < 9; i++) {
      study.tell(i, i < 3 ? Outcome.of(i) : new Outcome.Failed("lost"));
    }
    assertThat(study.ask().steps()).hasValue(6);
    assertThat(study.ask().steps()).as("one of three is promoted").hasValue(2);
  }

  @Test
  void openedAgainItGoesOn() {
    Journal journal = new MemoryJournal();
    Study unbroken = study();
    for (int i = 0; i < 20; i++) {
      ToDoubleFunction<Trial> loss = t -> Math.abs(t.point().get(0) - 0.3) + 1.0 / t.steps().orElse(18);
      assertThat(step(open(journal), loss)).isEqualTo(step(unbroken, loss));
    }
    assertThat(open(journal).trials()).isEqualTo(unbroken.trials());
  }

  @Test
  void rungsEndAtTheWholeLengthAndOneRungIsAWholeTraining() {
    long[] steps = new long[4];
    Study study = Study.open(new MemoryJournal(), "s", SPACE, new RandomStrategy(), new Promotion(10, 2, 100), "random", 1);
    while (at(study, 100) == 0) {
      step(study, t -> t.number());
    }
    Arrays.setAll(steps, i -> at(study, List.of(12L, 25L, 50L, 100L).get(i)));
    assertThat(steps).containsExactly(8, 4, 2, 1);
    assertThat(new Promotion(10, 3, 20).next(List.of())).isEqualTo(new Assignment(OptionalInt.empty(), OptionalLong.of(20), true));
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new Promotion(0, 3, 9)).hasMessage("the shortest training has 1 step or more and 9 at most, the whole one; got 0");
    assertThatThrownBy(() -> new Promotion(10, 3, 9)).hasMessageContaining("got 10");
    assertThatThrownBy(() -> new Promotion(1, 1, 9)).hasMessage("eta, of which one is promoted, is 2 or more, got 1");
  }
}
