package proxima.bench;

import java.util.Optional;

/// A method that is compared.
interface Contender {

  /// Unique in a suite.
  String name();

  /// What it lacks to play here, and how to mend it; empty where it can play.
  default Optional<String> lacks() {
    return Optional.empty();
  }

  /// Whether it chooses its first points itself, by what is known of prior tasks, and plays only tasks that have some.
  default boolean learns() {
    return false;
  }

  /// Whether it chooses among a task's rows itself. Else the row nearest to its suggestion that was not tried yet stands for it.
  default boolean chooses(Task task) {
    return false;
  }

  /// A fresh start on a task. All randomness comes from the seed.
  /// @param initial so many points are told first that the comparison chose; 0 where it learns
  /// @param workers so many points are tried at once at most
  /// @throws ContenderException if it can not start.
  Player start(Task task, int initial, int workers, long seed) throws InterruptedException;
}
