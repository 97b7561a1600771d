package proxima.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import proxima.space.Configuration;
import proxima.space.Outcome;
import proxima.space.Point;

/// A trial and all that is known of it.
///
/// @param asked whether the strategy asked for it; false for a warm start
/// @param assignment what it was to train
/// @param outcome empty while the trial is pending
/// @param reports the losses reported on the way, by step
/// @param stop the step whose report was answered by `STOP`
public record TrialResult(
    int number,
    Point point,
    Configuration configuration,
    boolean asked,
    Assignment assignment,
    Optional<Outcome> outcome,
    List<Outcome.CurvePoint> reports,
    OptionalLong stop) {

  public TrialResult {
    reports = List.copyOf(reports);
  }

  /// Whether the strategy asked for it as a new point, which is what budgets count.
  public boolean isAskedFor() {
    return asked && assignment.again().isEmpty();
  }

  public boolean isPending() {
    return outcome.isEmpty();
  }

  /// The loss of a finished trial; empty for all others.
  public OptionalDouble loss() {
    return outcome.isPresent() && outcome.get() instanceof Outcome.Finished f ? OptionalDouble.of(f.loss()) : OptionalDouble.empty();
  }

  /// The losses on the way: those reported, or else those told with the outcome.
  public List<Outcome.CurvePoint> curve() {
    return !reports.isEmpty() || outcome.isEmpty()
        ? reports
        : switch (outcome.get()) {
          case Outcome.Finished(_, _, var curve) -> curve;
          case Outcome.Stopped(_, _, var curve) -> curve;
          case Outcome.Diverged _, Outcome.Failed _ -> List.of();
        };
  }

  /// What the trial hears at a step that it has reported: to stop, from the step of that answer on.
  Decision decision(long step) {
    return stop.isPresent() && step >= stop.getAsLong() ? Decision.STOP : Decision.CONTINUE;
  }

  TrialResult withReport(long step, double value, Decision decision) {
    List<Outcome.CurvePoint> more = new ArrayList<>(reports);
    more.removeIf(r -> r.step() == step);
    more.add(new Outcome.CurvePoint(step, value));
    more.sort(Comparator.comparingLong(Outcome.CurvePoint::step));
    OptionalLong last =
        switch (decision) {
          case STOP -> OptionalLong.of(Math.min(step, stop.orElse(step)));
          case CONTINUE -> stop.isPresent() && stop.getAsLong() == step ? OptionalLong.empty() : stop;
        };
    return new TrialResult(number, point, configuration, asked, assignment, outcome, more, last);
  }

  TrialResult withOutcome(Outcome told) {
    return new TrialResult(number, point, configuration, asked, assignment, Optional.of(told), reports, stop);
  }

  /// The first trial of the point, where this one trains it again: itself elsewhere.
  public int first() {
    return assignment.again().orElse(number);
  }

  public Trial trial() {
    return new Trial(number, point, configuration, assignment.steps());
  }
}
