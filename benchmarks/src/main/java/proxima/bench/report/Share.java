package proxima.bench.report;

import java.util.List;
import proxima.bench.result.Run;

/// How many of a contender's suggestions diverged.
record Share(long diverged, long of) {

  /// Suggestions from this trial on count: those before explore.
  static final int FROM = 20;

  /// NaN where there is none to count.
  double value() {
    return of == 0 ? Double.NaN : (double) diverged / of;
  }

  /// Of the suggestions after trial 20, without the initial design.
  static Share of(List<Run> runs) {
    List<Run.Step> late = runs.stream().flatMap(r -> r.steps().stream().skip(Math.max(FROM, r.initial()))).toList();
    return new Share(late.stream().filter(Run.Step::diverged).count(), late.size());
  }
}
