package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.store.Leases.Turn;
import proxima.study.Journal;
import proxima.study.JournalContract;
import proxima.study.SqliteJournal;

class SqliteStoreTest {

  @TempDir private Path folder;

  private String fresh() {
    return folder.resolve(UUID.randomUUID() + ".db").toString();
  }

  @Nested
  class AsAJournal extends JournalContract {
    @Override
    protected Journal open() {
      return Store.open(fresh());
    }
  }

  @Nested
  class AsAStore extends StoreContract {
    @Override
    String name() {
      return fresh();
    }

    @Override
    void endLeases(String name) {
      try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + name);
          Statement sql = c.createStatement()) {
        sql.execute("UPDATE lease SET ends = ends - 3600");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Whoever is suspended keeps the file locked.
  @Test
  void aTurnThatDoesNotComeIsNotWaitedForLong() throws InterruptedException {
    Path file = folder.resolve("x.db");
    try (FileTurns suspended = new FileTurns(file);
        FileTurns other = new FileTurns(file, Duration.ofMillis(100));
        Turn _ = suspended.take("s")) {
      other.take("s").close();
      other.take("t").close();
    }
  }

  @Test
  void aJournalBecomesAStoreAndStaysAJournal() {
    Path file = Path.of(fresh());
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      JournalContract.append(journal, "s", JournalContract.EVENTS);
    }
    try (Store store = Store.open(file.toString())) {
      assertThat(store.read("s", 0)).isEqualTo(JournalContract.EVENTS);
      assertThat(store.runs().describe("r", "text")).isTrue();
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.read("s", 0)).isEqualTo(JournalContract.EVENTS);
    }
  }
}
