package proxima.tune;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.strategy.Portfolio;
import proxima.study.Journal;
import proxima.study.Study;
import proxima.study.Trial;

/// A study of trainings that are known from the start: its one parameter is a training's place in the list.
final class JobList {

  private static final String INDEX = "index";

  private JobList() {}

  /// The study of the trainings 0 to count - 1, in their order.
  static Study open(Journal journal, String name, int count, long seed) {
    // One value more than there are trainings: an integer parameter has two or more.
    SearchSpace space = SearchSpace.of(Parameter.integer(INDEX, 0, count));
    List<Point> points = IntStream.range(0, count).mapToObj(i -> space.encode(new Configuration(Map.of(INDEX, new Value.Whole(i))))).toList();
    return Study.open(journal, name, space, new Portfolio(points), "list", seed);
  }

  static int index(Trial trial) {
    return (int) trial.configuration().integer(INDEX);
  }
}
