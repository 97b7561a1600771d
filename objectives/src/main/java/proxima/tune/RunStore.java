package proxima.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import proxima.cli.InputException;
import proxima.cli.Terminal;
import proxima.objective.EditDistance;
import proxima.space.Outcome;
import proxima.store.Lease;
import proxima.store.Leases;
import proxima.store.Store;
import proxima.study.Journal;
import proxima.study.JournalException;
import proxima.study.StoredStudy;
import proxima.study.StudyEvent;

/// What a run has in a store that many share: its studies are named RUN/PHASE there.
///
/// @param name of the store
/// @param run its name
record RunStore(Store store, String name, String run) implements Journal {

  /// The lease of the process that leads a run: that began it, and writes its result.
  static final int LEAD = -1;

  /// The leases of which each process that works on a run has one.
  static final List<Integer> PRESENT = IntStream.rangeClosed(2, 1025).mapToObj(i -> -i).toList();

  /// What a shell takes as it stands.
  private static final Pattern UNQUOTED = Pattern.compile("[\\w./:@%+,=-]+");

  /// To work on the run.
  ///
  /// @param terminal is told where the store is away for long
  /// @throws InputException if the name is none
  static RunStore open(String name, String run, Terminal terminal) {
    return open(n -> Store.open(n, note -> terminal.note("proxima: " + note)), name, run);
  }

  /// The same, to look at.
  static RunStore openToRead(String name, String run) {
    return open(Store::openToRead, name, run);
  }

  /// The same, over and over: where the store is away it is waited for.
  static RunStore awaitToRead(String name, String run, Terminal terminal) {
    return open(n -> Store.awaitToRead(n, note -> terminal.note("proxima: " + note)), name, run);
  }

  private static RunStore open(Function<String, Store> opener, String name, String run) {
    try {
      return new RunStore(opener.apply(name), name, run);
    } catch (IllegalArgumentException e) {
      throw new InputException("store: " + e.getMessage());
    }
  }

  /// The name of a phase's study in the store.
  String key(String phase) {
    return run + "/" + phase;
  }

  @Override
  public List<StudyEvent> read(String phase, int from) {
    return store.read(key(phase), from);
  }

  @Override
  public Optional<StudyEvent> append(String phase, int known, Function<List<StudyEvent>, Optional<StudyEvent>> next) {
    try {
      return store.append(key(phase), known, next);
    } catch (IllegalArgumentException e) {
      checkThere();
      throw new JournalException(
          where() + " was deleted in part, or replaced by an older copy, while it was worked on (" + e.getMessage() + "); restore the store from a copy, or go on with what it holds by the same command", e);
    }
  }

  @Override
  public boolean append(String phase, int expected, StudyEvent event) {
    return store.append(key(phase), expected, event);
  }

  /// The run, as messages name it.
  String where() {
    return "run '" + run + "' in store " + name;
  }

  /// The command that joins it.
  String join() {
    return "./proxima worker --store " + (UNQUOTED.matcher(name).matches() ? name : "'" + name.replace("'", "'\\''") + "'") + " --study " + run;
  }

  /// What is known of the run.
  /// @throws InputException if there is none of its name.
  /// @throws JournalException if it is damaged, as the checksum of a row from before there were any does not say
  RunDescription description() {
    String text = store.runs().description(run).orElseThrow(() -> {
      List<String> there = store.runs().names();
      return new InputException("--study: store " + name + " has no run '" + run + "'" + EditDistance.hint(run, there) + (there.isEmpty() ? "; it has none yet: begin one with ./proxima tune" : "; there are " + String.join(", ", there)));
    });
    try {
      return RunDescription.read(text).checkVersion(this);
    } catch (IllegalArgumentException e) {
      throw new JournalException("store " + name + " is damaged (run '" + run + "': " + e.getMessage() + "); nothing was changed: restore it from a copy, or delete that run and begin it again", e);
    }
  }

  /// Begins the run, or goes on with it.
  /// @throws InputException if there is another run of its name, whatever its data.
  void begin(RunDescription description) {
    if (!store.runs().describe(run, description.json())) {
      description().checkSame(description, this);
    }
  }

  /// @throws JournalException if the run was deleted
  void checkThere() {
    if (store.runs().description(run).isEmpty()) {
      throw new JournalException(where() + " was deleted while it was worked on; restore the store from a copy, or begin the run again with ./proxima tune");
    }
  }

  /// @throws JournalException if the store has no such run, as one that was deleted
  void checkKept() {
    if (store.runs().description(run).isEmpty()) {
      throw new JournalException("store " + name + " has no run '" + run + "' any more; restore the store from a copy, or begin the run again with ./proxima tune");
    }
  }

  /// What each training took that ended.
  List<TrialLog.Line> log(Map<String, StoredStudy> phases) {
    List<TrialLog.Line> lines = new ArrayList<>();
    try (Leases leases = store.leases("reader")) {
      phases.forEach((phase, study) -> {
        for (Lease lease : leases.of(key(phase))) {
          if (lease.seconds().isPresent() && lease.trial() < study.trials().size()) {
            study.trials().get(lease.trial()).outcome().ifPresent(o -> lines.add(line(phase, lease, o)));
          }
        }
      });
    }
    return lines;
  }

  /// Who works on the phases, or has, by name.
  Map<String, RunRecord.Hand> workers(Set<String> phases) {
    Map<String, RunRecord.Hand> workers = new TreeMap<>();
    try (Leases leases = store.leases("reader")) {
      for (String phase : phases) {
        leases.of(key(phase))
            .forEach(l -> workers.merge(l.holder(), new RunRecord.Hand(l.seconds().isPresent() ? 1 : 0, l.isLive() ? 1 : 0, l.seconds().orElse(0), l.isLive()), RunRecord.Hand::plus));
      }
      leases.of(run).stream().filter(Lease::isLive).forEach(l -> workers.merge(l.holder(), new RunRecord.Hand(0, 0, 0, true), RunRecord.Hand::plus));
    }
    return workers;
  }

  /// Who leads the run now.
  Optional<String> leader() {
    try (Leases leases = store.leases("reader")) {
      return leases.of(run).stream().filter(l -> l.trial() == LEAD && l.isLive()).map(Lease::holder).findFirst();
    }
  }

  private static TrialLog.Line line(String phase, Lease lease, Outcome outcome) {
    return TrialLog.Line.of(phase, lease.trial(), outcome, lease.seconds().orElseThrow());
  }

  @Override
  public void close() {
    store.close();
  }
}
