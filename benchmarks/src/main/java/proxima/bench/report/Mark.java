package proxima.bench.report;

import java.util.List;
import java.util.function.Function;

/// Normalised regret after a number of trials, each task counting alike.
///
/// @param interval over other seeds on the same tasks
/// @param failed whether runs are among them that failed: in the mean these keep the regret that they had
record Mark(Interval interval, int tasks, int runs, boolean failed) {

  /// Over the contests that have so many trials, and fewer that the comparison chose.
  static Mark of(Field field, String contender, int trials) {
    List<Contest> contests = field.contests().stream().filter(c -> shows(c, trials)).toList();
    return of(contests, contender, c -> c.regrets(contender, trials));
  }

  /// After the last trial of each contest.
  static Mark last(Field field, String contender) {
    return of(field.contests(), contender, c -> c.regrets(contender, c.trials()));
  }

  private static Mark of(List<Contest> contests, String contender, Function<Contest, double[]> regrets) {
    return new Mark(
        Interval.within(contests.stream().map(regrets).toList()), contests.size(), contests.stream().mapToInt(Contest::seeds).sum(), contests.stream().anyMatch(c -> c.failed(contender) > 0));
  }

  static boolean shows(Contest contest, int trials) {
    return contest.initial() < trials && trials <= contest.trials();
  }
}
