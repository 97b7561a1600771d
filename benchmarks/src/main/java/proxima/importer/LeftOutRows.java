package proxima.importer;

/// Rows that are no configuration of their space.
///
/// @param first why the first of them is not; empty where there is none
record LeftOutRows(long count, String first) {

  static final LeftOutRows NONE = new LeftOutRows(0, "");

  LeftOutRows and(String why) {
    return new LeftOutRows(count + 1, count == 0 ? why : first);
  }

  /// To stand at the end of a line.
  String text() {
    return count == 0 ? "" : "; " + (count == 1 ? "1 row" : count + " rows, the first") + " left out: " + first;
  }
}
