package proxima.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import proxima.acquisition.Acquisition;
import proxima.gp.Normal;
import proxima.gp.Posterior;
import proxima.space.Point;

/// What is believed of losses, and how good that makes a point.
final class Model {

  private final Rungs rungs;
  private final Posterior loss;
  private final List<Point> points;
  private final List<Normal> fits;
  private final List<Acquisition> learned;
  private final List<Acquisition> given;

  /// @param observations told to `loss`, one that did not diverge at least
  /// @param loss of the warped loss
  /// @param learned terms of the score, functions of points as the model is asked about them
  /// @param given terms of the score, functions of points of the space
  Model(Observations observations, Posterior loss, List<Acquisition> learned, List<Acquisition> given) {
    this.rungs = observations.rungs();
    this.loss = loss;
    this.points = observations.finishedPoints();
    this.fits = loss.at(rungs.ends(points));
    this.learned = List.copyOf(learned);
    this.given = List.copyOf(given);
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
    double[] scores = new double[x.size()];
    List<Point> ends = rungs.ends(x);
    learned.forEach(term -> add(term.at(ends), scores));
    given.forEach(term -> add(term.at(x), scores));
    return scores;
  }

  private static void add(double[] values, double[] scores) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] += values[i];
    }
  }

  /// The score at x; its derivatives by the coordinates are added to `slope`.
  double score(Point x, double[] slope) {
    Point end = rungs.end(x);
    double score = 0;
    for (Acquisition term : learned) {
      score += term.at(end, slope);
    }
    for (Acquisition term : given) {
      score += term.at(x, slope);
    }
    return score;
  }
}
