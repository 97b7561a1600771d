package proxima.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proxima.chart.Format;

/// What two contenders are paired over.
enum Unit {
  /// Tasks, by their means over the seeds (Demsar 2006): what holds for other tasks of the kind.
  TASKS,
  /// Matches: what holds for other seeds on these tasks.
  MATCHES;

  /// The level at which a difference counts as one.
  static final double LEVEL = 0.05;

  /// Tasks, where so many of them can show a difference at all: a contender that wins every one has p = 2^(1 - tasks), before Holm's correction for all
  /// pairs of contenders.
  static Unit of(Field field) {
    int contenders = field.contenders().size();
    double comparisons = contenders * (contenders - 1) / 2.0;
    return comparisons * Math.pow(2, 1 - field.contests().size()) < LEVEL ? TASKS : MATCHES;
  }

  int count(Field field) {
    return switch (this) {
      case TASKS -> field.contests().size();
      case MATCHES -> field.matches();
    };
  }

  /// `40 tasks`.
  String n(Field field) {
    return switch (this) {
      case TASKS -> Format.count(count(field), "task");
      case MATCHES -> Format.count(count(field), "pair") + " of task and seed";
    };
  }

  /// Of the mean of values for each task and seed.
  private Interval interval(List<double[]> byTask) {
    return switch (this) {
      case TASKS -> Interval.across(byTask);
      case MATCHES -> Interval.within(byTask);
    };
  }

  /// How much higher a's final regrets are than b's.
  double[] differences(Field field, String a, String b) {
    Stream<double[]> byTask = byTask(field, a, b).stream();
    return switch (this) {
      case TASKS -> byTask.mapToDouble(d -> Arrays.stream(d).average().orElseThrow()).toArray();
      case MATCHES -> byTask.flatMapToDouble(DoubleStream::of).toArray();
    };
  }

  /// The mean of the same, with its interval.
  Interval difference(Field field, String a, String b) {
    return interval(byTask(field, a, b));
  }

  private static List<double[]> byTask(Field field, String a, String b) {
    return field.contests().stream().map(c -> difference(c.standings(a), c.standings(b))).toList();
  }

  private static double[] difference(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
