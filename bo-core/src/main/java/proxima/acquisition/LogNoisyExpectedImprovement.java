package proxima.acquisition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import proxima.gp.Fantasies;
import proxima.gp.Posterior;
import proxima.space.Point;

/// The logarithm of the noisy expected improvement (Letham et al. 2019): the expected improvement on the lowest of what the losses at known and pending
/// points may be, over draws of those losses together.
///
/// Given a draw the improvement is known in closed form, so that the loss at x itself needs no draw: the value is
/// log mean_s (sigma h((f*_s - mu_s) / sigma)), smooth in x. Known points that are the lowest in no draw are left out (as in BoTorch's qLogNoisyExpectedImprovement,
/// Ament et al. 2023).
public final class LogNoisyExpectedImprovement implements Acquisition {

  private static final int DRAWS = 64;
  private static final int PRUNING_DRAWS = 256;

  private final Fantasies fantasies;
  private final double[] incumbents;

  /// @param loss of the targets alone, nothing pending
  /// @param known points to improve on, one at least
  /// @param pending points whose losses are not known yet
  /// @param margin by which an improvement exceeds the lowest loss of a draw
  public static LogNoisyExpectedImprovement of(Posterior loss, List<Point> known, List<Point> pending, double margin, RandomGenerator random) {
    return of(loss, known, pending, margin, DRAWS, random);
  }

  /// @param draws an even number
  static LogNoisyExpectedImprovement of(Posterior loss, List<Point> known, List<Point> pending, double margin, int draws, RandomGenerator random) {
    List<Point> baseline = new ArrayList<>(lowest(loss, known, random));
    baseline.addAll(pending);
    return new LogNoisyExpectedImprovement(loss.fantasies(baseline, normals(draws, baseline.size(), random)), margin);
  }

  private LogNoisyExpectedImprovement(Fantasies fantasies, double margin) {
    this.fantasies = fantasies;
    this.incumbents = new double[fantasies.draws()];
    for (int s = 0; s < incumbents.length; s++) {
      incumbents[s] = Arrays.stream(fantasies.values(s)).min().orElseThrow() - margin;
    }
  }

  /// The points that have the lowest loss in one draw or more, in their order.
  private static List<Point> lowest(Posterior loss, List<Point> known, RandomGenerator random) {
    Fantasies draws = loss.fantasies(known, normals(PRUNING_DRAWS, known.size(), random));
    var lowest = new TreeSet<Integer>();
    for (int s = 0; s < draws.draws(); s++) {
      double[] values = draws.values(s);
      int best = 0;
      for (int i = 1; i < values.length; i++) {
        best = values[i] < values[best] ? i : best;
      }
      lowest.add(best);
    }
    return lowest.stream().map(known::get).toList();
  }

  /// Standard normal numbers, each row with its opposite: means over draws have no error of odd order.
  private static double[][] normals(int draws, int points, RandomGenerator random) {
    double[][] normals = new double[draws][points];
    for (int s = 0; s < draws; s += 2) {
      for (int i = 0; i < points; i++) {
        double z = random.nextGaussian();
        normals[s][i] = z;
        normals[s + 1][i] = -z;
      }
    }
    return normals;
  }

  @Override
  public double[] at(List<Point> points) {
    Fantasies.Predictions predictions = fantasies.at(points);
    double[] values = new double[points.size()];
    double[] logs = new double[incumbents.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(predictions.means(i), predictions.sd(i), logs);
    }
    return values;
  }

  @Override
  public double at(Point x, double[] slope) {
    return fantasies.gradient(x, this::score, slope);
  }

  private double score(double[] means, double sd, double[] byMean, double[] bySd) {
    double[] logs = new double[means.length];
    double value = value(means, sd, logs);
    for (int s = 0; s < means.length; s++) {
      double share = Math.exp(logs[s] - value) / means.length;
      double u = (incumbents[s] - means[s]) / sd;
      double byU = LogImprovement.derivative(u);
      byMean[s] = -share * byU / sd;
      bySd[0] += share * (1 - byU * u) / sd;
    }
    return value;
  }

  /// Writes the logarithm of each draw's improvement to `logs`; returns that of their mean.
  private double value(double[] means, double sd, double[] logs) {
    double logSd = Math.log(sd);
    double highest = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < logs.length; s++) {
      logs[s] = logSd + LogImprovement.value((incumbents[s] - means[s]) / sd);
      highest = Math.max(highest, logs[s]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - highest);
    }
    return highest + Math.log(sum / logs.length);
  }
}
