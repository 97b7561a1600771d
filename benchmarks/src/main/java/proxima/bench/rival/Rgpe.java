package proxima.bench.rival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.acquisition.LogImprovement;
import proxima.gp.Covariance;
import proxima.gp.GaussianProcess;
import proxima.gp.Joint;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Prior;
import proxima.gp.Warp;
import proxima.linear.Cholesky;
import proxima.space.Outcome;
import proxima.space.Point;
import proxima.space.learn.PriorTask;
import proxima.space.learn.PriorTasks;
import proxima.strategy.Chooser;
import proxima.strategy.Evaluation;
import proxima.strategy.Knowledge;

/// The ranking-weighted Gaussian process ensemble (Feurer, Letham and Bakshy 2018): a process for each prior task and one for the target, each weighing as often as a draw from it
/// ranks the target's losses best; expected improvement of their mixture. A prior process is dropped where its median ranking loss is above the 95th percentile of the target's,
/// which keeps many poor ones from outweighing the target. Losses are standardised in each task.
///
/// The ranking loss of a draw f counts the ordered pairs (j, k) of the target's trials that f(x_j) and f(x_k) have in the wrong order. For the target's own process f is drawn, for
/// each j, from what the process believes that was not told trial j, under the parameters of all trials: a prediction is compared with what the process was told.
public final class Rgpe implements Chooser {

  private static final int DRAWS = 256;
  private static final double JITTER = 1e-6; // of unit variance: points of a task may be near its own
  private static final double PERCENTILE = 0.95;
  private static final int BEST = 5;

  /// So many trials without two finite losses say nothing of any ranking, and the next is random.
  private static final int HOPELESS = 3;

  private final int dimension;
  private final List<Posterior> tasks;

  /// @param prior one task at least
  public Rgpe(PriorTasks prior) {
    this.dimension = prior.space().dimension();
    this.tasks = prior.tasks().stream().map(this::fit).toList();
  }

  private Posterior fit(PriorTask t) {
    return fit(t.points(), standardised(t.losses()));
  }

  private Posterior fit(List<Point> x, double[] y) {
    return GaussianProcess.fit(Prior.of(Kernel.MATERN52, dimension), x, y, Optional.empty(), 1);
  }

  private static double[] standardised(List<Double> losses) {
    return Warp.of(Warp.Kind.STANDARD, losses.stream().mapToDouble(Double::doubleValue).toArray()).targets();
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    Told told = Told.of(knowledge);
    List<Point> best = IntStream.range(0, told.losses.size()).boxed().sorted(Comparator.comparingDouble(told.losses::get)).limit(BEST).map(told.points::get).toList();
    return choose(knowledge, Candidates.of(knowledge, best));
  }

  @Override
  public Point choose(Knowledge knowledge, List<Point> candidates) {
    Told told = Told.of(knowledge);
    boolean ranks = told.losses.stream().filter(Double::isFinite).distinct().count() >= 2;
    if (!ranks && told.losses.size() >= HOPELESS) {
      return candidates.get(knowledge.random().nextInt(candidates.size()));
    }
    List<Posterior> models = new ArrayList<>(tasks);
    double[] weights = new double[tasks.size()];
    Arrays.fill(weights, 1.0 / tasks.size());
    double best = 0;
    if (ranks) {
      double[] y = standardised(told.losses);
      Posterior target = fit(told.points, y);
      models.add(target);
      weights = weights(target.covariance(), told.points, y, knowledge.random());
      best = Arrays.stream(y).min().orElseThrow();
    }
    double[] mean = new double[candidates.size()];
    double[] variance = new double[candidates.size()];
    for (int m = 0; m < models.size(); m++) {
      if (weights[m] > 0) {
        List<Normal> at = models.get(m).at(candidates);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += weights[m] * at.get(i).mean();
          variance[i] += weights[m] * weights[m] * at.get(i).sd() * at.get(i).sd();
        }
      }
    }
    return candidates.get(highest(mean, variance, best));
  }

  private static int highest(double[] mean, double[] variance, double best) {
    int at = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < mean.length; i++) {
      double sd = Math.sqrt(Math.max(variance[i], 1e-12));
      double score = Math.log(sd) + LogImprovement.value((best - mean[i]) / sd);
      if (score > most) {
        most = score;
        at = i;
      }
    }
    return at;
  }

  /// How often each model's draw has the lowest ranking loss; ties are shared.
  ///
  /// @param target its covariance
  private double[] weights(Covariance target, List<Point> x, double[] y, RandomGenerator random) {
    int models = tasks.size() + 1;
    double[][] losses = new double[models][];
    for (int m = 0; m < tasks.size(); m++) {
      losses[m] = losses(draws(tasks.get(m).joint(x), random), y);
    }
    losses[models - 1] = targetLosses(target, x, y, random);
    double limit = sorted(losses[models - 1])[(int) (PERCENTILE * (DRAWS - 1))];
    double[] weights = new double[models];
    for (int s = 0; s < DRAWS; s++) {
      int draw = s;
      double lowest = Arrays.stream(losses).mapToDouble(l -> l[draw]).min().orElseThrow();
      int[] first = IntStream.range(0, models).filter(m -> losses[m][draw] == lowest).toArray();
      // The target wins its ties.
      int[] winners = first[first.length - 1] == models - 1 ? new int[] {models - 1} : first;
      for (int m : winners) {
        weights[m] += 1.0 / winners.length / DRAWS;
      }
    }
    for (int m = 0; m < tasks.size(); m++) {
      weights[m] = sorted(losses[m])[DRAWS / 2] > limit ? 0 : weights[m];
    }
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0)) {
      weights[models - 1] = 1;
      return weights;
    }
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double[][] draws(Joint joint, RandomGenerator random) {
    int n = joint.mean().size();
    double[] covariance = joint.covariance().toArray();
    for (int i = 0; i < n; i++) {
      covariance[i * n + i] += JITTER;
    }
    double[] factor = Cholesky.take(n, covariance).orElseThrow(() -> new IllegalStateException("a covariance with jitter is positive definite")).factor().toArray();
    double[][] draws = new double[DRAWS][n];
    for (double[] draw : draws) {
      double[] z = IntStream.range(0, n).mapToDouble(_ -> random.nextGaussian()).toArray();
      for (int i = 0; i < n; i++) {
        draw[i] = joint.mean().get(i);
        for (int j = 0; j <= i; j++) {
          draw[i] += factor[i * n + j] * z[j];
        }
      }
    }
    return draws;
  }

  /// The ranking loss of each draw of a prior task's process.
  static double[] losses(double[][] draws, double[] y) {
    return Arrays.stream(draws).mapToDouble(f -> IntStream.range(0, y.length).map(j -> wrong(f, j, y)).sum()).toArray();
  }

  /// The ranking loss of each draw of the target's process. As of the others, it is of the function, without the noise of a trial.
  static double[] targetLosses(Covariance target, List<Point> x, double[] y, RandomGenerator random) {
    double[] losses = new double[DRAWS];
    for (int j = 0; j < y.length; j++) {
      int out = j;
      int[] others = IntStream.range(0, y.length).filter(k -> k != out).toArray();
      Posterior without = GaussianProcess.condition(target, Arrays.stream(others).mapToObj(x::get).toList(), Arrays.stream(others).mapToDouble(k -> y[k]).toArray());
      double[][] draws = draws(without.joint(x), random);
      for (int s = 0; s < DRAWS; s++) {
        losses[s] += wrong(draws[s], j, y);
      }
    }
    return losses;
  }

  /// With how many others a draw has point j in the wrong order. Equal losses, as of trials that diverged, are in no order.
  private static int wrong(double[] f, int j, double[] y) {
    int wrong = 0;
    for (int k = 0; k < y.length; k++) {
      int order = Double.compare(y[j], y[k]);
      wrong += order == 0 || f[j] < f[k] == order < 0 ? 0 : 1;
    }
    return wrong;
  }

  /// What has ended and tells of its configuration.
  ///
  /// @param losses infinite where the trial diverged
  private record Told(List<Point> points, List<Double> losses) {

    static Told of(Knowledge knowledge) {
      List<Point> points = new ArrayList<>();
      List<Double> losses = new ArrayList<>();
      for (Evaluation e : knowledge.evaluations()) {
        e.outcome().ifPresent(o -> {
          if (!(o instanceof Outcome.Failed)) {
            points.add(e.point());
            losses.add(o instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY);
          }
        });
      }
      return new Told(points, losses);
    }
  }
}
