package proxima.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import proxima.space.Outcome;

/// A study of Optuna's, as either of its storages tells it. States are as the database has them.
///
/// @param directions one an objective: `MINIMIZE` or `MAXIMIZE`
/// @param trials by their numbers in the storage
record OptunaStudy(String name, List<String> directions, Map<Long, Trial> trials) {

  OptunaStudy(String name, List<String> directions) {
    this(name, List.copyOf(directions), new TreeMap<>());
  }

  /// A trial being read.
  static final class Trial {
    final Map<String, HistoryDraft.Suggestion> suggestions = new LinkedHashMap<>();
    final Map<Long, Double> reports = new TreeMap<>();
    final List<String> constant = new ArrayList<>();
    final Set<String> beyond = new LinkedHashSet<>();
    String state = "RUNNING";
    OptionalDouble value = OptionalDouble.empty();
    // Why a parameter can not be read, if one can not.
    Optional<String> fault = Optional.empty();

    /// @param json of its distribution
    void suggest(String name, String json, double internal) {
      try {
        suggest(OptunaDistribution.of(name, json), internal);
      } catch (IllegalArgumentException e) {
        fault = Optional.of(String.valueOf(e.getMessage()));
      }
    }

    private void suggest(OptunaDistribution distribution, double internal) {
      distribution.suggestion(internal).ifPresentOrElse(s -> suggestions.put(distribution.name(), s), () -> constant.add(distribution.name()));
      if (distribution.isBeyond(internal)) {
        beyond.add(distribution.name());
      }
    }
  }

  Trial trial(long id) {
    return trials.computeIfAbsent(id, _ -> new Trial());
  }

  /// @param failedDiverged whether failed trials count as diverged
  /// @throws IllegalArgumentException if it has several objectives, a parameter that can not be read, or nothing to learn from.
  Imported.Read history(boolean failedDiverged) {
    if (directions.size() > 1) {
      throw new IllegalArgumentException("it has " + directions.size() + " objectives; only a study of one is a history");
    }
    trials.values().stream().flatMap(t -> t.fault.stream()).findFirst().ifPresent(fault -> {
      throw new IllegalArgumentException(fault);
    });
    boolean maximizes = directions.contains("MAXIMIZE");
    var draft = new HistoryDraft();
    if (maximizes) {
      draft.note("losses are the negative of its values, which it maximizes");
    }
    Map<String, Integer> beyond = new TreeMap<>();
    int waiting = 0;
    int empty = 0;
    int failed = 0;
    for (Trial t : trials.values()) {
      t.constant.forEach(p -> draft.note("parameter '" + p + "' is left out, as it had one value alone"));
      if (t.state.equals("RUNNING") || t.state.equals("WAITING")) {
        waiting++;
      } else if (t.suggestions.isEmpty()) {
        empty++;
      } else {
        Outcome outcome = outcome(t, maximizes ? -1 : 1);
        boolean isFailure = t.state.equals("FAIL") && outcome instanceof Outcome.Failed;
        failed += isFailure ? 1 : 0;
        draft.add(t.suggestions, isFailure && failedDiverged ? new Outcome.Diverged(0) : outcome);
        t.beyond.forEach(p -> beyond.merge(p, 1, Integer::sum));
      }
    }
    beyond.forEach((p, count) -> draft.note(count + " of " + trials.size() + " trials had '" + p + "' beyond its range, and have the range's end"));
    if (failed > 0) {
      draft.note(
          failed + " of " + trials.size() + " trials failed, and count as "
              + (failedDiverged ? "diverged" : "saying nothing; Optuna fails also those whose loss is not a number: where these have diverged, give " + ImportHistoryCommand.FAILED + " diverged"));
    }
    if (waiting > 0) {
      draft.note(waiting + " of " + trials.size() + " trials left out, as they have not ended");
    }
    if (empty > 0) {
      draft.note(empty + " of " + trials.size() + " trials left out, as they ended before they chose a value");
    }
    return draft.history(name);
  }

  private static Outcome outcome(Trial t, int sign) {
    List<Outcome.CurvePoint> curve =
        t.reports.entrySet().stream().filter(e -> e.getKey() >= 0).sorted(Comparator.comparingLong(Map.Entry::getKey)).map(e -> new Outcome.CurvePoint(e.getKey(), sign * e.getValue())).toList();
    double value = sign * t.value.orElse(Double.NaN);
    return switch (t.state) {
      case "COMPLETE" -> Double.isFinite(value) ? new Outcome.Finished(value, curve) : new Outcome.Diverged(curve.isEmpty() ? 0 : curve.getLast().step());
      case "PRUNED" -> pruned(curve);
      // Optuna takes an objective that is not a number for a failure.
      case "FAIL" -> curve.isEmpty() || Double.isFinite(curve.getLast().loss()) ? failed() : new Outcome.Diverged(curve.getLast().step());
      default -> failed();
    };
  }

  private static Outcome failed() {
    return new Outcome.Failed("failed under Optuna");
  }

  private static Outcome pruned(List<Outcome.CurvePoint> curve) {
    if (curve.isEmpty()) {
      return new Outcome.Failed("pruned before it reported a value");
    }
    Outcome.CurvePoint last = curve.getLast();
    return Double.isFinite(last.loss()) ? new Outcome.Stopped(last.step(), last.loss(), curve) : new Outcome.Diverged(last.step());
  }
}
