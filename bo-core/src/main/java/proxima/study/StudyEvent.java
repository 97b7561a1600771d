package proxima.study;

import java.util.OptionalInt;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// What can happen to a study. Immutable; equal where all parts are.
public sealed interface StudyEvent {

  /// The first event of every study, and the only one of its kind.
  ///
  /// @param strategy a label of the strategy and of its settings: another label asks other points
  record Created(String study, SearchSpace space, long seed, String strategy) implements StudyEvent {}

  /// The strategy asked for a point, or one that it had asked for is trained again.
  ///
  /// @param known how many events of the study the strategy knew; empty where all that stand before this one
  record Asked(int trial, Point point, Assignment assignment, OptionalInt known) implements StudyEvent {

    /// One that knew all events before it.
    Asked(int trial, Point point, Assignment assignment) {
      this(trial, point, assignment, OptionalInt.empty());
    }
  }

  /// A loss seen on the way, and what was decided on it. A later report of the same step replaces the earlier one.
  record Reported(int trial, long step, double value, Decision decision) implements StudyEvent {}

  /// What came of a trial.
  record Told(int trial, Outcome outcome) implements StudyEvent {}

  /// A point that was never asked for, and what came of it.
  record Added(int trial, Point point, Outcome outcome) implements StudyEvent {}
}
