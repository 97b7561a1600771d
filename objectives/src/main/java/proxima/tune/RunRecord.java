package proxima.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proxima.study.Journal;
import proxima.study.StoredStudy;
import proxima.study.Study;

/// All that a run has recorded so far.
///
/// @param phases the studies of the phases that have begun, in order
/// @param log what each training took
record RunRecord(RunConfig config, Map<String, StoredStudy> phases, List<TrialLog.Line> log) {

  private static final List<String> PHASES = List.of("search", "global", "module", "select", "confirm");

  static RunRecord read(RunFolder folder, RunConfig config, Journal journal) {
    Map<String, StoredStudy> phases = new LinkedHashMap<>();
    for (String phase : PHASES) {
      Study.stored(journal, phase).ifPresent(s -> phases.put(phase, s));
    }
    return new RunRecord(config, phases, TrialLog.read(folder.log()));
  }

  Optional<StoredStudy> phase(String name) {
    return Optional.ofNullable(phases.get(name));
  }

  Tally tally() {
    return Tally.of(phases, log);
  }
}
