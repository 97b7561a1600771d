package proxima.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import proxima.space.Outcome;

/// Asynchronous successive halving by promotion (Li et al. 2020, algorithm 2), for trainings whose learning rate decays to their end: the best of each
/// rung are trained again from the start, eta times as long, each with the whole schedule of its own length.
///
/// Nothing in the middle of a schedule is compared, at the price of training a promoted point once more: with eta = 3, half as much again at most. Rungs are
/// at `whole`, `whole` / eta and so on, as far as they have `first` steps. A trial that finishes below the last rung is recorded as stopped there.
///
/// @param first the shortest training, in steps
/// @param eta one of so many is promoted from each rung
/// @param whole the steps of a whole training
public record Promotion(long first, int eta, long whole) implements EarlyStopping {

  public Promotion {
    if (!(first >= 1 && whole >= first)) {
      throw new IllegalArgumentException("the shortest training has 1 step or more and " + whole + " at most, the whole one; got " + first);
    }
    if (!(eta >= 2)) {
      throw new IllegalArgumentException("eta, of which one is promoted, is 2 or more, got " + eta);
    }
  }

  @Override
  public Decision decide(TrialResult trial, long step, List<TrialResult> others) {
    return Decision.CONTINUE;
  }

  @Override
  public Assignment next(List<TrialResult> trials) {
    List<Long> rungs = rungs();
    Set<Integer> above = new HashSet<>(); // Points, by their first trials, that were promoted from the rung.
    for (int k = rungs.size() - 1; k > 0; k--) {
      above.addAll(at(rungs.get(k), trials).map(TrialResult::first).toList());
      List<TrialResult> told = at(rungs.get(k - 1), trials).filter(Promotion::tells).sorted(Comparator.comparingDouble(Promotion::loss)).toList();
      Optional<TrialResult> best = told.stream().limit(told.size() / eta).filter(t -> Double.isFinite(loss(t)) && !above.contains(t.first())).findFirst();
      if (best.isPresent()) {
        return new Assignment(OptionalInt.of(best.get().first()), OptionalLong.of(rungs.get(k)), rungs.get(k).equals(whole));
      }
    }
    return new Assignment(OptionalInt.empty(), OptionalLong.of(rungs.getFirst()), rungs.getFirst().equals(whole));
  }

  /// Of how many points one is trained to the end, whatever their order.
  public long points() {
    return Math.round(Math.pow(eta, rungs().size() - 1.0));
  }

  private static Stream<TrialResult> at(long rung, List<TrialResult> trials) {
    return trials.stream().filter(t -> t.asked() && t.assignment().steps().equals(OptionalLong.of(rung)));
  }

  /// Whether it has ended with a loss, or diverged: what failed is lost, and says nothing of its rung.
  private static boolean tells(TrialResult trial) {
    return trial.outcome().filter(o -> !(o instanceof Outcome.Failed)).isPresent();
  }

  /// Lengths, ascending.
  private List<Long> rungs() {
    List<Long> rungs = new ArrayList<>();
    for (long steps = whole; steps >= first; steps /= eta) {
      rungs.addFirst(steps);
    }
    return rungs;
  }

  /// The loss at the end of the trial's own training; infinite where it has none.
  private static double loss(TrialResult trial) {
    return trial.outcome().orElseThrow() instanceof Outcome.Stopped s ? s.loss() : Double.POSITIVE_INFINITY;
  }
}
