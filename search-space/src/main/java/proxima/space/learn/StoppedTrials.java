package proxima.space.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.TaskHistory;

/// What trials that were stopped early count as among those of their task that finished.
///
/// Others were better by then, so that each counts as worse than all that finished but those which, by their curves, were no better at the step where it was stopped. Of several in one place the one
/// that was stopped earlier is worse, and of one step that with the higher loss; all are better than what diverged. Losses in one place are doubles next to each other: ranks tell
/// them apart, and values do not.
///
/// Where configurations are trained anew for each length, as where the best are promoted, each counts once, at its longest training, and as worse than all that were trained for longer: its loss
/// says where it stands among those of that length alone.
final class StoppedTrials {

  /// Of one place the one that was trained for longer.
  private static final Comparator<Stop> BEST_FIRST =
      Comparator.comparingInt(Stop::place).thenComparing(Comparator.<Stop>comparingLong(s -> s.outcome.step()).reversed()).thenComparingDouble(s -> s.outcome.loss());

  private StoppedTrials() {}

  /// A loss for each trial that was stopped, by its place in the history; none where no trial finished, nor of those whose configurations were trained anew for longer, or diverged.
  static Map<Integer, Double> losses(TaskHistory history) {
    List<Outcome.Finished> finished =
        history.entries().stream().filter(e -> e.outcome() instanceof Outcome.Finished).map(e -> (Outcome.Finished) e.outcome()).sorted(Comparator.comparingDouble(Outcome.Finished::loss)).toList();
    Map<Integer, Double> losses = new HashMap<>();
    if (finished.isEmpty()) {
      return losses;
    }
    double last = Double.NEGATIVE_INFINITY;
    List<Stop> stops = isTrainedAnew(history) ? longest(history, finished.size() - 1) : stops(history, finished);
    for (Stop stop : stops.stream().sorted(BEST_FIRST).toList()) {
      last = Math.min(Math.nextUp(Math.max(finished.get(stop.place).loss(), last)), Double.MAX_VALUE);
      losses.put(stop.trial, last);
    }
    return losses;
  }

  /// @param place among those that finished, of the best one that it is worse than
  private record Stop(int trial, int place, Outcome.Stopped outcome) {}

  /// The longest training of each configuration that neither finished nor diverged, and of equally long ones the best.
  private static List<Stop> longest(TaskHistory history, int last) {
    Set<Configuration> ended = history.entries().stream()
        .filter(e -> e.outcome() instanceof Outcome.Finished || e.outcome() instanceof Outcome.Diverged)
        .map(TaskHistory.Entry::configuration)
        .collect(Collectors.toSet());
    Map<Configuration, Stop> longest = new LinkedHashMap<>();
    for (int i = 0; i < history.entries().size(); i++) {
      TaskHistory.Entry e = history.entries().get(i);
      if (e.outcome() instanceof Outcome.Stopped s && !ended.contains(e.configuration())) {
        longest.merge(e.configuration(), new Stop(i, last, s), (a, b) -> BEST_FIRST.compare(a, b) <= 0 ? a : b);
      }
    }
    return List.copyOf(longest.values());
  }

  private static List<Stop> stops(TaskHistory history, List<Outcome.Finished> finished) {
    List<Stop> stops = new ArrayList<>();
    for (int i = 0; i < history.entries().size(); i++) {
      if (history.entries().get(i).outcome() instanceof Outcome.Stopped s) {
        long better = finished.stream().filter(f -> isBetter(f, s)).count();
        stops.add(new Stop(i, (int) Math.max(0, better - 1), s));
      }
    }
    return stops;
  }

  /// Whether it was better at the step where the other was stopped; also where nothing is known of it there.
  private static boolean isBetter(Outcome.Finished finished, Outcome.Stopped stopped) {
    OptionalDouble there = finished.curve().stream().filter(p -> p.step() <= stopped.step()).mapToDouble(Outcome.CurvePoint::loss).reduce((_, later) -> later);
    return there.isEmpty() || there.getAsDouble() < stopped.loss();
  }

  /// Whether configurations are trained from the start again for each length, as where the best are promoted: then half of those that finished, or more, were stopped before. A short training is
  /// a whole one of its length, and its loss says nothing of those of another.
  static boolean isTrainedAnew(TaskHistory history) {
    Set<Configuration> finished = new HashSet<>();
    Set<Configuration> stopped = new HashSet<>();
    for (TaskHistory.Entry e : history.entries()) {
      switch (e.outcome()) {
        case Outcome.Finished _ -> finished.add(e.configuration());
        case Outcome.Stopped _ -> stopped.add(e.configuration());
        case Outcome.Diverged _, Outcome.Failed _ -> {}
      }
    }
    long both = finished.stream().filter(stopped::contains).count();
    return both > 0 && 2 * both >= finished.size();
  }
}
