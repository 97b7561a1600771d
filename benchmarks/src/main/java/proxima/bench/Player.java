package proxima.bench;

import proxima.space.Outcome;
import proxima.space.Point;

/// One run of a contender on a task.
interface Player extends AutoCloseable {

  /// The next point to try: one of the task's rows that was not tried yet, where it has rows.
  Point ask();

  /// What came of a point, asked for or not.
  void tell(Point x, Outcome outcome);

  @Override
  default void close() {}
}
