package proxima.space.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import proxima.linear.Cholesky;
import proxima.space.CategoricalParameter;
import proxima.space.KernelSum;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// One regression over the trials of all tasks: what a point's loss is expected to be among those of a task, whatever the task.
///
/// Losses become normal scores of their ranks within their task (a Gaussian copula: Salinas, Shen and Perrone 2020), so that tasks of any scale are alike; diverged
/// trials have the worst rank. Kernel ridge regression of the scores: Matern-5/2 of one length scale, sqrt(d) / 2 for d parameters, and a ridge of 1/2, which stands for what
/// differs from task to task. Of a number that a task did not have its trials stand in the middle, of a choice at each in turn, as they were translated.
public final class PooledRegression {

  private static final double RIDGE = 0.5;

  // Two points with different choices differ by 1 in two coordinates: that counts as much as two numbers at random do in the mean square, 1/6.
  private static final double CHOICE = Math.sqrt(1.0 / 12);

  // Of all tasks together: factoring their kernel takes some 0.1 s.
  private static final int MOST = 1200;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private PooledRegression() {}

  /// All tasks alike; scores of mean 0 and variance 1 over the trials.
  public static KernelSum of(SearchSpace space, List<PriorTask> tasks) {
    return of(space, tasks, tasks.stream().map(_ -> 1.0).toList());
  }

  /// @param weights of the tasks, 0 or more, not all 0: a task of weight w has the ridge 1 / (2 w)
  /// @throws IllegalArgumentException if no task has a weight.
  public static KernelSum of(SearchSpace space, List<PriorTask> tasks, List<Double> weights) {
    List<Point> points = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<Double> ridges = new ArrayList<>();
    int most = most(tasks.size());
    for (int t = 0; t < tasks.size(); t++) {
      if (weights.get(t) > 0) {
        double[] z = scores(tasks.get(t).losses());
        for (int i : tasks.get(t).some(most)) {
          points.add(tasks.get(t).points().get(i));
          scores.add(z[i]);
          ridges.add(RIDGE / weights.get(t));
        }
      }
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a regression needs a task with a weight above 0, got " + weights);
    }
    return fit(space, points, scores, ridges);
  }

  /// How many trials of each of so many tasks it takes at most.
  public static int most(int tasks) {
    return Math.max(1, MOST / Math.max(1, tasks));
  }

  /// Phi^-1((rank - 1/2) / n), ties averaged.
  static double[] scores(List<Double> losses) {
    int n = losses.size();
    double[] sorted = losses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return losses.stream()
        .mapToDouble(l -> {
          int first = Arrays.binarySearch(sorted, l);
          int last = first;
          while (first > 0 && sorted[first - 1] == l) {
            first--;
          }
          while (last < n - 1 && sorted[last + 1] == l) {
            last++;
          }
          return NORMAL.inverseCumulativeProbability((0.5 * (first + last) + 0.5) / n);
        })
        .toArray();
  }

  private static KernelSum fit(SearchSpace space, List<Point> points, List<Double> scores, List<Double> ridges) {
    int n = points.size();
    double lengthscale = 0.5 * Math.sqrt(space.parameters().size());
    List<Double> factors = factors(space);
    double[] k = KernelSum.kernel(points, lengthscale, factors);
    double[] plain = k.clone();
    for (int i = 0; i < n; i++) {
      k[i * n + i] += ridges.get(i);
    }
    double[] w = scores.stream().mapToDouble(Double::doubleValue).toArray();
    Cholesky.take(n, k).orElseThrow(() -> new IllegalStateException("a kernel with a ridge is positive definite")).solveInPlace(w, 1);
    double[] fitted = IntStream.range(0, n).mapToDouble(i -> IntStream.range(0, n).mapToDouble(j -> plain[i * n + j] * w[j]).sum()).toArray();
    double mean = Arrays.stream(fitted).average().orElseThrow();
    double sd = Math.sqrt(Arrays.stream(fitted).map(f -> (f - mean) * (f - mean)).average().orElseThrow());
    double scale = sd > 0 ? 1 / sd : 1;
    return new KernelSum(points, Arrays.stream(w).map(v -> v * scale).boxed().toList(), lengthscale, factors, -mean * scale);
  }

  private static List<Double> factors(SearchSpace space) {
    return space.parameters().stream().flatMap(p -> Collections.nCopies(p.width(), p instanceof CategoricalParameter ? CHOICE : 1.0).stream()).toList();
  }
}
