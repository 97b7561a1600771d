package proxima.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Holm's correction (1979) for a number of tests at once.
final class Holm {

  private Holm() {}

  /// Corrected p values, in the order given.
  static double[] corrected(double[] p) {
    List<Integer> order = IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] corrected = new double[p.length];
    double least = 0;
    for (int i = 0; i < p.length; i++) {
      least = Math.max(least, Math.min(1, (p.length - i) * p[order.get(i)]));
      corrected[order.get(i)] = least;
    }
    return corrected;
  }
}
