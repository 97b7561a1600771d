package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// What every journal keeps to.
public abstract class JournalContract {

  static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.log("learningRate", 1e-4, 1e-1),
          Parameter.integer("layers", 1, 4),
          Parameter.logInteger("width", 16, 256),
          Parameter.categorical("activation", "gelu", "it's \"odd\", \u00e9\n"),
          Parameter.real("ratio", -2.0 / 3, 4).when("activation", "gelu"));

  /// Each kind once, with the numbers and letters that a text form loses first.
  public static final List<StudyEvent> EVENTS =
      List.of(
          new StudyEvent.Created("a \"study\"", SPACE, Long.MIN_VALUE + 1, "gp 1"),
          new StudyEvent.Asked(0, Point.of(0, 1, 0.1, 1.0 / 3, Double.MIN_VALUE, Math.nextDown(1.0)), Assignment.NEW),
          new StudyEvent.Reported(0, 10, 0.1 + 0.2, Decision.CONTINUE),
          new StudyEvent.Reported(0, Long.MAX_VALUE, Double.NaN, Decision.STOP),
          new StudyEvent.Reported(0, 12, Double.NEGATIVE_INFINITY, Decision.STOP),
          new StudyEvent.Told(0, new Outcome.Finished(-1.0 / 3, List.of(new CurvePoint(1, 2.5), new CurvePoint(2, Double.NaN)))),
          new StudyEvent.Asked(1, Point.centre(6), Assignment.NEW),
          new StudyEvent.Told(1, new Outcome.Diverged(Long.MAX_VALUE)),
          new StudyEvent.Asked(2, Point.centre(6), Assignment.NEW),
          new StudyEvent.Told(2, new Outcome.Failed("no space left on \u00fcber's machine\n\tat line 2")),
          new StudyEvent.Asked(3, Point.centre(6), Assignment.NEW),
          new StudyEvent.Told(3, new Outcome.Stopped(Long.MAX_VALUE, 1.0 / 3, List.of(new CurvePoint(Long.MAX_VALUE, 1.0 / 3)))),
          new StudyEvent.Asked(4, Point.centre(6), new Assignment(OptionalInt.of(3), OptionalLong.of(Long.MAX_VALUE), false)),
          new StudyEvent.Asked(5, Point.centre(6), new Assignment(OptionalInt.empty(), OptionalLong.of(1), true), OptionalInt.of(3)),
          new StudyEvent.Added(6, Point.centre(6), new Outcome.Finished(Double.MAX_VALUE, 1.0 / 3, List.of())));

  protected abstract Journal open();

  @Test
  void readsWhatWasAppended() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS);
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS);
    }
  }

  @Test
  void readsFromASequenceNumberOn() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS);
      for (int from = 0; from <= EVENTS.size() + 1; from++) {
        assertThat(journal.read("s", from)).isEqualTo(EVENTS.subList(Math.min(from, EVENTS.size()), EVENTS.size()));
      }
    }
  }

  @Test
  void appendsOnlyAtTheEnd() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS.subList(0, 3));
      for (int expected = 0; expected < 3; expected++) {
        assertThat(journal.append("s", expected, EVENTS.get(3))).isFalse();
      }
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS.subList(0, 3));
    }
  }

  @Test
  void leavesNoGaps() {
    try (Journal journal = open()) {
      assertThatThrownBy(() -> journal.append("s", 1, EVENTS.getFirst())).isInstanceOf(IllegalArgumentException.class).hasMessage("study 's' holds 0 events, not 1");
      assertThat(journal.read("s", 0)).isEmpty();
    }
  }

  @Test
  void appendsWhatFollowsFromAllEvents() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS.subList(0, 3));
      List<StudyEvent> seen = new ArrayList<>();
      Optional<StudyEvent> appended = journal.append("s", 1, others -> {
        seen.addAll(others);
        return Optional.of(EVENTS.get(1 + seen.size()));
      });
      assertThat(seen).isEqualTo(EVENTS.subList(1, 3));
      assertThat(appended).contains(EVENTS.get(3));
      assertThat(journal.append("s", 4, _ -> Optional.empty())).isEmpty();
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS.subList(0, 4));
      assertThatThrownBy(() -> journal.append("s", 6, _ -> Optional.of(EVENTS.get(4)))).isInstanceOf(IllegalArgumentException.class).hasMessage("study 's' holds 4 events, not 6");
    }
  }

  @Test
  void aCallerThatThrowsAppendsNothing() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS.subList(0, 2));
      assertThatThrownBy(() -> journal.append("s", 0, _ -> {
        throw new IllegalStateException("no");
      })).isInstanceOf(IllegalStateException.class).hasMessage("no");
      append(journal, "t", EVENTS.subList(0, 1));
      assertThat(journal.append("s", 2, EVENTS.get(2))).isTrue();
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS.subList(0, 3));
    }
  }

  @Test
  void keepsStudiesApart() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS);
      append(journal, "S'; drop table event; --", EVENTS.subList(0, 2));
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS);
      assertThat(journal.read("S'; drop table event; --", 0)).isEqualTo(EVENTS.subList(0, 2));
      assertThat(journal.read("t", 0)).isEmpty();
    }
  }

  @Test
  void losesNoEventOfThreadsThatAppendAtOnce() throws Exception {
    int threads = 4;
    int each = 50;
    try (Journal journal = open();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int trial = t;
        writers.add(pool.submit(() -> {
          AtomicInteger seen = new AtomicInteger();
          for (int i = 0; i < each; i++) {
            StudyEvent event = new StudyEvent.Reported(trial, i, 0, Decision.CONTINUE);
            journal.append("s", seen.get(), others -> {
              seen.addAndGet(others.size());
              return Optional.of(event);
            });
            seen.incrementAndGet();
          }
        }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      List<StudyEvent> events = journal.read("s", 0);
      assertThat(events).hasSize(threads * each);
      for (int t = 0; t < threads; t++) {
        int trial = t;
        assertThat(events.stream().map(e -> (StudyEvent.Reported) e).filter(e -> e.trial() == trial).map(StudyEvent.Reported::step))
            .hasSize(each)
            .isSorted();
      }
    }
  }

  public static void append(Journal journal, String study, List<StudyEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(journal.append(study, i, events.get(i))).isTrue();
    }
  }
}
