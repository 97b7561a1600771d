package proxima.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import proxima.space.Configuration;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;

/// Trials with reports, for tests of early stopping.
final class Courses {

  private Courses() {}

  /// A pending trial with these losses at steps 1, 2, 3 and so on.
  static TrialResult trial(int number, double... losses) {
    List<CurvePoint> reports = IntStream.range(0, losses.length).mapToObj(i -> new CurvePoint(i + 1, losses[i])).toList();
    return new TrialResult(number, Point.of(0.5), new Configuration(Map.of()), true, Assignment.NEW, Optional.empty(), reports, OptionalLong.empty());
  }
}
