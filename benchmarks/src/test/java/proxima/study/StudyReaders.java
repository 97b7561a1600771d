package proxima.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The readers of journals, for tests that spoil them.
public final class StudyReaders {

  private StudyReaders() {}

  /// A journal's file, with its study 's'.
  public static void journal(Path file) {
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      Study.stored(journal, "s");
    }
  }

  /// The events of a study, one a line.
  public static String text(Journal journal, String study) {
    return journal.read(study, 0).stream().map(e -> EventJson.write(e) + "\n").collect(Collectors.joining());
  }

  /// The events of a study, one a line, which are refused as a journal refuses them.
  public static void events(Path file) throws IOException {
    List<StudyEvent> events = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      try {
        events.add(EventJson.read(line));
      } catch (IllegalArgumentException e) {
        throw SqliteErrors.damaged(file, String.valueOf(e.getMessage()));
      }
    }
    Study.stored(new Journal() {
      @Override
      public List<StudyEvent> read(String study, int from) {
        return events.subList(Math.min(from, events.size()), events.size());
      }

      @Override
      public boolean append(String study, int expected, StudyEvent event) {
        return false;
      }
    }, "s");
  }
}
