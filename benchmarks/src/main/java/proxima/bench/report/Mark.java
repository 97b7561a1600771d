package proxima.bench.report;

import java.util.List;

/// Normalised regret after a number of trials, each task counting alike.
///
/// @param interval over other seeds on the same tasks
record Mark(Interval interval, int tasks, int runs) {

  /// Over the contests that have so many trials, and fewer that the comparison chose.
  static Mark of(Field field, String contender, int trials) {
    List<Contest> contests = field.contests().stream().filter(c -> shows(c, trials)).toList();
    return new Mark(Interval.within(contests.stream().map(c -> c.regrets(contender, trials)).toList()), contests.size(), contests.stream().mapToInt(Contest::seeds).sum());
  }

  /// After the last trial of each contest.
  static Mark last(Field field, String contender) {
    List<double[]> regrets = field.contests().stream().map(c -> c.regrets(contender, c.trials())).toList();
    return new Mark(Interval.within(regrets), regrets.size(), field.matches());
  }

  static boolean shows(Contest contest, int trials) {
    return contest.initial() < trials && trials <= contest.trials();
  }
}
