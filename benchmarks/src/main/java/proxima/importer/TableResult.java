package proxima.importer;

/// What came of a task.
sealed interface TableResult {

  String task();

  /// In one line.
  String text();

  /// A table was written.
  ///
  /// @param diverged rows without a loss
  /// @param leftOut rows of the source that are not in the table
  record Written(String task, long rows, long diverged, LeftOutRows leftOut) implements TableResult {
    @Override
    public String text() {
      return task + ": " + rows + (rows == 1 ? " row" : " rows") + (diverged == 0 ? "" : ", " + diverged + " diverged") + leftOut.text();
    }
  }

  /// It can be no table.
  record LeftOut(String task, String why) implements TableResult {
    @Override
    public String text() {
      return task + ": left out: " + why;
    }
  }
}
