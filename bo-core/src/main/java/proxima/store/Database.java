package proxima.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A database, one thread at a time. Its errors are `JournalException`s of one line.
interface Database extends AutoCloseable {

  /// Statements that may be done twice: the answer to the first can be lost with its connection.
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T run(Work<T> work);

  /// Does a statement.
  /// @param values of its parameters
  /// @return how many rows it changed
  default int update(String text, Object... values) {
    return run(c -> {
      try (PreparedStatement sql = c.prepareStatement(text)) {
        for (int i = 0; i < values.length; i++) {
          sql.setObject(i + 1, values[i]);
        }
        return sql.executeUpdate();
      }
    });
  }

  @Override
  void close();
}
