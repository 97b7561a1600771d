package proxima.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import proxima.gp.Joint;
import proxima.gp.Kernel;
import proxima.gp.Normal;
import proxima.gp.Prior;
import proxima.gp.WarpedProcess;
import proxima.space.CategoricalParameter;
import proxima.space.Outcome;
import proxima.space.Parameter;
import proxima.space.Point;
import proxima.space.SearchSpace;
import proxima.strategy.Excerpt;
import proxima.strategy.GpOptions;
import proxima.study.StoredStudy;
import proxima.study.TrialResult;

/// What a Gaussian process makes of a study's losses.
///
/// @param coordinates of the unit cube
/// @param trials the finished and diverged ones it was given
/// @param leftOut how many more there were
record Surrogate(SearchSpace space, List<Coordinate> coordinates, WarpedProcess process, List<TrialResult> trials, int leftOut) {

  /// A coordinate of the unit cube; a categorical parameter has one for each choice.
  ///
  /// @param continuous whether its values have an order
  record Coordinate(int index, String label, Parameter parameter, boolean continuous) {}

  private static final int FEWEST = 5;
  // A fit takes seconds up to here, and minutes at 1,000.
  private static final int MOST = 400;

  /// Empty where fewer than 5 trials finished, or all with one loss.
  static Optional<Surrogate> of(StoredStudy study) {
    List<TrialResult> told = new ArrayList<>(study.trials());
    told.removeIf(t -> t.outcome().isEmpty() || !(t.outcome().get() instanceof Outcome.Finished || t.outcome().get() instanceof Outcome.Diverged));
    List<Double> losses = told.stream().map(t -> t.loss().orElse(Double.POSITIVE_INFINITY)).toList();
    if (losses.stream().filter(Double::isFinite).count() < FEWEST || losses.stream().filter(Double::isFinite).distinct().count() < 2) {
      return Optional.empty();
    }
    List<TrialResult> some = Excerpt.of(losses, MOST).stream().map(told::get).toList();
    double[] y = some.stream().mapToDouble(t -> t.loss().orElse(Double.NaN)).toArray();
    double[] standardErrors = some.stream().mapToDouble(t -> t.outcome().orElseThrow() instanceof Outcome.Finished f ? f.standardError() : 0).toArray();
    Prior prior = prior(study.space());
    var process = WarpedProcess.choose(prior, some.stream().map(TrialResult::point).toList(), y, standardErrors, Optional.empty(), study.seed());
    return Optional.of(new Surrogate(study.space(), coordinates(study.space()), process, some, told.size() - some.size()));
  }

  /// That of the search.
  private static Prior prior(SearchSpace space) {
    return GpOptions.of(space).lengthscales().prior(Kernel.MATERN52, space.dimension());
  }

  private static List<Coordinate> coordinates(SearchSpace space) {
    List<Coordinate> coordinates = new ArrayList<>();
    for (Parameter p : space.parameters()) {
      if (p instanceof CategoricalParameter c) {
        c.choices().forEach(choice -> coordinates.add(new Coordinate(coordinates.size(), p.name() + " = " + choice, p, false)));
      } else {
        coordinates.add(new Coordinate(coordinates.size(), Names.parameter(p.name()), p, true));
      }
    }
    return coordinates;
  }

  double lengthscale(Coordinate c) {
    return process.posterior().lengthscales().get(c.index());
  }

  /// 1 / l^2.
  double relevance(Coordinate c) {
    return 1 / (lengthscale(c) * lengthscale(c));
  }

  /// The relevance of a coordinate that no datum speaks of: that at the prior's mode.
  double priorRelevance() {
    double l = prior(space).mode().lengthscales().getFirst();
    return 1 / (l * l);
  }

  List<Coordinate> byRelevance() {
    return coordinates.stream().sorted(Comparator.comparingDouble((Coordinate c) -> lengthscale(c)).thenComparingInt(Coordinate::index)).toList();
  }

  /// Predicted losses at points: the median and where the mean target is 2 standard deviations lower and higher.
  ///
  /// Within the range of the losses told, as warps are known only there.
  List<Band> bands(List<Point> points) {
    return process.posterior().at(points).stream().map(this::band).toList();
  }

  record Band(double low, double middle, double high) {}

  private Band band(Normal n) {
    return new Band(process.warp().invert(n.mean() - 2 * n.sd()), process.warp().invert(n.mean()), process.warp().invert(n.mean() + 2 * n.sd()));
  }

  /// What the model expects of moving from one point to another.
  ///
  /// @param loss predicted there minus predicted here
  /// @param z that difference of targets in its own standard deviations
  record Change(double loss, double z) {}

  Change change(Point from, Point to) {
    Joint joint = process.posterior().joint(List.of(from, to));
    double variance = joint.covariance().get(0, 0) + joint.covariance().get(1, 1) - 2 * joint.covariance().get(0, 1);
    double difference = joint.mean().get(1) - joint.mean().get(0);
    double loss = process.warp().invert(joint.mean().get(1)) - process.warp().invert(joint.mean().get(0));
    return new Change(loss, variance > 0 ? difference / Math.sqrt(variance) : 0);
  }

  /// The prior correlation of two points where all but one coordinate count: how near a trial is to a slice along it.
  double nearness(Point a, Point b, int except) {
    double r2 = IntStream.range(0, a.dimension()).filter(i -> i != except).mapToDouble(i -> {
      double z = (a.get(i) - b.get(i)) / process.posterior().lengthscales().get(i);
      return z * z;
    }).sum();
    double t = Math.sqrt(5 * r2);
    return (1 + t + t * t / 3) * Math.exp(-t);
  }

  /// How losses were warped, in words.
  String warp() {
    return switch (process.warp().kind()) {
      case STANDARD -> "standardised losses with outliers bent in";
      case POWER -> "losses under a power transform";
      case RANK -> "ranks of losses";
      case HALF_RANK -> "losses up to their median, and ranks above it";
    };
  }

  static Point with(Point point, int coordinate, double value) {
    double[] x = point.toArray();
    x[coordinate] = value;
    return Point.of(x);
  }
}
