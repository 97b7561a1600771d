package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import proxima.space.Point;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// That a journal is what a study would have written.
public final class Replays {

  private Replays() {}

  /// Every asked point is what the strategy suggests from the events that it knew.
  public static void check(List<StudyEvent> events, Strategy strategy) {
    List<StudyState> states = new ArrayList<>(List.of(StudyState.of((StudyEvent.Created) events.getFirst())));
    for (StudyEvent event : events.subList(1, events.size())) {
      if (event instanceof StudyEvent.Asked(int trial, Point point, _, var before)) {
        Knowledge known = states.get(before.orElse(states.size()) - 1).knowledge();
        assertThat(point).as("trial %d", trial).isEqualTo(known.space().snap(strategy.suggest(known)));
      }
      states.add(states.getLast().apply(event));
    }
  }
}
