package proxima.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.space.Point;
import proxima.space.learn.PooledRegression;
import proxima.space.learn.PriorTasks;

/// A strategy whose first suggestion is one of the best points of prior tasks, that where a regression over all of them expects the lowest loss.
///
/// @param prior one task at least
/// @param then whose all other suggestions are
public record Experienced(PriorTasks prior, Strategy then) implements Strategy {

  @Override
  public Point suggest(Knowledge knowledge) {
    return (knowledge.asked() == 0 ? best(knowledge) : Optional.<Point>empty()).orElseGet(() -> then.suggest(knowledge));
  }

  /// Empty where all are known, or lie outside of the region.
  private Optional<Point> best(Knowledge knowledge) {
    PriorMean.check(prior.space(), knowledge);
    var cells = new Cells(knowledge.space());
    List<Point> best = PriorMean.best(prior.tasks(), new Seen(knowledge, cells), cells);
    double[] expected = PooledRegression.of(prior.space(), prior.tasks()).at(best);
    return IntStream.range(0, best.size()).boxed().min(Comparator.comparingDouble(i -> expected[i])).map(best::get);
  }
}
