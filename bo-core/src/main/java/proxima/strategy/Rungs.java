package proxima.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import proxima.space.Outcome;
import proxima.space.Outcome.CurvePoint;
import proxima.space.Point;

/// How far trials were followed, so that one model can learn from stopped ones too.
///
/// Losses at different steps do not compare. A loss stands for its rank instead: two trials are compared by their losses at the last step that both
/// reached, and the share of the others that are better becomes a normal score (the copula of Salinas, Shen and Perrone 2020, taken rung by rung). So
/// a trial is ranked among those that came to its rung, and those stopped earlier keep the place that they had there. What a rung tells of the end is
/// for the model to find: the step is one more coordinate of its inputs, 1 at a training's end, where it is asked. The standard errors of losses are not regarded,
/// as they say little of a place among others.
///
/// @param courses one a trial; empty where none was stopped: then points and losses stay as they are
record Rungs(List<Course> courses) {

  static final Rungs NONE = new Rungs(List.of());

  /// 0.1: rungs a factor of 3 apart have a prior correlation of about 0.95, and the first of 10 octaves one of a third (d = 20).
  private static final double OCTAVE = 0.1;

  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);

  /// One trial's way.
  ///
  /// @param curve by step
  /// @param reached the last step; that of all trainings' end where it was not stopped
  /// @param end the loss there; infinite where the trial diverged
  record Course(List<CurvePoint> curve, long reached, double end) {

    Course {
      curve = List.copyOf(curve);
    }

    /// The loss at a step up to `reached`: that of the last report by then. Without one it is that at the end.
    double at(long step) {
      int from = 0;
      int to = step < reached ? curve.size() : 0;
      while (from < to) {
        int middle = (from + to) / 2;
        if (curve.get(middle).step() > step) {
          to = middle;
        } else {
          from = middle + 1;
        }
      }
      double loss = from == 0 ? end : curve.get(from - 1).loss();
      return Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
    }
  }

  Rungs {
    courses = List.copyOf(courses);
  }

  /// @param outcomes finished, stopped or diverged
  static Rungs of(List<Outcome> outcomes) {
    if (outcomes.stream().noneMatch(o -> o instanceof Outcome.Stopped)) {
      return NONE;
    }
    return new Rungs(outcomes.stream().flatMap(o -> course(o).stream()).toList());
  }

  private static Optional<Course> course(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished(double loss, _, var curve) -> Optional.of(new Course(curve, Long.MAX_VALUE, loss));
      case Outcome.Stopped(long step, double loss, var curve) -> Optional.of(new Course(curve, step, loss));
      case Outcome.Diverged _ -> Optional.of(new Course(List.of(), Long.MAX_VALUE, Double.POSITIVE_INFINITY));
      case Outcome.Failed _ -> Optional.empty();
    };
  }

  /// Those of some of the trials.
  Rungs only(int[] indices) {
    return courses.isEmpty() ? NONE : new Rungs(Arrays.stream(indices).mapToObj(courses::get).toList());
  }

  /// The trials' points, as the model is told them.
  List<Point> inputs(List<Point> points) {
    if (courses.isEmpty()) {
      return points;
    }
    double longest = courses.stream().mapToLong(Rungs::lastStep).max().orElseThrow();
    return IntStream.range(0, points.size())
        .mapToObj(i -> with(points.get(i), courses.get(i).reached < longest ? 1 - OCTAVE * Math.log(longest / courses.get(i).reached) / Math.log(2) : 1))
        .toList();
  }

  private static long lastStep(Course course) {
    return course.reached < Long.MAX_VALUE ? course.reached : course.curve.isEmpty() ? 1 : course.curve.getLast().step();
  }

  /// Points as the model is asked about them: at a training's end.
  List<Point> ends(List<Point> points) {
    return courses.isEmpty() ? points : points.stream().map(this::end).toList();
  }

  Point end(Point point) {
    return courses.isEmpty() ? point : with(point, 1);
  }

  private static Point with(Point point, double coordinate) {
    double[] x = Arrays.copyOf(point.toArray(), point.dimension() + 1);
    x[point.dimension()] = Math.max(0, coordinate);
    return Point.of(x);
  }

  /// Losses that compare, one a trial; infinite where it diverged.
  double[] losses(List<Double> losses) {
    if (courses.isEmpty()) {
      return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }
    int[] viable = IntStream.range(0, courses.size()).filter(i -> courses.get(i).end < Double.POSITIVE_INFINITY).toArray();
    double[] better = better(Arrays.stream(viable).mapToObj(courses::get).toList());
    double[] scores = new double[courses.size()];
    Arrays.fill(scores, Double.POSITIVE_INFINITY);
    for (int k = 0; k < viable.length; k++) {
      scores[viable[k]] = STANDARD_NORMAL.inverseCumulativeProbability(better[k] / viable.length);
    }
    return scores;
  }

  /// How many trials are better than each, an equal one, such as itself, counting half. Rung by rung: a pair is compared at the first where one of them ends.
  private static double[] better(List<Course> trials) {
    int n = trials.size();
    long[] reached = trials.stream().mapToLong(Course::reached).toArray();
    double[] better = new double[n];
    for (long step : Arrays.stream(reached).distinct().sorted().toArray()) {
      int[] there = IntStream.range(0, n).filter(i -> reached[i] >= step).toArray();
      double[] losses = Arrays.stream(there).mapToDouble(i -> trials.get(i).at(step)).toArray();
      for (int a = 0; a < there.length; a++) {
        for (int b = 0; b < there.length && reached[there[a]] == step; b++) {
          better[there[a]] += share(losses[b], losses[a]);
          better[there[b]] += reached[there[b]] > step ? share(losses[a], losses[b]) : 0;
        }
      }
    }
    return better;
  }

  private static double share(double other, double own) {
    return other < own ? 1 : other == own ? 0.5 : 0;
  }
}
