package proxima.record;

import java.util.List;
import proxima.space.SearchSpace;

/// A part of a table's rows.
interface Phase {

  /// Its name in the table.
  String name();

  /// How many rows.
  int size();

  /// How many of them are designed together.
  int round();

  /// The rows number `done` to `done + n - 1` of this phase.
  ///
  /// @param known all rows of the table up to there; the last `done` are this phase's
  List<Trial> next(SearchSpace space, List<Row> known, int done, int n);
}
