package proxima.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/// Whether a contender's final regrets differ from another's by more than chance: Wilcoxon's signed-rank test over the tasks' means (Demsar
/// 2006), with Holm's correction for the number of rivals.
///
/// @param p two-sided, corrected; 1 where there are fewer than two tasks or no differences
record Significance(String rival, double p) {

  /// Beyond this many tasks the normal approximation is used: the exact distribution takes 2^n steps.
  private static final int EXACT = 18;

  /// Of one contender against each other one, the smallest p first.
  static List<Significance> of(List<Run> runs, String contender) {
    Map<String, Map<String, Double>> means = runs.stream().collect(Collectors.groupingBy(
        Run::contender, TreeMap::new, Collectors.groupingBy(Run::task, TreeMap::new, Collectors.averagingDouble(r -> Score.regret(r, Integer.MAX_VALUE)))));
    Map<String, Double> mine = means.getOrDefault(contender, Map.of());
    List<Significance> raw = new ArrayList<>();
    means.forEach((rival, theirs) -> {
      if (!rival.equals(contender)) {
        List<String> common = mine.keySet().stream().filter(theirs::containsKey).filter(t -> !Objects.equals(mine.get(t), theirs.get(t))).toList();
        raw.add(new Significance(rival, p(common.stream().mapToDouble(mine::get).toArray(), common.stream().mapToDouble(theirs::get).toArray())));
      }
    });
    raw.sort(Comparator.comparingDouble(Significance::p));
    return holm(raw);
  }

  private static double p(double[] a, double[] b) {
    return a.length < 2 ? 1 : new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, b, a.length <= EXACT);
  }

  static List<Significance> holm(List<Significance> sorted) {
    List<Significance> corrected = new ArrayList<>();
    double least = 0;
    for (int i = 0; i < sorted.size(); i++) {
      least = Math.max(least, Math.min(1, (sorted.size() - i) * sorted.get(i).p));
      corrected.add(new Significance(sorted.get(i).rival, least));
    }
    return corrected;
  }
}
