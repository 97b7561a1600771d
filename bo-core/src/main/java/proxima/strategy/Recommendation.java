package proxima.strategy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.gp.Threads;
import proxima.space.Outcome;
import proxima.space.Point;

/// Which of the points tried to believe in. By posterior mean, since the lowest of many noisy losses is a lucky one.
public final class Recommendation {

  private Recommendation() {}

  /// Indices into the evaluations of at most k finished trials at different points, the lowest posterior mean first. Empty where none has finished.
  public static List<Integer> best(Knowledge knowledge, int k) {
    var cells = new Cells(knowledge.space());
    Observations told = Observations.of(Excerpt.of(knowledge), cells);
    Optional<Model> model = new Models(GpOptions.of(knowledge.space()), Threads.available(), Optional.empty()).of(told, knowledge.seed(), 0, List.of());
    if (model.isEmpty()) {
      return List.of();
    }
    List<Evaluation> evaluations = knowledge.evaluations();
    List<Point> points = evaluations.stream().map(e -> cells.snap(e.point().toArray())).toList();
    // What the model was not told of it does not know to be bad.
    Set<Point> known = new HashSet<>(told.points());
    double[] means = model.get().means(points);
    Set<Point> taken = new HashSet<>();
    return IntStream.range(0, points.size())
        .filter(i -> evaluations.get(i).outcome().filter(o -> o instanceof Outcome.Finished).isPresent() && known.contains(points.get(i)))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> means[i]))
        .filter(i -> taken.add(Cells.key(points.get(i))))
        .limit(k)
        .toList();
  }
}
