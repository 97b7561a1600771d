package proxima.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxima.space.Outcome;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.strategy.Seeds;

/// Bits of a store's file flip; parts of it are zero, noise, or cut off. What is read of it is all that was acknowledged, or one line says what is wrong. Of a `-wal` that a killed process left, and that is damaged, all is
/// read that stands before the damage.
class BitFaultsTest {

  /// Of each study: enough for some forty pages.
  private static final int TRIALS = 120;

  private static final List<String> STUDIES = List.of("r/module", "r/search");
  private static final String DESCRIPTION = "{\"configuration\":\"space: {parameters: {x: {real: [0, 1]}}}\"}".repeat(20);

  @TempDir private static Path stored;
  @TempDir private Path folder;

  /// What was acknowledged, and how long the `-wal` was then.
  private record Acknowledged(StudyEvent event, long end) {}

  private static List<Acknowledged> logged = List.of();
  private static List<List<StudyEvent>> whole = List.of();

  private enum Fault {
    BIT, BITS, ZEROS, NOISE, CUT;

    /// @return the first place that is not as it was
    long inject(Path path, RandomGenerator random) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        long place = random.nextLong(file.length());
        switch (this) {
          case BIT -> flip(file, place, random);
          case BITS -> {
            for (int i = 0; i < 8; i++) {
              long next = random.nextLong(file.length());
              flip(file, next, random);
              place = Math.min(place, next);
            }
          }
          case ZEROS -> place = overwrite(file, place, new byte[1 << random.nextInt(4, 13)]);
          case NOISE -> {
            byte[] noise = new byte[1 << random.nextInt(4, 13)];
            random.nextBytes(noise);
            place = overwrite(file, place, noise);
          }
          case CUT -> file.setLength(place);
        }
        return place;
      }
    }

    private static void flip(RandomAccessFile file, long place, RandomGenerator random) throws IOException {
      file.seek(place);
      int there = file.read();
      file.seek(place);
      file.write(there ^ 1 << random.nextInt(8));
    }

    /// At a place as disks have them, from which on a block of this size begins.
    private static long overwrite(RandomAccessFile file, long place, byte[] bytes) throws IOException {
      long start = place / bytes.length * bytes.length;
      file.seek(start);
      file.write(bytes, 0, (int) Math.min(bytes.length, file.length() - start));
      return start;
    }
  }

  /// `whole.db` was closed; `killed.db` and its `-wal` are as a process leaves them that is killed.
  @BeforeAll
  static void store() throws IOException {
    Path file = stored.resolve("whole.db");
    try (Store store = Store.open(file.toString());
        Leases leases = store.leases("holder")) {
      assertThat(store.runs().describe("r", DESCRIPTION)).isTrue();
      for (String study : STUDIES) {
        tell(open(store, study), TRIALS);
        for (int i = 0; i < TRIALS; i++) {
          leases.finish(study, i, 1.5);
        }
      }
      whole = STUDIES.stream().map(s -> store.read(s, 0)).toList();
    }
    Path live = stored.resolve("live.db");
    try (SqliteJournal journal = SqliteJournal.open(live)) {
      tell(open(journal, "r/search"), TRIALS);
    }
    try (SqliteJournal journal = SqliteJournal.open(live)) {
      Study study = open(journal, "r/search");
      List<Acknowledged> all = new ArrayList<>();
      journal.read("r/search", 0).forEach(e -> all.add(new Acknowledged(e, 0)));
      Path wal = stored.resolve("live.db-wal");
      for (int i = 0; i < TRIALS; i++) {
        tell(study, 1);
        journal.read("r/search", all.size()).forEach(e -> all.add(new Acknowledged(e, size(wal))));
      }
      // SQLite begins the log anew once it has a thousand pages of four KiB.
      assertThat(size(wal)).isLessThan(4_000_000);
      logged = all;
      Files.copy(live, stored.resolve("killed.db"));
      Files.copy(wal, stored.resolve("killed.db-wal"));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Study open(Journal journal, String name) {
    return Study.open(journal, name, StudyTest.SPACE, StudyTest.SENSITIVE, "sensitive", 1);
  }

  private static void tell(Study study, int trials) {
    for (int i = 0; i < trials; i++) {
      Trial trial = study.ask();
      study.tell(trial.number(), trial.number() % 7 == 3 ? new Outcome.Diverged(5) : Outcome.of(StudyTest.loss(trial.point())));
    }
  }

  @ParameterizedTest(name = "{0} faults, seed {1}")
  @CsvSource("100, 1")
  void aDamagedFileIsRefusedOrReadAsItWas(int faults, int seed) throws IOException {
    file(faults, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} faults, seed {1}")
  @CsvSource("10000, 2")
  void aFileDamagedInTenThousandWaysIsRefusedOrReadAsItWas(int faults, int seed) throws IOException {
    file(faults, seed);
  }

  @ParameterizedTest(name = "{0} faults, seed {1}")
  @CsvSource("40, 1")
  void ofADamagedLogAllIsReadThatStandsBeforeTheDamage(int faults, int seed) throws IOException {
    log(faults, seed);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} faults, seed {1}")
  @CsvSource("3000, 2")
  void ofALogDamagedInThreeThousandWaysAllIsReadThatStandsBeforeTheDamage(int faults, int seed) throws IOException {
    log(faults, seed);
  }

  private void file(int faults, int seed) throws IOException {
    RandomGenerator random = Seeds.random(seed);
    TreeMap<String, Integer> refused = new TreeMap<>();
    int read = 0;
    for (int i = 0; i < faults; i++) {
      Fault fault = Fault.values()[i % Fault.values().length];
      Path file = copy("whole.db", "");
      long place = fault.inject(file, random);
      Optional<String> line = line(file, fault, place);
      line.ifPresent(l -> refused.merge(l, 1, Integer::sum));
      read += line.isEmpty() ? 1 : 0;
    }
    System.out.printf("SQLite file, seed %d: %d faults, %d read as acknowledged, %d refused, 0 lost, 0 wrong: %s%n", seed, faults, read, faults - read, refused);
    assertThat(read).isLessThan(faults);
  }

  /// The kind of line by which a file is refused; empty where all is read as it was.
  private static Optional<String> line(Path file, Fault fault, long place) {
    try (Store store = Store.open(file.toString())) {
      for (int s = 0; s < STUDIES.size(); s++) {
        assertThat(store.read(STUDIES.get(s), 0)).as("%s at %d", fault, place).isEqualTo(whole.get(s));
        assertThat(Study.stored(store, STUDIES.get(s))).isPresent();
      }
      assertThat(store.runs().names()).as("%s at %d", fault, place).containsExactly("r");
      assertThat(store.runs().description("r")).as("%s at %d", fault, place).isEqualTo(Optional.of(DESCRIPTION));
      return Optional.empty();
    } catch (JournalException e) {
      assertThat(e).as("%s at %d", fault, place).message().startsWith("journal " + file + " ").contains("; ").doesNotContain("\n");
      return Optional.of(String.valueOf(e.getMessage()).substring(("journal " + file).length()).replaceAll("[(:;].*", "").replaceAll("\\d+", "n").strip());
    }
  }

  private void log(int faults, int seed) throws IOException {
    RandomGenerator random = Seeds.random(seed);
    long most = 0;
    for (int i = 0; i < faults; i++) {
      Fault fault = Fault.values()[i % Fault.values().length];
      Path file = copy("killed.db", "-wal");
      long place = fault.inject(file.resolveSibling("copy.db-wal"), random);
      if (i % 2 == 0) {
        byte[] noise = new byte[32768];
        random.nextBytes(noise);
        Files.write(file.resolveSibling("copy.db-shm"), noise);
      }
      long before = logged.stream().filter(a -> a.end <= place).count();
      try (SqliteJournal journal = SqliteJournal.open(file)) {
        List<StudyEvent> events = journal.read("r/search", 0);
        assertThat(events).as("%s at %d", fault, place).isEqualTo(logged.stream().map(Acknowledged::event).limit(events.size()).toList());
        assertThat(events.size()).as("%s at %d", fault, place).isGreaterThanOrEqualTo((int) before);
        most = Math.max(most, logged.size() - events.size());
        if (i % 20 == 0) {
          tell(open(journal, "r/search"), 1);
          Replays.check(journal.read("r/search", 0), StudyTest.SENSITIVE);
        }
      }
    }
    System.out.printf("SQLite log, seed %d: %d faults, all that stood before the damage was read, 0 wrong; the most that stood behind it: %d of %d events%n", seed, faults, most, logged.size());
  }

  private Path copy(String name, String suffix) throws IOException {
    Path file = folder.resolve("copy.db");
    for (String s : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("copy.db" + s));
    }
    Files.copy(stored.resolve(name), file, StandardCopyOption.REPLACE_EXISTING);
    if (!suffix.isEmpty()) {
      Files.copy(stored.resolve(name + suffix), folder.resolve("copy.db" + suffix));
    }
    return file;
  }
}
