package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.SearchSpace;
import proxima.strategy.RandomStrategy;

class SqliteJournalTest extends JournalContract {

  @TempDir Path directory;

  @Override
  protected Journal open() {
    return SqliteJournal.open(file());
  }

  private Path file() {
    return directory.resolve("it's 100% a journal?x=1#é.db");
  }

  @Test
  void keepsEventsWhenOpenedAgain() {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS);
    }
    try (Journal journal = open()) {
      assertThat(journal.read("s", 0)).isEqualTo(EVENTS);
    }
    assertThat(file()).exists();
  }

  /// The way of one on a read-only file system, for which a test would need to be another user than root.
  @Test
  void aCopyHasWhatIsStillInTheWriteAheadLog() throws IOException {
    try (Journal journal = open()) {
      append(journal, "s", EVENTS);
      byte[] before = Files.readAllBytes(file());
      try (Journal copy = SqliteJournal.open(SqliteCopy.of(file()))) {
        assertThat(copy.read("s", 0)).isEqualTo(EVENTS);
        append(copy, "t", EVENTS);
      }
      assertThat(journal.read("t", 0)).isEmpty();
      assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }
  }

  @Test
  void aFileThatIsDeletedOrReplacedUnderItsProcessIsOneLine() throws IOException {
    String line = "journal " + file() + " was deleted or replaced while it was worked on; put it back, or begin anew";
    try (Journal journal = open()) {
      append(journal, "s", EVENTS.subList(0, 2));
      Files.delete(file());
      assertThatThrownBy(() -> journal.append("s", 2, EVENTS.get(2))).isInstanceOf(JournalException.class).hasMessage(line);
      open().close();
      assertThatThrownBy(() -> journal.read("s", 0)).isInstanceOf(JournalException.class).hasMessage(line);
    }
  }

  @Test
  void aStudyThatIsDeletedUnderItsProcessIsOneLine() throws SQLException {
    try (Journal journal = open();
        Study study = Study.open(journal, "s", SearchSpace.of(Parameter.real("x", 0, 1)), new RandomStrategy(), "random", 1)) {
      int trial = study.ask().number();
      try (Connection c = DriverManager.getConnection("jdbc:sqlite:file:" + file().toUri().getRawPath());
          Statement sql = c.createStatement()) {
        sql.execute("DELETE FROM event WHERE study = 's'");
      }
      assertThatThrownBy(() -> study.tell(trial, Outcome.of(1))).isInstanceOf(JournalException.class)
          .hasMessage("study 's' was deleted, or replaced by an older copy, while it was worked on (study 's' holds 0 events, not 2); restore its journal from a copy, or open it again to go on with what is there");
    }
  }

  @Test
  void aCopyOfWhatIsNoJournalNamesTheFileThatWasAskedFor() throws IOException {
    Files.writeString(file(), "x".repeat(5000));
    assertThatThrownBy(() -> SqliteJournal.open(SqliteCopy.of(file()))).isInstanceOf(JournalException.class).hasMessageContaining(file() + " is not a SQLite database");
  }
}
