package proxima.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.strategy.Knowledge;

/// What the events of a study add up to. Immutable.
///
/// @param trials by number
/// @param askedFor how many of them the strategy asked for as new points
record StudyState(StudyEvent.Created created, TrialList trials, int askedFor) {

  static StudyState of(StudyEvent.Created created) {
    return new StudyState(created, TrialList.EMPTY, 0);
  }

  /// The state after one more event.
  /// @throws IllegalArgumentException if the event cannot follow this state
  StudyState apply(StudyEvent event) {
    return switch (event) {
      case StudyEvent.Created c -> throw new IllegalArgumentException("study '" + c.study() + "' is created a second time");
      case StudyEvent.Asked(int trial, Point point, Assignment assignment, _) -> next(trial, point, true, assignment, Optional.empty());
      case StudyEvent.Added(int trial, Point point, Outcome outcome) -> next(trial, point, false, Assignment.NEW, Optional.of(outcome));
      case StudyEvent.Told(int trial, Outcome outcome) -> with(pending(trial).withOutcome(outcome));
      case StudyEvent.Reported(int trial, long step, double value, Decision decision) -> with(pending(trial).withReport(step, value, decision));
    };
  }

  Knowledge knowledge() {
    return new Knowledge(created.space(), created.seed(), Evaluations.of(trials));
  }

  boolean has(int trial) {
    return trial >= 0 && trial < trials.size();
  }

  /// @throws IllegalArgumentException if there is no such trial
  TrialResult trial(int number) {
    if (!has(number)) {
      String there = trials.isEmpty() ? "it has none yet" : "it has trials 0 to " + (trials.size() - 1);
      throw new IllegalArgumentException("study '" + created.study() + "' has no trial " + number + "; " + there);
    }
    return trials.get(number);
  }

  private TrialResult pending(int number) {
    TrialResult t = trial(number);
    if (!t.isPending()) {
      throw new IllegalArgumentException("trial " + number + " has been told before");
    }
    return t;
  }

  private StudyState next(int number, Point point, boolean asked, Assignment assignment, Optional<Outcome> outcome) {
    if (number != trials.size()) {
      throw new IllegalArgumentException("the next trial has number " + trials.size() + ", got " + number);
    }
    assignment.again().ifPresent(first -> {
      if (!trial(first).point().equals(point)) {
        throw new IllegalArgumentException("trial " + number + " is said to train trial " + first + " again, whose point is another");
      }
    });
    TrialResult trial = new TrialResult(number, point, created.space().decode(point), asked, assignment, outcome, List.of(), OptionalLong.empty());
    return new StudyState(created, trials.with(trial), askedFor + (trial.isAskedFor() ? 1 : 0));
  }

  private StudyState with(TrialResult trial) {
    return new StudyState(created, trials.with(trial), askedFor);
  }
}
