package proxima.bench;

import proxima.cli.Version;
import proxima.space.Outcome;
import proxima.space.Point;

/// One run of a contender on a task.
interface Player extends AutoCloseable {

  /// What plays, with its versions.
  default String version() {
    return "proxima " + Version.PROXIMA;
  }

  /// The next point to try, while others may be tried: one of the task's rows that was not asked for or told yet, where it has rows.
  /// @throws ContenderException if it can not go on.
  Point ask() throws InterruptedException;

  /// What came of a point, asked for or not; in any order.
  /// @throws ContenderException if it can not go on.
  void tell(Point x, Outcome outcome) throws InterruptedException;

  @Override
  default void close() {}
}
