package proxima.bench;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proxima.bench.result.OutOfBag;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.learn.PriorTasks;

/// A problem to minimize of which the answer is known.
interface Task {

  SearchSpace space();

  /// How a trial is answered, in a few words.
  String kind();

  /// How well a trial is answered, where a model of a table answers it.
  default Optional<OutOfBag> outOfBag() {
    return Optional.empty();
  }

  /// What is known of other tasks; empty where nothing is.
  default Optional<PriorTasks> prior() {
    return Optional.empty();
  }

  /// The only points that can be tried; empty where any point of the cube can.
  List<Point> rows();

  /// What a trial at x reports.
  Outcome observe(Point x, RandomGenerator noise);

  /// The loss at x without noise; infinite where a trial diverges.
  double value(Point x);

  /// The lowest value there is.
  double best();

  /// The median of the values that are finite, over the rows or the cube.
  double median();

  /// (value - best) / (median - best): 0 is the best there is, 1 what half of all points reach.
  default double regret(double value) {
    return (value - best()) / (median() - best());
  }
}
