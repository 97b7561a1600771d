package proxima.bench.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/// Wilcoxon's signed-rank test (1945). Equal sizes share their mean rank; zeros are ranked too, and then dropped (Pratt 1959), so that
/// a difference that grows never makes p larger.
final class SignedRank {

  /// The distribution is exact up to so many differences other than 0; beyond, the normal approximation is right to three digits.
  private static final int EXACT = 50;

  private SignedRank() {}

  /// The two-sided p of paired differences, finite ones; 1 where there are none or all are 0.
  static double p(double[] differences) {
    int[] ranks = doubledRanks(differences);
    int[] counted = IntStream.range(0, ranks.length).filter(i -> differences[i] != 0).map(i -> ranks[i]).toArray();
    int all = Arrays.stream(counted).sum();
    int positive = IntStream.range(0, ranks.length).filter(i -> differences[i] > 0).map(i -> ranks[i]).sum();
    int smaller = Math.min(positive, all - positive);
    if (counted.length == 0) {
      return 1;
    }
    return Math.min(1, counted.length <= EXACT ? 2 * exact(counted, smaller) : normal(counted, smaller));
  }

  /// Twice the mean ranks of the sizes, whole numbers with ties.
  private static int[] doubledRanks(double[] differences) {
    int n = differences.length;
    List<Integer> order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> Math.abs(differences[i]))).toList();
    int[] ranks = new int[n];
    for (int from = 0, to; from < n; from = to) {
      double size = Math.abs(differences[order.get(from)]);
      to = from + 1;
      while (to < n && Math.abs(differences[order.get(to)]) == size) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = from + 1 + to;
      }
    }
    return ranks;
  }

  /// The probability that ranks with random signs have positive ones of no more than `sum`.
  private static double exact(int[] ranks, int sum) {
    double[] probability = new double[sum + 1];
    probability[0] = 1;
    for (int rank : ranks) {
      for (int s = sum; s >= 0; s--) {
        probability[s] = 0.5 * (probability[s] + (s >= rank ? probability[s - rank] : 0));
      }
    }
    return Arrays.stream(probability).sum();
  }

  /// With continuity correction; the variance over the ranks as they are is the one corrected for ties and zeros.
  private static double normal(int[] ranks, int sum) {
    double mean = Arrays.stream(ranks).sum() / 2.0;
    double variance = Arrays.stream(ranks).mapToDouble(r -> 0.25 * r * r).sum();
    double z = Math.max(0, mean - sum - 1) / Math.sqrt(variance);
    return Erf.erfc(z / Math.sqrt(2));
  }
}
