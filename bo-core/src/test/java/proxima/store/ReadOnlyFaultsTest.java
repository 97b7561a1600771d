package proxima.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxima.study.SqliteJournal;
import proxima.study.Study;
import proxima.study.StudyEvent;
import proxima.study.Trial;

/// A store that can be read and not written can be looked at; whoever would write is told in one line.
class ReadOnlyFaultsTest {

  @TempDir private Path folder;

  private static List<StudyEvent> work(String name) throws InterruptedException {
    try (Store store = Store.open(name);
        Leases leases = store.leases("one")) {
      assertThat(store.runs().describe("r", "text")).isTrue();
      SharedStudy shared = new SharedStudy(SharedStudyProcess.study(store), leases, SharedStudyProcess.STUDY);
      for (int i = 0; i < 20; i++) {
        if (shared.next(20, false) instanceof SharedStudy.Taken(Trial trial)) {
          assertThat(shared.tell(trial, SharedStudyProcess.objective(trial.point()), 1)).isPresent();
        }
      }
      return store.read(SharedStudyProcess.STUDY, 0);
    }
  }

  private static void checkCanBeLookedAt(String name, List<StudyEvent> events) {
    try (Store store = Store.openToRead(name);
        Leases leases = store.leases("reader")) {
      assertThat(store.read(SharedStudyProcess.STUDY, 0)).isEqualTo(events);
      assertThat(Study.stored(store, SharedStudyProcess.STUDY)).isPresent();
      assertThat(store.runs().description("r")).isEqualTo(Optional.of("text"));
      assertThat(leases.of(SharedStudyProcess.STUDY)).hasSize(20);
    }
  }

  @Test
  void aFileOnAReadOnlyDiskCanBeLookedAt() throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 4096)) {
      Path file = disk.folder().resolve("shared.db");
      List<StudyEvent> events = work(file.toString());
      disk.makeReadOnly();
      List<Path> copies = copies();
      checkCanBeLookedAt(file.toString(), events);
      try (SqliteJournal journal = SqliteJournal.openToRead(file)) {
        assertThat(journal.read(SharedStudyProcess.STUDY, 0)).isEqualTo(events);
      }
      assertThat(FaultLines.of(() -> Store.open(file.toString()).close()))
          .isEqualTo("journal " + file + " cannot be written: the directory " + disk.folder() + " is read-only; give write permission or another path");
      assertThat(copies()).as("copies are deleted").isEqualTo(copies);
      disk.makeWritable();
      try (Store store = Store.open(file.toString())) {
        Study study = SharedStudyProcess.study(store);
        study.tell(study.ask().number(), SharedStudyProcess.objective(study.trials().getLast().point()));
        assertThat(store.read(SharedStudyProcess.STUDY, 0)).hasSize(events.size() + 2);
      }
    }
  }

  private static List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("proxima-journal")).sorted().toList();
    }
  }

  /// The disk turned read-only under a process that was killed: what lies in the log is read too.
  @Test
  void whatLiesInTheLogOfAReadOnlyFileIsRead() throws IOException, InterruptedException {
    Path live = folder.resolve("live.db");
    try (SmallDisk disk = SmallDisk.in(folder.resolve("disk"), 8192);
        Store store = Store.open(live.toString())) {
      List<StudyEvent> events = work(live.toString());
      Path file = disk.folder().resolve("shared.db");
      Files.copy(live, file);
      Files.copy(folder.resolve("live.db-wal"), disk.folder().resolve("shared.db-wal"));
      assertThat(store.runs().names()).containsExactly("r");
      disk.makeReadOnly();
      checkCanBeLookedAt(file.toString(), events);
    }
  }

  @Test
  void aServerThatOnlyReadsCanBeLookedAt() throws InterruptedException {
    String name = Postgres.store();
    List<StudyEvent> events = work(name);
    Postgres.execute("ALTER DATABASE " + name.replaceFirst(".*/", "") + " SET default_transaction_read_only = on");
    checkCanBeLookedAt(name, events);
    try (Store store = Store.open(name);
        Leases leases = store.leases("two")) {
      for (String line : List.of(
          FaultLines.of(() -> store.append(SharedStudyProcess.STUDY, events.size(), events.getLast())), FaultLines.of(() -> leases.take(SharedStudyProcess.STUDY, 99)),
          FaultLines.of(() -> store.runs().describe("other", "text")), FaultLines.of(() -> leases.handBack(SharedStudyProcess.STUDY, 0)))) {
        assertThat(line).startsWith("store " + name + " is read-only: ").endsWith("; give the primary server, or permission to write");
      }
    }
  }

  @Test
  void aDatabaseWithoutTablesThatOnlyReadsIsOneLine() {
    String name = Postgres.store();
    Postgres.execute("ALTER DATABASE " + name.replaceFirst(".*/", "") + " SET default_transaction_read_only = on");
    assertThat(FaultLines.of(() -> Store.open(name).close())).startsWith("store " + name + " is read-only: ");
  }
}
