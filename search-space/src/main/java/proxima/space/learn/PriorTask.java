package proxima.space.learn;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.space.Point;

/// An earlier tuning task, its trials as points of the space that is to be searched.
///
/// @param name unique among the tasks it is learned from together
/// @param points of the trials that finished, diverged or were stopped early
/// @param losses one a point, positive infinity where the trial diverged; of one that was stopped early what it counts as among the others
/// @param stopped indices of the trials that were stopped early
/// @param unknown names of the space's parameters that the task did not have: the coordinates of these say nothing
/// @param lacking by parameter that it did have, the choices of the space that this did not have
/// @param guessed one set a point: names of the parameters that are active there and of which the trial had no value, unknown ones among them
/// @param notes what else was lost or changed in the translation, a line each
public record PriorTask(String name, List<Point> points, List<Double> losses, Set<Integer> stopped, Set<String> unknown, Map<String, Set<String>> lacking, List<Set<String>> guessed, List<String> notes) {

  public PriorTask {
    points = List.copyOf(points);
    losses = List.copyOf(losses);
    stopped = Set.copyOf(stopped);
    unknown = Set.copyOf(unknown);
    lacking = lacking.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    guessed = guessed.stream().map(Set::copyOf).toList();
    notes = List.copyOf(notes);
    if (points.size() != losses.size() || points.size() != guessed.size()) {
      throw new IllegalArgumentException("each point has a loss, got " + points.size() + " points, " + losses.size() + " losses and what is guessed of " + guessed.size());
    }
    if (losses.stream().anyMatch(l -> Double.isNaN(l) || l == Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException("task '" + name + "': a loss is finite, or infinite where the trial diverged, got " + losses);
    }
  }

  /// With all parameters of the space.
  public PriorTask(String name, List<Point> points, List<Double> losses) {
    this(name, points, losses, Set.of());
  }

  /// With all parameters of the space but the unknown ones, which are always active.
  public PriorTask(String name, List<Point> points, List<Double> losses, Set<String> unknown) {
    this(name, points, losses, Set.of(), unknown, Map.of(), Collections.nCopies(points.size(), unknown), List.of());
  }

  /// The same with one more line, before the others.
  public PriorTask noting(String line) {
    return new PriorTask(name, points, losses, stopped, unknown, lacking, guessed, Stream.concat(Stream.of(line), notes.stream()).toList());
  }

  /// The points of the `top` lowest losses of trials that finished, best first; each point once.
  public List<Point> best(int top) {
    return trials(top).map(points::get).toList();
  }

  /// Those of its `top` best points of which it is known what the parameter was, or that it was not active.
  public List<Point> best(int top, String parameter) {
    return trials(top).filter(i -> !guessed.get(i).contains(parameter)).map(points::get).toList();
  }

  /// Of a point that was tried more than once, the best trial.
  private Stream<Integer> trials(int top) {
    Set<Point> seen = new HashSet<>();
    return IntStream.range(0, points.size())
        .boxed()
        .filter(this::isFinished)
        .sorted(Comparator.comparingDouble(losses::get))
        .filter(i -> seen.add(points.get(i)))
        .limit(top);
  }

  /// Whether some trials had no value of a parameter where it is active.
  boolean guesses(String parameter) {
    return guessed.stream().anyMatch(g -> g.contains(parameter));
  }

  /// Whether none of its trials could have a choice of a parameter.
  boolean lacks(String parameter, String choice) {
    return unknown.contains(parameter) || lacking.getOrDefault(parameter, Set.of()).contains(choice);
  }

  /// Indices of at most so many of its trials, rising: all up to `most`; of more the best half as many, the best at least, and as many evenly over the others, from the first to the last.
  public int[] some(int most) {
    int n = losses.size();
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(losses::get)).mapToInt(Integer::intValue).toArray();
    int best = Math.max(1, most / 2);
    int[] rest = Arrays.stream(order, best, n).sorted().toArray();
    int others = most - best;
    return IntStream.concat(Arrays.stream(order, 0, best), IntStream.range(0, others).map(k -> rest[(int) ((long) k * rest.length / others)])).sorted().toArray();
  }

  private boolean isFinished(int trial) {
    return Double.isFinite(losses.get(trial)) && !stopped.contains(trial);
  }

  /// How many of its trials finished.
  public int finished() {
    return (int) IntStream.range(0, losses.size()).filter(this::isFinished).count();
  }

  /// How many diverged.
  public int diverged() {
    return losses.size() - finished() - stopped.size();
  }
}
