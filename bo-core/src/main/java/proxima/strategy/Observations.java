package proxima.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import proxima.space.Outcome;
import proxima.space.Point;

/// What a model may learn from: points with what came of them, and points that are being tried.
///
/// @param points of the trials that ended and say something of their configuration, in the order of their trial numbers
/// @param losses one a point, of a stopped trial that where it was stopped; positive infinity where the trial diverged
/// @param standardErrors one a loss; 0 where it is not known
/// @param open points of pending trials, and of failed ones: nothing is known of their loss, and there is no hurry to go back
/// @param rungs how far each was followed
record Observations(List<Point> points, List<Double> losses, List<Double> standardErrors, List<Point> open, Rungs rungs) {

  Observations {
    points = List.copyOf(points);
    losses = List.copyOf(losses);
    standardErrors = List.copyOf(standardErrors);
    open = List.copyOf(open);
  }

  static Observations of(Knowledge knowledge, Cells cells) {
    List<Point> points = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<Double> standardErrors = new ArrayList<>();
    List<Point> open = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Evaluation e : knowledge.evaluations()) {
      Point x = cells.snap(e.point().toArray());
      Outcome outcome = e.outcome().orElse(new Outcome.Failed("pending"));
      OptionalDouble loss =
          switch (outcome) {
            case Outcome.Finished f -> OptionalDouble.of(f.loss());
            case Outcome.Stopped s -> OptionalDouble.of(s.loss());
            case Outcome.Diverged _ -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case Outcome.Failed _ -> OptionalDouble.empty();
          };
      if (loss.isPresent()) {
        points.add(x);
        losses.add(loss.getAsDouble());
        standardErrors.add(outcome instanceof Outcome.Finished f ? f.standardError() : 0.0);
        outcomes.add(outcome);
      } else {
        open.add(x);
      }
    }
    return new Observations(points, losses, standardErrors, open, Rungs.of(outcomes));
  }

  int size() {
    return points.size();
  }

  /// The points as a model is told them.
  List<Point> inputs() {
    return rungs.inputs(points);
  }

  /// How many trials finished or were stopped.
  int finished() {
    return (int) losses.stream().filter(l -> l < Double.POSITIVE_INFINITY).count();
  }

  /// Losses that compare, one a point.
  double[] lossArray() {
    return rungs.losses(losses);
  }

  /// Those of the losses that compare, one a point; 0 where it is not known, and of all where trials were stopped: losses are places among others then.
  double[] standardErrorArray() {
    return standardErrors.stream().mapToDouble(e -> rungs.courses().isEmpty() ? e : 0).toArray();
  }

  /// The points of the trials that finished or were stopped.
  List<Point> finishedPoints() {
    return IntStream.range(0, size()).filter(i -> losses.get(i) < Double.POSITIVE_INFINITY).mapToObj(points::get).toList();
  }

  /// Without the trials that diverged.
  Observations viableOnly() {
    return only(IntStream.range(0, size()).filter(i -> losses.get(i) < Double.POSITIVE_INFINITY).toArray(), open);
  }

  /// For each point, whether its trial did not diverge.
  List<Boolean> viable() {
    return losses.stream().map(l -> l < Double.POSITIVE_INFINITY).toList();
  }

  /// The first n, and nothing open.
  Observations first(int n) {
    return only(IntStream.range(0, n).toArray(), List.of());
  }

  /// At most so many, evenly from first to last, and nothing open.
  Observations sample(int most) {
    return only(Excerpt.evenly(size(), most).toArray(), List.of());
  }

  private Observations only(int[] indices, List<Point> stillOpen) {
    return new Observations(some(points, indices), some(losses, indices), some(standardErrors, indices), stillOpen, rungs.only(indices));
  }

  private static <T> List<T> some(List<T> all, int[] indices) {
    return Arrays.stream(indices).mapToObj(all::get).toList();
  }
}
