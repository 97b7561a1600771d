package proxima.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proxima.space.Box;
import proxima.space.Outcome;
import proxima.space.Point;

/// The covariance matrix adaptation evolution strategy.
///
/// The state is a fold over the evaluations that were asked for after the initial design, lambda to a generation, in order. A generation is
/// updated from the points as evaluated (clipped to the region, snapped to cells) and what is known of them now, so that results arriving late
/// change the state and never the meaning of a point: pending and failed trials are left out; stopped ones are worse than finished ones, the
/// more so the sooner, and diverged ones are the worst.
public final class CmaEs implements Strategy {

  private static final int TRIES = 64;

  // Of the cube's side: of a coordinate that the region fixes.
  private static final double SHORTEST = 1e-6;

  private final InitialDesign design;
  private final double sigma;

  /// @param sigma the first step size, in units of the cube
  public CmaEs(InitialDesign design, double sigma) {
    if (!(sigma > 0 && sigma <= 1)) {
      throw new IllegalArgumentException("the first step size lies in (0, 1], got " + sigma);
    }
    this.design = design;
    this.sigma = sigma;
  }

  @Override
  public Point suggest(Knowledge knowledge) {
    return design.next(knowledge).orElseGet(() -> sample(knowledge));
  }

  private Point sample(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    Distribution distribution = fold(knowledge, cells);
    RandomGenerator random = knowledge.random();
    return Seen.firstNew(knowledge, cells, TRIES, _ -> cells.inside(distribution.sample(random)));
  }

  private Distribution fold(Knowledge knowledge, Cells cells) {
    List<Evaluation> before = new ArrayList<>();
    List<Evaluation> after = new ArrayList<>();
    int asked = 0;
    for (Evaluation e : knowledge.evaluations()) {
      (e.asked() && !design.includes(before.size() + after.size(), asked++) ? after : before).add(e);
    }
    Point start = before.stream()
        .filter(e -> Double.isFinite(loss(e)))
        .min(Comparator.comparingDouble(CmaEs::loss))
        .map(e -> cells.region().clip(e.point()))
        .orElse(design.start(cells));
    var distribution = new Distribution(start.toArray(), sigma, sides(cells.region().bounds()));
    int lambda = distribution.lambda();
    for (int from = 0; from + lambda <= after.size(); from += lambda) {
      distribution.update(
          after.subList(from, from + lambda).stream()
              .filter(e -> e.outcome().filter(o -> !(o instanceof Outcome.Failed)).isPresent())
              .sorted(Comparator.comparingLong(CmaEs::reached).reversed().thenComparingDouble(CmaEs::lossThere))
              .map(e -> e.point().toArray())
              .toList());
    }
    return distribution;
  }

  /// Of the box that is searched: the first steps are as long in proportion.
  private static double[] sides(Box box) {
    return IntStream.range(0, box.dimension()).mapToDouble(i -> Math.max(SHORTEST, box.high().get(i) - box.low().get(i))).toArray();
  }

  /// Infinite where the trial is pending or did not finish.
  private static double loss(Evaluation e) {
    return e.outcome().orElse(new Outcome.Diverged(0)) instanceof Outcome.Finished f ? f.loss() : Double.POSITIVE_INFINITY;
  }

  /// The step that the trial ended at: the last there is where it finished, -1 where it did not get to a loss.
  private static long reached(Evaluation e) {
    return switch (e.outcome().orElseThrow()) {
      case Outcome.Finished _ -> Long.MAX_VALUE;
      case Outcome.Stopped s -> s.step();
      case Outcome.Diverged _, Outcome.Failed _ -> -1;
    };
  }

  private static double lossThere(Evaluation e) {
    return e.outcome().orElseThrow() instanceof Outcome.Stopped s ? s.loss() : loss(e);
  }
}
