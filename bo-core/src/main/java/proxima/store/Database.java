package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// A database, one thread at a time. Its errors are `JournalException`s of one line.
interface Database extends AutoCloseable {

  /// Statements that may be done twice: the answer to the first can be lost with its connection.
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T run(Work<T> work);

  /// The same of work that may be left undone: empty where the database is away, which is not waited for.
  <T> Optional<T> runNow(Work<T> work);

  /// Does a statement.
  /// @param values of its parameters
  /// @return how many rows it changed
  default int update(String text, Object... values) {
    return run(statement(text, values));
  }

  /// The same of a statement that may be left undone where the database is away.
  default void updateNow(String text, Object... values) {
    runNow(statement(text, values));
  }

  private static Work<Integer> statement(String text, Object... values) {
    return c -> {
      try (PreparedStatement sql = c.prepareStatement(text)) {
        for (int i = 0; i < values.length; i++) {
          sql.setObject(i + 1, values[i]);
        }
        return sql.executeUpdate();
      }
    };
  }

  @Override
  void close();
}
