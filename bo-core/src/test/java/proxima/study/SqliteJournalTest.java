package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

  @TempDir Path directory;

  @Override
  Journal open() {
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
}
