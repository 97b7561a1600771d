package proxima.tune;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import proxima.cli.InputException;
import proxima.space.Configuration;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.Value;
import proxima.strategy.Portfolio;
import proxima.study.Checksum;
import proxima.study.Journal;
import proxima.study.StoredStudy;
import proxima.study.Study;
import proxima.study.Trial;

/// A study of trainings that are known from the start: its one parameter is a training's place in the list.
final class JobList {

  private static final String INDEX = "index";
  private static final String LABEL = "list";

  private JobList() {}

  /// The study of the trainings 0 to count - 1, in their order.
  static Study open(Journal journal, String name, int count, long seed) {
    return open(journal, name, count, seed, LABEL);
  }

  /// The same of trainings of these configurations, which the study names by a digest: their losses are known by place alone.
  /// @throws InputException if what is stored are losses of others
  static Study open(Journal journal, String name, int count, long seed, List<Configuration> trained) {
    String label = LABEL + " " + HexFormat.of().toHexDigits(Checksum.of(trained.toString()));
    String stored = Study.stored(journal, name).map(StoredStudy::strategy).orElse(label);
    if (!stored.equals(label) && !stored.equals(LABEL)) {
      throw new InputException(
          "phase '" + name + "': losses of other settings are recorded than this program finds on the trials before, so that it is another than the one that began the run; go on with that one, or tune again");
    }
    // Studies of older programs have no digest.
    return open(journal, name, count, seed, stored);
  }

  private static Study open(Journal journal, String name, int count, long seed, String label) {
    // One value more than there are trainings: an integer parameter has two or more.
    SearchSpace space = SearchSpace.of(Parameter.integer(INDEX, 0, count));
    List<Point> points = IntStream.range(0, count).mapToObj(i -> space.encode(new Configuration(Map.of(INDEX, new Value.Whole(i))))).toList();
    return Study.open(journal, name, space, new Portfolio(points), label, seed);
  }

  static int index(Trial trial) {
    return (int) trial.configuration().integer(INDEX);
  }
}
