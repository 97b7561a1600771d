package proxima.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/// What a contender did over all tasks, each task counting alike.
///
/// @param meanRank by regret after the last trial, 1 the best, among the runs of the same task and seed
/// @param regret normalised, by number of trials
/// @param diverged share of the trials after the initial design
/// @param secondsPerSuggestion median over all suggestions
/// @param failed the runs that ended early; they rank last, and keep the regret they had
record Score(String contender, double meanRank, Map<Integer, Interval> regret, double diverged, double secondsPerSuggestion, List<Run> failed) {

  /// Regret of a run without a finite loss yet: as that of a point at the median.
  private static final double NOTHING = 1;

  Score {
    failed = List.copyOf(failed);
  }

  /// Scores by mean rank, best first. Runs of a task and seed that not all contenders have are left out of the ranks.
  static List<Score> of(List<Run> runs, List<Integer> marks) {
    Map<String, List<Run>> byContender = runs.stream().collect(Collectors.groupingBy(Run::contender, LinkedHashMap::new, Collectors.toList()));
    Map<String, Double> ranks = meanRanks(runs, byContender.size());
    List<Score> scores = new ArrayList<>();
    byContender.forEach((name, mine) -> {
      Map<Integer, Interval> regret = new TreeMap<>();
      for (int mark : marks) {
        regret.put(mark, Interval.of(byTask(mine, r -> regret(r, mark))));
      }
      scores.add(new Score(name, ranks.getOrDefault(name, Double.NaN), regret, diverged(mine), seconds(mine), mine.stream().filter(r -> r.failure().isPresent()).toList()));
    });
    scores.sort(Comparator.comparingDouble(Score::meanRank));
    return scores;
  }

  /// Of a run after so many trials, or at its end.
  static double regret(Run run, int trials) {
    int n = Math.min(trials, run.steps().size());
    double regret = n == 0 ? Double.POSITIVE_INFINITY : run.steps().get(n - 1).regret();
    return Double.isFinite(regret) ? regret : NOTHING;
  }

  /// What ranks go by: the final regret, and a failure behind all.
  private static double standing(Run run) {
    return run.failure().isPresent() ? Double.POSITIVE_INFINITY : regret(run, Integer.MAX_VALUE);
  }

  static List<double[]> byTask(List<Run> runs, Function<Run, Double> value) {
    Map<String, List<Double>> byTask = runs.stream().collect(Collectors.groupingBy(Run::task, TreeMap::new, Collectors.mapping(value, Collectors.toList())));
    return byTask.values().stream().map(v -> v.stream().mapToDouble(Double::doubleValue).toArray()).toList();
  }

  private record Match(String task, long seed) {}

  private static Map<String, Double> meanRanks(List<Run> runs, int contenders) {
    Map<Match, List<Run>> matches = runs.stream().collect(Collectors.groupingBy(r -> new Match(r.task(), r.seed())));
    Map<String, Map<String, List<Double>>> ranks = new LinkedHashMap<>();
    matches.values().stream().filter(m -> m.size() == contenders).forEach(match -> {
      for (Run run : match) {
        double mine = standing(run);
        long better = match.stream().filter(r -> standing(r) < mine).count();
        long equal = match.stream().filter(r -> standing(r) == mine).count();
        ranks.computeIfAbsent(run.contender(), _ -> new TreeMap<>()).computeIfAbsent(run.task(), _ -> new ArrayList<>()).add(better + 0.5 * (equal + 1));
      }
    });
    Map<String, Double> means = new LinkedHashMap<>();
    ranks.forEach((name, byTask) ->
        means.put(name, byTask.values().stream().mapToDouble(r -> r.stream().mapToDouble(Double::doubleValue).average().orElseThrow()).average().orElseThrow()));
    return means;
  }

  private static double diverged(List<Run> runs) {
    return runs.stream().flatMap(r -> r.steps().stream().skip(r.initial())).mapToDouble(s -> Double.isInfinite(s.loss()) ? 1 : 0).average().orElse(0);
  }

  private static double seconds(List<Run> runs) {
    double[] all = runs.stream().flatMap(r -> r.steps().stream().skip(r.initial())).mapToDouble(Run.Step::seconds).toArray();
    return all.length == 0 ? 0 : new Median().evaluate(all);
  }
}
