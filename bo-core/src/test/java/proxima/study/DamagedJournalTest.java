package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxima.space.Outcome;

/// What a journal says of a file that it cannot use: one line, and the file is left as it was.
class DamagedJournalTest {

  // Trials: enough for a file of several pages.
  private static final int STORED = 70;

  @TempDir static Path stored;
  @TempDir Path directory;
  private Path file;

  @BeforeAll
  static void store() {
    try (SqliteJournal journal = SqliteJournal.open(stored.resolve("study.db"))) {
      Study study = StudyTest.open(journal);
      for (int i = 0; i < STORED; i++) {
        study.tell(study.ask().number(), Outcome.of(i));
      }
    }
  }

  @BeforeEach
  void copy() throws IOException {
    file = Files.copy(stored.resolve("study.db"), directory.resolve("study.db"));
  }

  @Test
  void aTextFileIsNoJournal() throws IOException {
    Files.writeString(file, "learningRate: 1e-3\n".repeat(100));
    refused("is not a SQLite database; give another path, or restore the file from a copy");
  }

  @Test
  void anotherProgramsDatabaseIsNoJournal() throws SQLException {
    Path other = directory.resolve("other.db");
    sql(other, "CREATE TABLE event (a)");
    file = other;
    refused("is a SQLite database of another program; give another path");
  }

  @Test
  void aNewerVersionIsNotRead() throws SQLException {
    sql(file, "PRAGMA user_version = 3");
    refused("has version 3, and this program reads versions up to 2; use the program that wrote it, or a newer one");
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(longs = {50, 4096, 5000, 8192, 12_000})
  void aTruncatedFileIsDamaged(long bytes) throws IOException {
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      assertThat(f.length()).isGreaterThan(bytes);
      f.setLength(bytes);
    }
    refused("is damaged");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anOverwrittenPageIsFound(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] noise = new byte[4096];
    random.nextBytes(noise);
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      f.seek(4096L * (1 + random.nextInt((int) (f.length() / 4096) - 1)));
      f.write(noise);
    }
    refused("is damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"version\":1,\"event\":\"as | it is no JSON: '{\"version\":1,\"event\":\"as'",
        "[] | a JSON object is needed, got '[]'",
        "{\"event\":\"asked\"} | the event needs the field 'version', got {\"event\":\"asked\"}",
        "{\"version\":3,\"event\":\"asked\"} | it has version 3, and this program reads versions 1 to 2; use the program that wrote it, or a newer one",
        "{\"version\":1,\"event\":\"forgot\"} | no event is called 'forgot'",
        "{\"version\":1,\"event\":\"asked\",\"trial\":3} | the event needs the field 'point', got {\"version\":1,\"event\":\"asked\",\"trial\":3}",
        "{\"version\":1,\"event\":\"asked\",\"trial\":3,\"point\":[0.1,2]} | coordinate 1 of a point lies in [0, 1], got 2.0",
        "{\"version\":1,\"event\":\"asked\",\"trial\":3.5,\"point\":[0.1]} | 'trial' of the event must be a whole number, got 3.5",
        "{\"version\":1,\"event\":\"told\",\"trial\":3,\"outcome\":{\"finished\":\"low\"}} | an outcome needs a number, got \"low\"",
        "{\"version\":2,\"event\":\"told\",\"trial\":3,\"outcome\":{\"finished\":1,\"standardError\":\"low\"}} | an outcome needs a number, got \"low\"",
        "{\"version\":2,\"event\":\"told\",\"trial\":3,\"outcome\":{\"finished\":1,\"standardError\":-1}} | a standard error is finite and 0 or more, got -1.0; leave it out where it is not known",
        "{\"version\":1,\"event\":\"told\",\"trial\":3,\"outcome\":{\"lost\":1}} | an outcome has one of finished, stopped, diverged, failed, got {\"lost\":1}"
      })
  void anEventThatCannotBeReadIsNamed(String payload, String fault) throws SQLException {
    replace(7, payload);
    refused("is damaged (study 's', event 7: " + fault + ")");
  }

  /// As another program would write it.
  private void replace(int seq, String payload) throws SQLException {
    sql(file, "UPDATE event SET payload = '" + payload.replace("'", "''") + "', crc = " + EventRows.checksum("s", seq, payload) + " WHERE seq = " + seq);
  }

  @Test
  void anEventThatIsNotWhatWasWrittenIsNamed() throws SQLException {
    sql(file, "UPDATE event SET payload = replace(payload, '\"finished\":3.0', '\"finished\":1.0') WHERE seq = 8");
    refused("is damaged (study 's', event 8: it is not what was written, as its checksum shows)");
  }

  @Test
  void anEventWithoutAChecksumStandsBeforeThoseThatHaveOne() throws SQLException {
    sql(file, "UPDATE event SET crc = NULL WHERE seq < 8");
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.read("s", 0)).hasSize(2 * STORED + 1);
    }
    sql(file, "UPDATE event SET crc = NULL WHERE seq = 20");
    refused("is damaged (study 's', event 20: it is not what was written, as its checksum shows)");
  }

  @Test
  void anEventThatStrayedToAnotherStudyIsNamed() throws SQLException {
    sql(file, "UPDATE event SET study = 't' WHERE seq = " + 2 * STORED);
    refused("is damaged (study 't' has no event 0 but has event " + 2 * STORED + ")");
  }

  @Test
  void aMissingEventIsNamed() throws SQLException {
    sql(file, "DELETE FROM event WHERE seq = 9");
    refused("is damaged (study 's' has no event 9 but has event 10)");
  }

  @Test
  void anEventOutOfPlaceIsNamed() throws SQLException {
    String told = "{\"version\":2,\"event\":\"told\",\"trial\":0,\"outcome\":{\"finished\":0.0}}";
    replace(5, told);
    refused("study 's', event 5 cannot follow the events before it: trial 0 has been told before");
    replace(0, told);
    refused("study 's', event 0: a journal starts with the event 'created', got Told");
  }

  @Test
  void anEmptyFileIsANewJournal() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.db"));
    try (SqliteJournal journal = SqliteJournal.open(empty)) {
      assertThat(journal.read("s", 0)).isEmpty();
    }
  }

  @Test
  void aPathThatCannotBeAFileIsNamed() {
    file = directory.resolve("missing").resolve("study.db");
    refused("cannot be opened: there is no directory " + file.getParent() + "; create it");
    file = directory;
    refused("is a directory; give the path of a file");
  }

  @Test
  void aReadOnlyDirectoryIsNamed() {
    assumeTrue(directory.toFile().setWritable(false));
    try {
      // The superuser writes anywhere.
      assumeTrue(!Files.isWritable(directory));
      refused("cannot be written: the directory " + directory + " is read-only; give write permission or another path");
    } finally {
      assertThat(directory.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void aFullDiskLosesNothingThatWasTold() throws IOException {
    int pages = (int) (Files.size(file) / 4096) + 2;
    int told = STORED;
    String full = "journal " + file + " cannot grow: the disk is full; free space and go on, all that was told before is kept";
    try (SqliteJournal journal = SqliteJournal.open(file, 1000, pages)) {
      Study study = StudyTest.open(journal);
      String message = "";
      while (message.isEmpty()) {
        try {
          study.tell(study.ask().number(), Outcome.of(told));
          told++;
        } catch (JournalException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertThat(message).isEqualTo(full);
      assertThatThrownBy(() -> study.add(study.trials().getFirst().point(), new Outcome.Failed("x".repeat(5000)))).hasMessage(full);
      study.refresh();
      assertThat(study.trials().stream().filter(t -> !t.isPending())).hasSize(told);
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      Study study = StudyTest.open(journal);
      assertThat(study.trials().stream().filter(t -> !t.isPending())).hasSize(told);
      study.tell(study.ask().number(), Outcome.of(-1));
      Replays.check(journal.read("s", 0), StudyTest.SENSITIVE);
    }
  }

  @Test
  void aLockIsNamedAndTheTellCanBeMadeAgain() throws SQLException {
    try (SqliteJournal journal = SqliteJournal.open(file, 50, Integer.MAX_VALUE);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement lock = other.createStatement()) {
      Study study = StudyTest.open(journal);
      Trial trial = study.ask();
      lock.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> study.tell(trial.number(), Outcome.of(1)))
          .isInstanceOf(JournalException.class)
          .hasMessage("journal " + file + " is locked by another process; end that process and go on");
      lock.execute("ROLLBACK");
      study.tell(trial.number(), Outcome.of(1));
      assertThat(study.pending()).isEmpty();
    }
  }

  private void refused(String part) {
    byte[] before = bytes();
    ThrowingCallable use =
        () -> {
          try (SqliteJournal journal = SqliteJournal.open(file)) {
            StudyTest.open(journal);
          }
        };
    assertThatThrownBy(use)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(part)
        .message()
        .contains(part.startsWith("study 's', event") ? "" : "journal " + file)
        .doesNotContain("\n");
    assertThat(Arrays.equals(bytes(), before)).isTrue();
  }

  private byte[] bytes() {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void sql(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      for (String s : List.of(statements)) {
        sql.execute(s);
      }
    }
  }
}
