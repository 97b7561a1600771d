package proxima.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.acquisition.LogExpectedImprovement;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.gp.Viability;
import proxima.space.Point;

/// What is believed of losses and viability, and how good that makes a point: log expected improvement + log P(viable).
final class Model {

  private final Rungs rungs;
  private final List<Point> points;
  private final List<Normal> fits;
  private final Posterior loss;
  private final LogExpectedImprovement improvement;
  private final Optional<Viability> viability;

  /// @param loss of the warped loss
  /// @param margin by which an improvement exceeds the best posterior mean, in standard deviations of the noise
  /// @param observations told to `loss`, with one finished trial at least; open points reduce the uncertainty
  Model(Observations observations, Posterior loss, Optional<Viability> viability, double margin) {
    this.points = IntStream.range(0, observations.size()).filter(observations.viable()::get).mapToObj(observations.points()::get).toList();
    this.rungs = observations.rungs();
    this.fits = loss.at(rungs.ends(points));
    this.loss = loss.pending(rungs.ends(observations.open()));
    this.improvement = new LogExpectedImprovement(fits.stream().mapToDouble(Normal::mean).min().orElseThrow() - margin * Math.sqrt(loss.noise()));
    this.viability = viability;
  }

  /// How many trials did not diverge.
  int size() {
    return points.size();
  }

  /// The k points of trials that did not diverge with the lowest posterior means, best first.
  List<Point> best(int k) {
    return IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> fits.get(i).mean()))
        .limit(k)
        .map(points::get)
        .toList();
  }

  /// Posterior means of the warped loss.
  double[] means(List<Point> x) {
    return loss.at(rungs.ends(x)).stream().mapToDouble(Normal::mean).toArray();
  }

  double[] lengthscales() {
    return loss.lengthscales().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// The point of the highest score, the first of equals.
  Point highest(List<Point> x) {
    double[] scores = scores(x);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return x.get(best);
  }

  double[] scores(List<Point> x) {
    List<Point> ends = rungs.ends(x);
    double[] scores = loss.at(ends).stream().mapToDouble(improvement::at).toArray();
    viability.ifPresent(v -> {
      List<Double> logs = v.logProbability(ends);
      for (int i = 0; i < scores.length; i++) {
        scores[i] += logs.get(i);
      }
    });
    return scores;
  }

  /// The score at x; its derivatives by the coordinates are added to `slope`.
  double score(Point x, double[] slope) {
    Point end = rungs.end(x);
    double score = improvement.at(loss.gradient(end), slope);
    if (viability.isEmpty()) {
      return score;
    }
    Viability.LogProbability log = viability.get().gradient(end);
    double[] gradient = log.gradient();
    for (int i = 0; i < slope.length; i++) {
      slope[i] += gradient[i];
    }
    return score + log.value();
  }
}
