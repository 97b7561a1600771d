package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.space.Outcome;
import proxima.study.EventJson;
import proxima.study.Journal;
import proxima.study.JournalException;
import proxima.study.MemoryJournal;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.Trial;

/// Stores that older programs made are read as those did, and go on; those of newer ones are left alone.
class SchemaFaultsTest {

  private static final int TRIALS = 50;

  @TempDir private static Path folder;

  /// What each version's program made and wrote.
  enum Older {
    SQLITE_JOURNAL, SQLITE_STORE, POSTGRES_1, POSTGRES_2;

    private static final String SQLITE = """
        CREATE TABLE event (study TEXT NOT NULL, seq INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (study, seq)) STRICT, WITHOUT ROWID;
        PRAGMA application_id = %d;
        PRAGMA user_version = 1;
        """.formatted(0x5052584d);

    private static final String SQLITE_TABLES = """
        CREATE TABLE run (name TEXT PRIMARY KEY, description TEXT NOT NULL) STRICT;
        CREATE TABLE lease (study TEXT NOT NULL, trial INTEGER NOT NULL, holder TEXT NOT NULL, ends REAL NOT NULL, seconds REAL, PRIMARY KEY (study, trial)) STRICT, WITHOUT ROWID;
        INSERT INTO run (name, description) VALUES ('r', 'text');
        INSERT INTO lease VALUES ('shared', 0, 'one', 0, 1.5);
        """;

    private boolean isPostgres() {
      return this == POSTGRES_1 || this == POSTGRES_2;
    }

    boolean hasRuns() {
      return this == SQLITE_STORE || this == POSTGRES_2;
    }

    private String tables() {
      return switch (this) {
        case SQLITE_JOURNAL -> SQLITE;
        case SQLITE_STORE -> SQLITE + SQLITE_TABLES;
        case POSTGRES_1 -> PostgresSchema.script(1) + version(1);
        case POSTGRES_2 ->
            PostgresSchema.script(1) + PostgresSchema.script(2) + version(2)
                + "INSERT INTO proxima_run (name, description) VALUES ('r', 'text'); INSERT INTO proxima_lease VALUES ('shared', 0, 'one', '2020-01-01', 1.5);";
      };
    }

    private static String version(int version) {
      return "CREATE TABLE proxima_schema (version integer NOT NULL); INSERT INTO proxima_schema VALUES (" + version + ");";
    }

    /// @return the store's name
    String make(List<StudyEvent> events) {
      String name = isPostgres() ? Postgres.store() : folder.resolve(UUID.randomUUID() + ".db").toString();
      execute(name, tables());
      execute(name, IntStream.range(0, events.size()).mapToObj(i -> insert(i, events.get(i))).reduce("", String::concat));
      return name;
    }

    String insert(int seq, StudyEvent event) {
      String text = EventJson.write(event).replace("'", "''");
      return isPostgres()
          ? "INSERT INTO proxima_event (study, seq, id, payload) VALUES ('shared', " + seq + ", gen_random_uuid(), '" + text + "');\n"
          : "INSERT INTO event (study, seq, payload) VALUES ('shared', " + seq + ", '" + text + "');\n";
    }

    /// @param sql statements, each of which ends a line
    void execute(String name, String sql) {
      if (isPostgres()) {
        Postgres.execute(name, sql);
        return;
      }
      try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + name);
          Statement statement = c.createStatement()) {
        for (String one : sql.split("(?<=;)\n", -1)) {
          if (!one.isBlank()) {
            statement.execute(one);
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }

  private static List<StudyEvent> events() {
    Journal journal = new MemoryJournal();
    Study study = SharedStudyProcess.study(journal);
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = study.ask();
      study.tell(trial.number(), SharedStudyProcess.objective(trial.point()));
    }
    return journal.read(SharedStudyProcess.STUDY, 0);
  }

  @ParameterizedTest
  @EnumSource
  void anOlderStoreIsReadAsItWasAndGoesOn(Older older) {
    List<StudyEvent> events = events();
    String name = older.make(events);
    for (int opened = 0; opened < 2; opened++) {
      try (Store store = Store.open(name);
          Leases leases = store.leases("two")) {
        assertThat(store.read(SharedStudyProcess.STUDY, 0).subList(0, events.size())).isEqualTo(events);
        assertThat(store.runs().description("r")).isEqualTo(older.hasRuns() ? Optional.of("text") : Optional.empty());
        assertThat(leases.take(SharedStudyProcess.STUDY, 0)).as("finished").isEqualTo(!older.hasRuns() && opened == 0);
        Study study = SharedStudyProcess.study(store);
        Study undisturbed = SharedStudyProcess.study(copy(store.read(SharedStudyProcess.STUDY, 0)));
        Trial trial = study.ask();
        assertThat(trial).isEqualTo(undisturbed.ask());
        study.tell(trial.number(), SharedStudyProcess.objective(trial.point()));
        assertThat(store.runs().describe("new " + opened, "text")).isTrue();
      }
    }
    System.out.printf("%s: %d events of an older version read as they were, %d more told, 0 lost%n", older, events.size(), 2);
  }

  private static Journal copy(List<StudyEvent> events) {
    Journal journal = new MemoryJournal();
    for (int i = 0; i < events.size(); i++) {
      journal.append(SharedStudyProcess.STUDY, i, events.get(i));
    }
    return journal;
  }

  /// It would write what has no checksum.
  @ParameterizedTest
  @EnumSource
  void anOlderProgramThatStillRunsCannotWriteAnyMore(Older older) {
    List<StudyEvent> events = events();
    String name = older.make(events.subList(0, 10));
    Store.open(name).close();
    assertThatThrownBy(() -> older.execute(name, older.insert(10, events.get(10)))).isInstanceOf(IllegalStateException.class).hasMessageContaining(older.isPostgres() ? "proxima_event_crc" : "a newer program has opened the file");
  }

  @ParameterizedTest
  @EnumSource
  void aDigitThatChangedIsNoticedInWhatWasWrittenSince(Older older) {
    String name = older.make(events());
    try (Store store = Store.open(name)) {
      Study study = SharedStudyProcess.study(store);
      study.tell(study.ask().number(), Outcome.of(0.125));
      assertThat(store.runs().describe("new", "text")).isTrue();
    }
    older.execute(name, "UPDATE " + (older.isPostgres() ? "proxima_event" : "event") + " SET payload = replace(payload, '0.125', '0.025') WHERE crc IS NOT NULL");
    older.execute(name, "UPDATE " + (older.isPostgres() ? "proxima_run" : "run") + " SET description = 'test' WHERE name = 'new'");
    try (Store store = Store.open(name)) {
      int last = 2 * TRIALS + 2;
      assertThatThrownBy(() -> store.read(SharedStudyProcess.STUDY, 0)).isInstanceOf(JournalException.class).hasMessageContaining(name + " is damaged (study 'shared', event " + last + ": it is not what was written");
      assertThatThrownBy(() -> store.read(SharedStudyProcess.STUDY, last)).isInstanceOf(JournalException.class).hasMessageContaining("is damaged");
      assertThatThrownBy(() -> store.runs().description("new")).isInstanceOf(JournalException.class).hasMessageContaining("is damaged (the description of run 'new' is not what was written");
      assertThatThrownBy(() -> store.runs().describe("new", "text")).isInstanceOf(JournalException.class).hasMessageContaining("is damaged");
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyBringAnOlderStoreToThisVersionAtOnce(Older older) throws Exception {
    List<StudyEvent> events = events();
    String name = older.make(events);
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<List<StudyEvent>>> read = Stream.generate(() -> pool.submit(() -> {
        try (Store store = Store.open(name)) {
          return store.read(SharedStudyProcess.STUDY, 0);
        }
      })).limit(8).toList();
      for (Future<List<StudyEvent>> one : read) {
        assertThat(one.get()).isEqualTo(events);
      }
    }
  }

  @Test
  @Tag("slow")
  void processesThatBringAnOlderStoreToThisVersionAtOnceLoseNothing() throws InterruptedException {
    for (Older older : List.of(Older.SQLITE_STORE, Older.POSTGRES_2)) {
      String name = older.make(events());
      try (Workers workers = Workers.start(name, 2)) {
        workers.awaitWork(5);
        workers.check("2 processes on a store of an older version");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewerStoreIsOneLineAndLeftAlone(Older older) {
    List<StudyEvent> events = events();
    String name = older.make(events);
    older.execute(name, older.isPostgres() ? "UPDATE proxima_schema SET version = 99" : "PRAGMA user_version = 99");
    assertThatThrownBy(() -> Store.open(name)).isInstanceOf(JournalException.class).message()
        .startsWith((older.isPostgres() ? "store " : "journal ") + name + " has version 99, and this program reads versions up to ").endsWith("; use the program that wrote it, or a newer one");
  }
}
