package proxima.study;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.space.TaskHistory;
import proxima.space.Value;
import proxima.strategy.Knowledge;
import proxima.strategy.Strategy;

/// A search for the configuration with the lowest loss: ask for a trial, run it, tell its outcome.
///
/// A study is a fold over the events in its journal; every asked point is a function of the events before it. Opened again on the same
/// journal it goes on as if it had never stopped: what was told is known, what was asked for and not told is `pending`, to be run again
/// under its number.
///
/// Safe for several threads, and for several processes where the journal is. Asks wait for each other; tells and reports do not wait for asks, whose point is
/// a function of what was known when its search began. `trials`, `pending`, `best` and `knowledge` never wait. They show what this object has seen: its own events, and others' up to its last call of any other method.
public final class Study implements AutoCloseable {

  private final Journal journal;
  private final String name;
  private final Strategy strategy;
  private final EarlyStopping stopping;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile StudyState state;
  // How many events of the journal `state` is the fold of.
  private int seen;
  private boolean closed;

  private Study(Journal journal, String name, Strategy strategy, EarlyStopping stopping, StudyEvent.Created created) {
    this.journal = journal;
    this.name = name;
    this.strategy = strategy;
    this.stopping = stopping;
    this.state = StudyState.of(created);
    this.seen = 1;
  }

  /// A new study, in memory.
  public static Study of(SearchSpace space, Strategy strategy, long seed) {
    return open(new MemoryJournal(), "study", space, strategy, "", seed);
  }

  /// The same as the other `open`, with trials that run to their end.
  public static Study open(Journal journal, String name, SearchSpace space, Strategy strategy, String strategyLabel, long seed) {
    return open(journal, name, space, strategy, EarlyStopping.NONE, strategyLabel, seed);
  }

  /// The study of this name in the journal, created where there is none. The journal stays the caller's, to close after the study.
  ///
  /// @param strategyLabel names the strategy with all its settings that bear on what it asks, and the early stopping where there is one
  /// @throws JournalException if the stored study has another space, seed or strategy label, saying which; or if it cannot be read
  public static Study open(
      Journal journal, String name, SearchSpace space, Strategy strategy, EarlyStopping stopping, String strategyLabel, long seed) {
    var wanted = new StudyEvent.Created(name, space, seed, strategyLabel);
    List<StudyEvent> events = journal.read(name, 0);
    if (events.isEmpty()) {
      // False where another process created it in between: then its event stands first.
      boolean created = journal.append(name, 0, wanted);
      events = created ? List.of(wanted) : journal.read(name, 0);
    }
    Study study = replay(journal, name, strategy, stopping, events);
    StudyDifference.between(study.state.created(), wanted).ifPresent(text -> {
      throw new JournalException(text);
    });
    return study;
  }

  /// The study of this name as the journal has it, to look at; empty where there is none.
  /// @throws JournalException if it cannot be read
  public static Optional<StoredStudy> stored(Journal journal, String name) {
    List<StudyEvent> events = journal.read(name, 0);
    if (events.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(replay(journal, name, _ -> Point.of(), EarlyStopping.NONE, events).stored());
  }

  private StoredStudy stored() {
    StudyEvent.Created c = state.created();
    return new StoredStudy(name, c.space(), c.seed(), c.strategy(), state.trials());
  }

  private static Study replay(Journal journal, String name, Strategy strategy, EarlyStopping stopping, List<StudyEvent> events) {
    if (!(events.getFirst() instanceof StudyEvent.Created stored)) {
      throw new JournalException("study '" + name + "', event 0: a journal starts with the event 'created', got " + events.getFirst());
    }
    Study study = new Study(journal, name, strategy, stopping, stored);
    study.fold(events.subList(1, events.size()));
    return study;
  }

  public String name() {
    return name;
  }

  public SearchSpace space() {
    return state.created().space();
  }

  public long seed() {
    return state.created().seed();
  }

  /// A new trial: at the strategy's next point, which is snapped to stand for its configuration, or at an earlier one that is to be trained longer.
  /// @throws JournalException if it cannot be written; then nothing was asked
  public Trial ask() {
    return ask(Integer.MAX_VALUE).orElseThrow();
  }

  /// The same, unless `budget` points have been asked for and none is to be trained longer: empty then.
  public Optional<Trial> ask(int budget) {
    asking.lock();
    try {
      while (true) {
        Known known = refreshed();
        Assignment assignment = stopping.next(known.state().trials());
        if (assignment.again().isEmpty() && known.state().askedFor() >= budget) {
          return Optional.empty();
        }
        Point point = assignment.again().isPresent() ? known.state().trial(assignment.again().getAsInt()).point() : space().snap(strategy.suggest(known.state().knowledge()));
        Optional<Trial> asked = asked(known, point, assignment);
        if (asked.isPresent()) {
          return asked;
        }
      }
    } finally {
      asking.unlock();
    }
  }

  /// @param events that `state` is the fold of
  private record Known(StudyState state, int events) {}

  private synchronized Known refreshed() {
    refresh();
    return new Known(state, seen);
  }

  /// Records what was suggested on what was known. What others told meanwhile does not undo it, or a slow strategy among fast trials would never end; a trial that came meanwhile does, since its
  /// point is to be kept away from. Empty then.
  private synchronized Optional<Trial> asked(Known known, Point point, Assignment assignment) {
    int number = known.state().trials().size();
    boolean asked = append(() ->
        state.trials().size() == number && stopping.next(state.trials()).equals(assignment)
            ? Optional.of(new StudyEvent.Asked(number, point, assignment, seen == known.events() ? OptionalInt.empty() : OptionalInt.of(known.events())))
            : Optional.empty());
    return asked ? Optional.of(state.trial(number).trial()) : Optional.empty();
  }

  /// Whether the next trial would train an earlier point again.
  public synchronized boolean isNextAgain() {
    refresh();
    return stopping.next(state.trials()).again().isPresent();
  }

  /// The outcome of a trial that was asked for. Trials may be told in any order; the same outcome told again changes nothing. A trial told
  /// as failed is done with, and says nothing of its configuration. The loss of a training that was not a whole one is recorded as that of a trial stopped
  /// there.
  ///
  /// @return what is recorded
  /// @throws IllegalArgumentException if there is no such trial
  /// @throws IllegalStateException if the trial was told another outcome
  /// @throws JournalException if it cannot be written; it can be told again
  public synchronized Outcome tell(int trial, Outcome outcome) {
    Optional<Outcome> first = tellFirst(trial, outcome);
    Outcome told = first.or(() -> known(trial).outcome()).orElseThrow();
    Outcome recorded = recorded(known(trial).assignment(), outcome);
    if (!told.equals(recorded)) {
      throw new IllegalStateException(
          "trial " + trial + " of study '" + name + "' was told " + told.brief() + ", and cannot be told " + recorded.brief() + "; tell its configuration instead, as a trial of its own");
    }
    return told;
  }

  /// The same of a trial that others may tell too: empty, with nothing changed, where one has, whatever it told.
  public synchronized Optional<Outcome> tellFirst(int trial, Outcome outcome) {
    Outcome recorded = recorded(known(trial).assignment(), outcome);
    boolean told = append(() -> state.trial(trial).outcome().isPresent() ? Optional.empty() : Optional.of(new StudyEvent.Told(trial, recorded)));
    return told ? Optional.of(recorded) : Optional.empty();
  }

  private static Outcome recorded(Assignment assignment, Outcome outcome) {
    return outcome instanceof Outcome.Finished(double loss, _, var curve) && !assignment.isWhole()
        ? new Outcome.Stopped(assignment.steps().orElseThrow(), loss, curve)
        : outcome;
  }

  /// A configuration that was never asked for, with its outcome: a warm start. The same again changes nothing.
  ///
  /// @return its trial
  /// @throws IllegalArgumentException naming the parameter, if the configuration is not of the study's space
  public Trial add(Configuration configuration, Outcome outcome) {
    return add(space().encode(configuration), outcome);
  }

  /// The same as `add`.
  public Trial tell(Configuration configuration, Outcome outcome) {
    return add(configuration, outcome);
  }

  /// A point that was never asked for, with its outcome: a warm start. The same again changes nothing.
  ///
  /// @return its trial
  /// @throws IllegalArgumentException if the point's dimension is not the space's
  public synchronized Trial add(Point point, Outcome outcome) {
    return addFirst(point, outcome).or(() -> same(space().snap(point), outcome).map(TrialResult::trial)).orElseThrow();
  }

  /// The same of one that may have been added before: empty, with nothing changed, where it was.
  public synchronized Optional<Trial> addFirst(Configuration configuration, Outcome outcome) {
    return addFirst(space().encode(configuration), outcome);
  }

  private Optional<Trial> addFirst(Point point, Outcome outcome) {
    Point snapped = space().snap(point);
    refresh();
    boolean added = append(() -> same(snapped, outcome).isPresent() ? Optional.empty() : Optional.of(new StudyEvent.Added(state.trials().size(), snapped, outcome)));
    return added ? Optional.of(state.trials().getLast().trial()) : Optional.empty();
  }

  private Optional<TrialResult> same(Point point, Outcome outcome) {
    return state.trials().stream().filter(t -> !t.asked() && t.point().equals(point) && t.outcome().equals(Optional.of(outcome))).findFirst();
  }

  /// A loss seen on the way, at this step, and whether the trial is to go on. Reports may come in any order. The same report again gets the same
  /// answer; another of the same step, as when a trial is run again, replaces it. A loss that is not finite stops a trial, which has diverged. The
  /// answer is advice: a trial is pending until it is told.
  ///
  /// @param value may be NaN or infinite
  /// @throws IllegalArgumentException if there is no such trial or the step is negative
  /// @throws IllegalStateException if the trial has been told
  public synchronized Decision report(int trial, long step, double value) {
    if (!(step >= 0)) {
      throw new IllegalArgumentException("a report's step is >= 0, got " + step);
    }
    known(trial);
    CurvePoint report = new CurvePoint(step, value);
    append(() -> {
      TrialResult t = state.trial(trial);
      if (!t.isPending()) {
        throw new IllegalStateException("trial " + trial + " of study '" + name + "' has been told, and takes no report at step " + step);
      }
      return t.reports().contains(report) ? Optional.empty() : Optional.of(new StudyEvent.Reported(trial, step, value, decide(t, report)));
    });
    return state.trial(trial).decision(step);
  }

  private Decision decide(TrialResult t, CurvePoint report) {
    if (!Double.isFinite(report.loss()) || (t.stop().isPresent() && report.step() > t.stop().getAsLong())) {
      return Decision.STOP;
    }
    List<TrialResult> others = state.trials().stream().filter(o -> o.number() != t.number()).toList();
    return stopping.decide(t.withReport(report.step(), report.loss(), Decision.CONTINUE), report.step(), others);
  }

  /// Tells that a trial was stopped after its last report: as stopped there with the loss reported, or as diverged where that is not finite.
  ///
  /// @throws IllegalArgumentException if there is no such trial
  /// @throws IllegalStateException if it has no report, or was told another outcome
  public synchronized Outcome stop(int trial) {
    List<CurvePoint> reports = known(trial).reports();
    if (reports.isEmpty()) {
      throw new IllegalStateException("trial " + trial + " of study '" + name + "' has no report, and cannot be told as stopped; report its loss first");
    }
    CurvePoint last = reports.getLast();
    Outcome outcome = Double.isFinite(last.loss()) ? new Outcome.Stopped(last.step(), last.loss(), List.of()) : new Outcome.Diverged(last.step());
    tell(trial, outcome);
    return outcome;
  }

  /// Takes in what other processes have done.
  public synchronized void refresh() {
    if (closed) {
      throw new IllegalStateException("study '" + name + "' is closed");
    }
    fold(journal.read(name, seen));
  }

  /// The trials that were asked for and not told, by number.
  public List<Trial> pending() {
    return state.trials().stream().filter(TrialResult::isPending).map(TrialResult::trial).toList();
  }

  /// All trials, by number.
  public List<TrialResult> trials() {
    return state.trials();
  }

  /// How many points were asked for, each counted once however often it is trained.
  public int askedFor() {
    return state.askedFor();
  }

  /// The finished trial with the lowest loss, the first of equals.
  public Optional<TrialResult> best() {
    return state.trials().stream().filter(t -> t.loss().isPresent()).min(Comparator.comparingDouble(t -> t.loss().orElseThrow()));
  }

  /// What the strategy would be given now.
  public Knowledge knowledge() {
    return state.knowledge();
  }

  /// The told trials as a task that later tasks can learn from, each with the study's seed. A trial without a curve takes its reports for one.
  public TaskHistory history(String task, Map<String, Value> context) {
    return stored().history(task, context);
  }

  /// Ends this object's part in the study: later asks, tells, adds and reports throw. The journal stays open.
  @Override
  public synchronized void close() {
    closed = true;
  }

  private TrialResult known(int trial) {
    if (closed || !state.has(trial)) {
      refresh();
    }
    return state.trial(trial);
  }

  /// Appends the event that follows from all that the journal holds, if one does, and takes in what others have done. False where none does.
  private boolean append(Supplier<Optional<StudyEvent>> next) {
    Optional<StudyEvent> event;
    try {
      event = journal.append(name, seen, others -> {
        fold(others);
        return followed(next);
      });
    } catch (RefusedException e) {
      throw e.refusal;
    } catch (IllegalArgumentException e) {
      throw new JournalException(
          "study '" + name + "' was deleted, or replaced by an older copy, while it was worked on (" + e.getMessage() + "); restore its journal from a copy, or open it again to go on with what is there", e);
    }
    fold(event.stream().toList());
    return event.isPresent();
  }

  /// What a caller's early stopping may throw is not the journal's.
  private static Optional<StudyEvent> followed(Supplier<Optional<StudyEvent>> next) {
    try {
      return next.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e);
    }
  }

  private static final class RefusedException extends RuntimeException {
    private final IllegalArgumentException refusal;

    RefusedException(IllegalArgumentException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  private void fold(List<StudyEvent> events) {
    for (StudyEvent event : events) {
      try {
        state = state.apply(event);
      } catch (IllegalArgumentException e) {
        throw new JournalException("study '" + name + "', event " + seen + " cannot follow the events before it: " + e.getMessage(), e);
      }
      seen++;
    }
  }
}
