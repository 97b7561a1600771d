package proxima.strategy;

import java.util.List;
import java.util.random.RandomGenerator;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// All that is known when a point is asked for.
///
/// @param seed the study's seed
/// @param evaluations in the order of their trial numbers
public record Knowledge(SearchSpace space, long seed, List<Evaluation> evaluations) {

  public Knowledge {
    evaluations = List.copyOf(evaluations);
  }

  /// How many points have been asked for so far: the index, from 0, of the point to suggest.
  public int asked() {
    return (int) evaluations.stream().filter(Evaluation::asked).count();
  }

  /// How many trials have an outcome that says something of their configuration.
  public int informative() {
    return (int) evaluations.stream().flatMap(e -> e.outcome().stream()).filter(o -> !(o instanceof Outcome.Failed)).count();
  }

  /// How many trials are being tried whose outcome is to come.
  int pending() {
    return (int) evaluations.stream().filter(e -> e.outcome().isEmpty()).count();
  }

  /// The candidates that the space's region contains; all of them where it contains none.
  List<Point> inside(List<Point> candidates) {
    List<Point> inside = candidates.stream().filter(space::contains).toList();
    return inside.isEmpty() ? candidates : inside;
  }

  /// Randomness for this suggestion: a function of the seed and of `asked()` alone.
  public RandomGenerator random() {
    return Seeds.random(seed, asked());
  }
}
