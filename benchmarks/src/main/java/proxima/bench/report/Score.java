package proxima.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.result.Run;

/// What a contender did over all contests, each counting alike.
///
/// @param meanRank by regret after the last trial, 1 the best, among the runs of the same task and seed
/// @param regret by number of trials
/// @param last regret after the last trial
/// @param secondsPerSuggestion median over all suggestions; NaN where there were none
/// @param failed the runs that ended early; they rank last, and keep the regret they had
record Score(String contender, double meanRank, Map<Integer, Mark> regret, Mark last, Share diverged, double secondsPerSuggestion, List<Run> failed) {

  /// Numbers of trials at which regrets are told.
  private static final List<Integer> MARKS = List.of(10, 25, 50, 100, 150, 200);

  Score {
    regret = new TreeMap<>(regret);
    failed = List.copyOf(failed);
  }

  /// By mean rank, best first; equal ones by final regret.
  static List<Score> of(Field field) {
    List<Integer> marks = marks(field);
    return field.contenders().stream().map(c -> of(field, c, marks)).sorted(Comparator.comparingDouble(Score::meanRank).thenComparingDouble(s -> s.last.interval().mean())).toList();
  }

  static List<Integer> marks(Field field) {
    return MARKS.stream().filter(m -> field.contests().stream().anyMatch(c -> Mark.shows(c, m))).toList();
  }

  private static Score of(Field field, String contender, List<Integer> marks) {
    List<Run> runs = field.runs(contender);
    Map<Integer, Mark> regret = new TreeMap<>();
    marks.forEach(m -> regret.put(m, Mark.of(field, contender, m)));
    return new Score(contender, Ranking.meanRank(field, contender), regret, Mark.last(field, contender), Share.of(runs), seconds(runs),
        runs.stream().filter(r -> r.failure().isPresent()).toList());
  }

  private static double seconds(List<Run> runs) {
    return new Median().evaluate(runs.stream().flatMap(r -> r.steps().stream().skip(r.initial())).mapToDouble(Run.Step::seconds).toArray());
  }
}
