package proxima.space.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;

class StoppedTrialsTest {

  private static final SearchSpace SPACE = SearchSpace.of(Parameter.real("x", 0, 1));

  private static TaskHistory.Entry entry(double x, Outcome outcome) {
    return new TaskHistory.Entry(new Configuration(Map.of("x", new Value.Real(x))), outcome, 0);
  }

  /// Of different configurations.
  private static TaskHistory history(Outcome... outcomes) {
    List<TaskHistory.Entry> entries = new ArrayList<>();
    Arrays.stream(outcomes).forEach(o -> entries.add(entry(entries.size() / 100.0, o)));
    return new TaskHistory("t", SPACE, Map.of(), entries);
  }

  private static Outcome stopped(long step, double loss) {
    return new Outcome.Stopped(step, loss, List.of());
  }

  /// With these losses at the steps 1, 2 and so on.
  private static Outcome finished(double loss, double... curve) {
    return new Outcome.Finished(loss, IntStream.range(0, curve.length).mapToObj(i -> new Outcome.CurvePoint(i + 1L, curve[i])).toList());
  }

  private static PriorTask task(TaskHistory history) {
    return PriorTasks.of(SPACE, List.of(history)).tasks().getFirst();
  }

  /// Indices of the trials, the best first.
  private static List<Integer> order(PriorTask task) {
    return IntStream.range(0, task.losses().size()).boxed().sorted(Comparator.comparingDouble(task.losses()::get)).toList();
  }

  @Test
  void withoutCurvesStoppedTrialsAreBehindAllThatFinishedAndTheEarlierStoppedTheWorse() {
    PriorTask task = task(history(stopped(1, 0.5), finished(3), new Outcome.Diverged(9), stopped(2, 9), finished(1), stopped(2, 7)));
    assertThat(order(task)).containsExactly(4, 1, 5, 3, 0, 2);
    assertThat(task.losses().get(0)).isCloseTo(3, within(1e-12));
    assertThat(task.finished()).isEqualTo(2);
    assertThat(task.diverged()).isEqualTo(1);
  }

  @Test
  void aTrialThatWasStoppedIsBehindThoseAloneThatWereAheadAtThatStep() {
    // At step 2 it was better than the third and the fourth, which ended with other losses.
    PriorTask task = task(history(finished(1, 5, 4), finished(2, 6, 5), finished(3, 9, 8), finished(4, 9, 9), stopped(2, 7)));
    assertThat(order(task)).containsExactly(0, 1, 4, 2, 3);
  }

  @Test
  void whatWasStoppedIsNeverAmongTheBest() {
    PriorTask task = task(history(finished(1, 5), finished(2, 6), stopped(1, 0)));
    assertThat(task.best(3)).containsExactly(task.points().get(0), task.points().get(1));
    assertThat(task.best(3, "x")).hasSize(2);
  }

  @Test
  void whereTheBestAreTrainedAnewForLongerEachCountsOnceAtItsLongestTraining() {
    List<TaskHistory.Entry> entries = List.of(
        entry(0.1, stopped(10, 3)), entry(0.2, stopped(10, 4.5)), entry(0.3, stopped(10, 5)), entry(0.4, stopped(10, 4)), entry(0.5, stopped(10, 0.5)), entry(0.1, stopped(30, 8)), entry(0.2, stopped(30, 9)),
        entry(0.5, new Outcome.Diverged(12)), entry(0.1, finished(7, 1)), entry(0.9, finished(6, 1)), entry(0.8, new Outcome.Diverged(3)));
    PriorTask task = task(new TaskHistory("t", SPACE, Map.of(), entries));
    // Losses of other lengths do not compare: 0.2, promoted before 0.4 came, is behind those that finished, and 0.4 and 0.3 are behind it.
    List<Integer> order = order(task);
    assertThat(order.stream().map(task.points()::get).map(x -> x.get(0)).limit(5)).containsExactly(0.9, 0.1, 0.2, 0.4, 0.3);
    assertThat(order.stream().skip(5).map(task.points()::get).map(x -> x.get(0))).containsExactlyInAnyOrder(0.5, 0.8);
    assertThat(task.losses().stream().filter(Double::isFinite)).allSatisfy(l -> assertThat(l).isBetween(6.0, 7 + 1e-12)).doesNotHaveDuplicates();
    assertThat(task.finished()).isEqualTo(2);
    assertThat(task.diverged()).isEqualTo(2);
    assertThat(task.notes())
        .containsExactly(
            "3 of 11 trials were not promoted to the whole length, and count as worse than all that were trained for longer",
            "4 of 11 trials left out, as their configurations were trained anew for longer");
  }

  @Test
  void whereNoneFinishedNothingIsKnown() {
    assertThat(PriorTasks.of(SPACE, List.of(history(stopped(1, 1), stopped(2, 2)))).leftOut())
        .containsExactly(new PriorTasks.LeftOut("t", "it has no trials that finished or diverged"));
  }

  @Test
  void theLargestLossIsNoReasonToCountAsDiverged() {
    assertThat(task(history(finished(1), finished(Double.MAX_VALUE), stopped(1, 1), stopped(2, 1))).diverged()).isZero();
  }
}
