package proxima.bench;

/// A method that is compared.
interface Contender {

  /// Unique in a suite.
  String name();

  /// A fresh start on a task. All randomness comes from the seed.
  /// @param initial so many points are told first that the comparison chose
  Player start(Task task, int initial, long seed);
}
