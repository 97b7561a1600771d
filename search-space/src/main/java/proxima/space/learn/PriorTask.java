package proxima.space.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.space.Point;

/// An earlier tuning task, its trials as points of the space that is to be searched.
///
/// @param name unique among the tasks it is learned from together
/// @param points of the trials that finished or diverged
/// @param losses one a point, positive infinity where the trial diverged
/// @param unknown names of the space's parameters that the task did not have: the coordinates of these say nothing
/// @param notes what else was lost or changed in the translation, a line each
public record PriorTask(String name, List<Point> points, List<Double> losses, Set<String> unknown, List<String> notes) {

  public PriorTask {
    points = List.copyOf(points);
    losses = List.copyOf(losses);
    unknown = Set.copyOf(unknown);
    notes = List.copyOf(notes);
    if (points.size() != losses.size()) {
      throw new IllegalArgumentException("each point has a loss, got " + points.size() + " points and " + losses.size() + " losses");
    }
    if (losses.stream().anyMatch(l -> Double.isNaN(l) || l == Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException("task '" + name + "': a loss is finite, or infinite where the trial diverged, got " + losses);
    }
  }

  /// With all parameters of the space.
  public PriorTask(String name, List<Point> points, List<Double> losses) {
    this(name, points, losses, Set.of(), List.of());
  }

  /// The points of its `top` lowest finite losses, best first; each point once.
  public List<Point> best(int top) {
    List<Point> best = new ArrayList<>();
    IntStream.range(0, points.size())
        .boxed()
        .filter(i -> Double.isFinite(losses.get(i)))
        .sorted(Comparator.comparingDouble(losses::get))
        .map(points::get)
        .distinct()
        .limit(top)
        .forEach(best::add);
    return best;
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

  /// How many of its trials finished.
  public int finished() {
    return (int) losses.stream().filter(Double::isFinite).count();
  }

  /// How many diverged.
  public int diverged() {
    return losses.size() - finished();
  }
}
