package proxima.study;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where the events of studies are kept, each study's in their order, for ever. Safe for several threads.
public interface Journal extends AutoCloseable {

  /// The events of a study from sequence number `from` on; empty where there are none, or no such study.
  /// @throws JournalException if they cannot be read
  List<StudyEvent> read(String study, int from);

  /// Appends an event if the study holds exactly `expected` events, all in one step; false, with nothing changed, if it holds more.
  /// Where it returns true the event outlives the process.
  /// @throws JournalException if the event cannot be written; nothing that was appended before is lost
  boolean append(String study, int expected, StudyEvent event);

  /// Appends what follows from all events of a study, if anything does.
  ///
  /// @param known how many of them the caller knows
  /// @param next is told the others, takes them in, and says what follows; asked again of those that came in between, until its event stands
  /// @return the event that stands
  /// @throws IllegalArgumentException if the study holds fewer events than are known
  default Optional<StudyEvent> append(String study, int known, Function<List<StudyEvent>, Optional<StudyEvent>> next) {
    int seen = known;
    List<StudyEvent> others = List.of();
    while (true) {
      Optional<StudyEvent> event = next.apply(others);
      if (event.isEmpty() || append(study, seen, event.get())) {
        return event;
      }
      others = read(study, seen);
      seen += others.size();
    }
  }

  /// Lets go of what the journal holds open. Whoever opens a journal closes it, after its studies.
  @Override
  default void close() {}
}
