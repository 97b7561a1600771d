package proxima.strategy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.gp.Threads;
import proxima.gp.Warp;
import proxima.space.Outcome;
import proxima.space.Point;

/// Which of the points tried to believe in. By posterior mean, since the lowest of many noisy losses is a lucky one.
///
/// @param index into the evaluations
/// @param mean the loss at the posterior mean, which is taken on the scale of the model's targets, within the range of the losses told; empty where trials were stopped early, as the model
///     is of their places among others then
public record Recommendation(int index, OptionalDouble mean) {

  /// Indices into the evaluations of at most k finished trials at different points, the lowest posterior mean first. Empty where none has finished.
  public static List<Integer> best(Knowledge knowledge, int k) {
    return of(knowledge, k, Threads.available()).stream().map(Recommendation::index).toList();
  }

  /// The same with what is believed of each. It does not depend on the number of threads.
  public static List<Recommendation> of(Knowledge knowledge, int k, Threads threads) {
    var cells = new Cells(knowledge.space());
    Observations told = Observations.of(Excerpt.of(knowledge), cells);
    var models = new Models(GpOptions.of(knowledge.space()), threads, Optional.empty());
    Optional<Model> model = models.of(told, knowledge.seed(), 0, List.of());
    if (model.isEmpty()) {
      return List.of();
    }
    List<Evaluation> evaluations = knowledge.evaluations();
    List<Point> points = evaluations.stream().map(e -> cells.snap(e.point().toArray())).toList();
    // What the model was not told of it does not know to be bad.
    Set<Point> known = new HashSet<>(told.points());
    double[] means = model.get().means(points);
    Optional<Warp> warp = told.rungs().courses().isEmpty() ? Optional.of(models.warp(told, knowledge.seed())) : Optional.empty();
    Set<Point> taken = new HashSet<>();
    return IntStream.range(0, points.size())
        .filter(i -> evaluations.get(i).outcome().filter(o -> o instanceof Outcome.Finished).isPresent() && known.contains(points.get(i)))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> means[i]))
        .filter(i -> taken.add(Cells.key(points.get(i))))
        .limit(k)
        .map(i -> new Recommendation(i, warp.map(w -> OptionalDouble.of(w.invert(means[i]))).orElse(OptionalDouble.empty())))
        .toList();
  }
}
