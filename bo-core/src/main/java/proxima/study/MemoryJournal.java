package proxima.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A journal that lasts as long as its process.
public final class MemoryJournal implements Journal {

  private final Map<String, List<StudyEvent>> studies = new HashMap<>();

  @Override
  public synchronized List<StudyEvent> read(String study, int from) {
    List<StudyEvent> events = studies.getOrDefault(study, List.of());
    return from >= events.size() ? List.of() : List.copyOf(events.subList(from, events.size()));
  }

  @Override
  public synchronized boolean append(String study, int expected, StudyEvent event) {
    List<StudyEvent> events = studies.computeIfAbsent(study, _ -> new ArrayList<>());
    if (events.size() > expected) {
      return false;
    }
    if (events.size() < expected) {
      throw new IllegalArgumentException("study '" + study + "' holds " + events.size() + " events, not " + expected);
    }
    return events.add(event);
  }
}
