package proxima.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import proxima.space.Outcome;
import proxima.store.Leases.Turn;
import proxima.study.Study;
import proxima.study.Trial;

/// A study that several processes work on, each on trials that no other does. Safe for several threads.
///
/// @param name of the study in the store
public record SharedStudy(Study study, Leases leases, String name) {

  /// What there is to do.
  public sealed interface Next {}

  /// A trial that is this worker's, until it is told or handed back.
  public record Taken(Trial trial) implements Next {}

  /// Nothing, while others work on all that is left.
  public record Later() implements Next {}

  /// Nothing any more: all trials are told.
  public record Over() implements Next {}

  /// Asks for a trial, until the study has asked for `budget` points; then takes one that was asked for and that nobody works on.
  /// @param looks whether to look for what others left before asking, as a worker does now and then
  /// @throws proxima.study.JournalException if the store cannot be reached
  public Next next(int budget, boolean looks) throws InterruptedException {
    while (true) {
      Optional<Trial> left = looks || !isUnasked(budget) ? left() : Optional.empty();
      if (left.isPresent()) {
        return new Taken(left.get());
      }
      if (!isUnasked(budget)) {
        return study.pending().isEmpty() ? new Over() : new Later();
      }
      Optional<Trial> asked = ask(budget);
      if (asked.isPresent()) {
        return new Taken(asked.get());
      }
    }
  }

  private boolean isUnasked(int budget) {
    return study.askedFor() < budget || study.isNextAgain();
  }

  private Optional<Trial> left() {
    study.refresh();
    List<Trial> pending = study.pending();
    OptionalInt taken = pending.isEmpty() ? OptionalInt.empty() : leases.takeAny(name, pending.stream().map(Trial::number).toList());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    study.refresh();
    if (isPending(taken.getAsInt())) {
      return pending.stream().filter(t -> t.number() == taken.getAsInt()).findFirst();
    }
    // Its last holder told it a moment ago.
    leases.handBack(name, taken.getAsInt());
    return Optional.empty();
  }

  private boolean isPending(int trial) {
    return study.trials().get(trial).isPending();
  }

  /// Empty where others asked for the last, or took this one in between.
  private Optional<Trial> ask(int budget) throws InterruptedException {
    Optional<Trial> asked;
    try (Turn _ = leases.turn(name)) {
      asked = study.ask(budget);
    }
    return asked.filter(trial -> leases.take(name, trial.number()));
  }

  /// The outcome of a trial that was taken. Empty, with nothing changed, where another told it after this worker's lease had ended.
  ///
  /// @param seconds that the training took
  /// @return what is recorded
  public Optional<Outcome> tell(Trial trial, Outcome outcome, double seconds) {
    Optional<Outcome> recorded = study.tellFirst(trial.number(), outcome);
    if (recorded.isPresent()) {
      leases.finish(name, trial.number(), seconds);
    } else {
      leases.handBack(name, trial.number());
    }
    return recorded;
  }

  /// Whether a trial has been told, by whomever.
  public boolean isTold(Trial trial) {
    study.refresh();
    return !isPending(trial.number());
  }

  /// Gives a trial back that was taken.
  public void handBack(Trial trial) {
    leases.handBack(name, trial.number());
  }
}
