package proxima.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proxima.space.Outcome;
import proxima.study.Decision;

/// What the reports of one attempt amount to so far.
final class Losses {

  private final Monitor monitor;
  private final List<Outcome.CurvePoint> curve = new ArrayList<>();
  private Optional<Outcome> outcome = Optional.empty();
  private boolean settled;
  // Whether something came after a result, which then was none of the whole training.
  private boolean isDoubtful;
  private long lastStep;

  Losses(Monitor monitor) {
    this.monitor = monitor;
  }

  void add(Report report) {
    if (settled) {
      return;
    }
    isDoubtful |= outcome.filter(o -> o instanceof Outcome.Finished).isPresent();
    switch (report) {
      case Report.Step(long step, double loss) -> {
        lastStep = step;
        Decision decision = monitor.report(step, loss);
        if (!Double.isFinite(loss)) {
          settle(new Outcome.Diverged(step));
          return;
        }
        curve.add(new Outcome.CurvePoint(step, loss));
        if (decision == Decision.STOP && outcome.isEmpty()) {
          outcome = Optional.of(new Outcome.Stopped(step, loss, curve));
        }
      }
      case Report.Result(double loss, double standardError) -> {
        if (Double.isFinite(loss)) {
          outcome = Optional.of(new Outcome.Finished(loss, standardError, curve));
        } else {
          settle(new Outcome.Diverged(lastStep));
        }
      }
      case Report.Diverged(Optional<Long> step) -> settle(new Outcome.Diverged(step.orElse(lastStep)));
      case Report.Unreadable(String why) -> settle(new Outcome.Failed("command: " + why));
    }
  }

  /// What the result file says, which is written once.
  void addWritten(Report report) {
    add(report);
    isDoubtful = false;
  }

  private void settle(Outcome last) {
    outcome = Optional.of(last);
    settled = true;
  }

  /// Whether the job is not to go on. A result that it gave by then counts even after a loss that stops it.
  boolean isOver() {
    return settled || outcome.filter(o -> o instanceof Outcome.Stopped).isPresent();
  }

  /// Empty before a result.
  Optional<Outcome> outcome() {
    return outcome;
  }

  /// What a process leaves that did not end well: a result counts, and people are told, if no other report came after one; one of several may be one on the way. Empty without a result that counts.
  /// @param fault how it ended
  Optional<Outcome> outcomeDespite(String fault) {
    if (isDoubtful) {
      return Optional.empty();
    }
    outcome.ifPresent(_ -> monitor.note(fault + " after its loss, which counts"));
    return outcome;
  }

  /// What to say of losses that do not count.
  String doubt() {
    return isDoubtful ? ", after losses without a step, any of which may be one on the way: print those with their step" : "";
  }

  /// The last step that was reported, 0 before the first.
  long lastStep() {
    return lastStep;
  }
}
