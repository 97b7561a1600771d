package proxima.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import proxima.bench.result.Entrant;
import proxima.chart.Block;
import proxima.strategy.Seeds;

/// What a contender loses by several workers that try points at once: its regret after as many trials, as a multiple of that with the fewest workers it plays with.
///
/// @param regret after the last trial, each task counting alike
/// @param fewest the same with the fewest workers
/// @param ratio of the two, with its 95 % interval over other seeds on the same tasks
/// @param median of the ratios of the tasks
record Parallel(Entrant entrant, double regret, double fewest, Interval ratio, double median) {

  private static final int RESAMPLES = 1000;

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
    double median = new Median().evaluate(IntStream.range(0, mine.size()).mapToDouble(t -> ratio(mean(mine.get(t)), mean(before.get(t)))).toArray());
    double regret = sum(mine) / mine.size();
    double base = sum(before) / before.size();
    return new Parallel(entrant, regret, base, interval(mine, before), median);
  }

  private static List<double[]> regrets(Field field, Entrant entrant) {
    return field.contests().stream().map(c -> c.regrets(entrant.name(), c.trials())).toList();
  }

  /// Resamples the seeds within each task, the same for both.
  private static Interval interval(List<double[]> mine, List<double[]> before) {
    double ratio = ratio(sum(mine), sum(before));
    if (mine.stream().allMatch(s -> s.length < 2)) {
      return new Interval(ratio, Double.NaN, Double.NaN);
    }
    RandomGenerator random = Seeds.random(mine.size(), 11);
    double[] ratios = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double above = 0;
      double below = 0;
      for (int t = 0; t < mine.size(); t++) {
        int seeds = mine.get(t).length;
        int drawn = Math.max(1, seeds - 1);
        for (int i = 0; i < drawn; i++) {
          int seed = random.nextInt(seeds);
          above += mine.get(t)[seed] / drawn;
          below += before.get(t)[seed] / drawn;
        }
      }
      ratios[b] = ratio(above, below);
    }
    Arrays.sort(ratios);
    return new Interval(ratio, ratios[(int) (0.025 * RESAMPLES)], ratios[(int) (0.975 * RESAMPLES)]);
  }

  /// 1 where both are 0.
  private static double ratio(double a, double b) {
    return a == b ? 1 : a / b;
  }

  private static double sum(List<double[]> byTask) {
    return byTask.stream().mapToDouble(Parallel::mean).sum();
  }

  private static double mean(double[] seeds) {
    return DoubleStream.of(seeds).average().orElseThrow();
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
