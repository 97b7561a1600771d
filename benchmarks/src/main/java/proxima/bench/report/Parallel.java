package proxima.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.result.Entrant;
import proxima.chart.Block;

/// What a contender loses by several workers that try points at once: its regret after as many trials, as a multiple of that with the fewest workers it plays with.
///
/// @param regret after the last trial, each task counting alike
/// @param fewest the same with the fewest workers
/// @param ratio of the two, with its 95 % interval over other seeds on the same tasks
/// @param median of the ratios of the tasks
record Parallel(Entrant entrant, double regret, double fewest, Interval ratio, double median) {

  /// Of all that play with more workers than their fewest, in the field's order.
  static List<Parallel> of(Field field) {
    List<Entrant> entrants = field.contenders().stream().map(Entrant::of).toList();
    List<Parallel> all = new ArrayList<>();
    for (Entrant e : entrants) {
      Entrant fewest = entrants.stream().filter(o -> o.contender().equals(e.contender())).min(Comparator.comparingInt(Entrant::workers)).orElseThrow();
      if (fewest.workers() < e.workers()) {
        all.add(of(field, e, fewest));
      }
    }
    return all;
  }

  private static Parallel of(Field field, Entrant entrant, Entrant fewest) {
    List<double[]> mine = regrets(field, entrant);
    List<double[]> before = regrets(field, fewest);
    double median = new Median().evaluate(IntStream.range(0, mine.size()).mapToDouble(t -> Interval.ratio(Interval.mean(mine.get(t)), Interval.mean(before.get(t)))).toArray());
    return new Parallel(entrant, mean(mine), mean(before), Interval.ofRatio(mine, before), median);
  }

  private static List<double[]> regrets(Field field, Entrant entrant) {
    return field.contests().stream().map(c -> c.regrets(entrant.name(), c.trials())).toList();
  }

  private static double mean(List<double[]> byTask) {
    return byTask.stream().mapToDouble(Interval::mean).average().orElseThrow();
  }

  /// A row each.
  static Block table(List<Parallel> all) {
    List<List<String>> rows = new ArrayList<>();
    Set<Integer> strong = new TreeSet<>();
    for (Parallel p : all) {
      if (Styles.isOurs(p.entrant.name())) {
        strong.add(rows.size());
      }
      rows.add(List.of(p.entrant.name(), ScoreTable.regret(p.regret), ScoreTable.regret(p.fewest), p.text(), times(p.median)));
    }
    return new Block.Table(List.of("Contender", "Final regret", "With fewest workers", "Ratio", "Median task's ratio"), rows, true, strong);
  }

  /// `1.12 [1.05, 1.20]`.
  String text() {
    return times(ratio.mean()) + (ratio.isKnown() ? " [" + times(ratio.low()) + ", " + times(ratio.high()) + "]" : "");
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
