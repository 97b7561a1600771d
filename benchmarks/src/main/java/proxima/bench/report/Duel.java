package proxima.bench.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The leader against one rival.
///
/// @param difference how much higher the rival's mean final regret is, with its interval: of the same regrets as the test, over the same unit
/// @param won pairs in which the rival is better
/// @param lost pairs in which it is worse; the others are level
/// @param p two-sided, by Wilcoxon's test with Holm's correction for the leader's rivals
record Duel(String rival, Interval difference, int won, int lost, int pairs, double p) {

  boolean isDecided() {
    return p < Unit.LEVEL;
  }

  /// Of the contender with the lowest mean rank against each other one, the smallest p first.
  static List<Duel> of(Field field, String leader) {
    List<String> rivals = field.contenders().stream().filter(c -> !c.equals(leader)).toList();
    Unit unit = Unit.of(field);
    List<double[]> pairs = rivals.stream().map(r -> unit.differences(field, r, leader)).toList();
    double[] p = Holm.corrected(pairs.stream().mapToDouble(SignedRank::p).toArray());
    return IntStream.range(0, p.length)
        .mapToObj(i -> of(rivals.get(i), unit.difference(field, rivals.get(i), leader), pairs.get(i), p[i]))
        .sorted(Comparator.comparingDouble(Duel::p))
        .toList();
  }

  private static Duel of(String rival, Interval difference, double[] pairs, double p) {
    return new Duel(rival, difference, (int) Arrays.stream(pairs).filter(d -> d < 0).count(), (int) Arrays.stream(pairs).filter(d -> d > 0).count(), pairs.length, p);
  }
}
