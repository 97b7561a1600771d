package proxima.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import proxima.study.Journal;
import proxima.study.SqliteJournal;
import proxima.study.StoredStudy;
import proxima.study.Study;

/// All that a run has recorded so far.
///
/// @param phases the studies of the phases that have begun, in order
/// @param log what each training took
/// @param workers who work on the run in a store, by name
/// @param leader which of them will write its result
record RunRecord(RunConfig config, Map<String, StoredStudy> phases, List<TrialLog.Line> log, Map<String, Hand> workers, Optional<String> leader) {

  private static final List<String> PHASES = List.of("search", "global", "module", "select", "confirm");

  /// From the run's folder, or from the store that it shares with others.
  /// @throws proxima.study.JournalException if it cannot be read, or the store has the run no more
  /// @throws proxima.cli.InputException if its journal is gone
  static RunRecord read(RunFolder folder, RunConfig config) {
    return read(folder, config, RunStore::openToRead);
  }

  /// The same.
  /// @param opener of a store, by its name and the run's
  static RunRecord read(RunFolder folder, RunConfig config, BiFunction<String, String, RunStore> opener) {
    if (config.store().isPresent()) {
      try (RunStore store = opener.apply(config.store().get(), config.name())) {
        Map<String, StoredStudy> phases = phases(store);
        store.checkKept();
        return new RunRecord(config, phases, store.log(phases), store.workers(phases.keySet()), store.leader());
      }
    }
    try (SqliteJournal journal = folder.openJournalToRead()) {
      return new RunRecord(config, phases(journal), TrialLog.read(folder.log()), Map.of(), Optional.empty());
    }
  }

  private static Map<String, StoredStudy> phases(Journal journal) {
    Map<String, StoredStudy> phases = new LinkedHashMap<>();
    for (String phase : PHASES) {
      Study.stored(journal, phase).ifPresent(s -> phases.put(phase, s));
    }
    return phases;
  }

  Optional<StoredStudy> phase(String name) {
    return Optional.ofNullable(phases.get(name));
  }

  /// What a worker has done and does.
  ///
  /// @param told trials
  /// @param running trials that it holds
  /// @param seconds of its trainings that ended
  /// @param isThere whether it works, or waits for a trial
  record Hand(int told, int running, double seconds, boolean isThere) {

    Hand plus(Hand other) {
      return new Hand(told + other.told, running + other.running, seconds + other.seconds, isThere || other.isThere);
    }
  }

  /// How many trials all phases have.
  int all() {
    return PHASES.stream().mapToInt(config::trials).sum();
  }

  /// How many trials of a phase were asked for and told.
  static long told(StoredStudy study) {
    return study.trials().stream().filter(t -> t.isAskedFor() && !t.isPending()).count();
  }

  /// How many of these are told.
  long told() {
    return phases.values().stream().mapToLong(RunRecord::told).sum();
  }

  /// The losses with fresh seeds so far, by setting.
  Map<String, Losses> confirmed() {
    return phase("confirm").map(s -> Losses.of(s.trials(), TuningRun.settings(config), config.budget().seeds())).orElse(Map.of());
  }

  /// Whether its last phase is over.
  boolean isConfirmed() {
    return phase("confirm").filter(s -> told(s) >= config.trials("confirm")).isPresent();
  }

  Tally tally() {
    return Tally.of(phases, log);
  }
}
