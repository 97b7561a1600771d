package proxima.study;

import java.util.List;
import java.util.Optional;

/// Where the events of studies are kept, each study's in their order, for ever. Safe for several threads.
public interface Journal extends AutoCloseable {

  /// The events of a study from sequence number `from` on; empty where there are none, or no such study.
  /// @throws JournalException if they cannot be read
  List<StudyEvent> read(String study, int from);

  /// Appends an event if the study holds exactly `expected` events, all in one step; false, with nothing changed, if it holds more.
  /// Where it returns true the event outlives the process.
  /// @throws JournalException if the event cannot be written; nothing that was appended before is lost
  boolean append(String study, int expected, StudyEvent event);

  /// The same. Where the study holds more, the events from sequence number `expected` on, which others appended; empty where the event stands.
  default Optional<List<StudyEvent>> appendOrRead(String study, int expected, StudyEvent event) {
    return append(study, expected, event) ? Optional.empty() : Optional.of(read(study, expected));
  }

  /// Lets go of what the journal holds open. Whoever opens a journal closes it, after its studies.
  @Override
  default void close() {}
}
