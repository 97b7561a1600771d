package proxima.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import proxima.bench.result.Run;
import proxima.chart.Block;
import proxima.chart.Format;

/// After how many trials a contender has for the first time the regret that a rival has in the end, the median over the seeds; infinite where it has not. Where losses are noisy it may
/// rise again, as it is that of the lowest observed.
///
/// @param trials by the contest's name and the rival
record Reached(String contender, Map<String, Map<String, Double>> trials) {

  /// Of ours, or of the leader where none of ours plays; rivals by their ranks.
  static Reached of(Verdict verdict) {
    String contender = verdict.ours().orElse(verdict.leader()).contender();
    List<String> rivals = verdict.scores().stream().map(Score::contender).filter(c -> !c.equals(contender)).toList();
    Map<String, Map<String, Double>> trials = new LinkedHashMap<>();
    for (Contest contest : verdict.field().contests()) {
      Map<String, Double> row = new LinkedHashMap<>();
      rivals.forEach(r -> row.put(r, median(contest.of(contender), contest.of(r))));
      trials.put(contest.name(), row);
    }
    return new Reached(contender, trials);
  }

  private static double median(List<Run> mine, List<Run> theirs) {
    double[] all = IntStream.range(0, mine.size()).mapToDouble(s -> trials(mine.get(s), theirs.get(s).finalRegret())).sorted().toArray();
    double upper = all[all.length / 2];
    // Also of an even number of which the upper half is infinite.
    return all.length % 2 == 1 || Double.isInfinite(upper) ? upper : 0.5 * (all[all.length / 2 - 1] + upper);
  }

  private static double trials(Run run, double regret) {
    return IntStream.rangeClosed(1, run.steps().size()).filter(n -> run.regretAfter(n) <= regret).mapToDouble(n -> n).findFirst().orElse(Double.POSITIVE_INFINITY);
  }

  /// A row a contest, a column a rival.
  Block table(Field field) {
    List<String> header = new ArrayList<>(List.of("Task"));
    List<List<String>> rows = new ArrayList<>();
    for (Contest contest : field.contests()) {
      List<String> row = new ArrayList<>(List.of(contest.name()));
      trials.getOrDefault(contest.name(), Map.of()).forEach((rival, n) -> {
        if (rows.isEmpty()) {
          header.add(rival + (field.hasFailed(rival) ? ScoreTable.FAILED : ""));
        }
        row.add(Double.isInfinite(n) ? "> " + contest.trials() : Format.number(n));
      });
      rows.add(row);
    }
    return new Block.Table(header, rows, true, Set.of());
  }
}
