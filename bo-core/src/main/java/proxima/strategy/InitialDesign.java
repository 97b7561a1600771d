package proxima.strategy;

import java.util.Arrays;
import java.util.Optional;
import proxima.space.Box;
import proxima.space.Point;
import proxima.space.Region;
import proxima.space.SearchSpace;

/// The points that a strategy tries before it has learned anything: points spread over the space's region or, where that is the
/// whole cube and there is a centre, over the box within `radius` of it. Point number i depends on the seed and i alone, so that strategies with the
/// same seed and design start alike.
///
/// Over the whole cube, trials that were told and never asked for (warm starts) stand for as many of the points. The centre itself is none of the points: it is
/// usually known already and told as a warm start, which stands for none. Around a centre, a categorical keeps its choice where the radius is below 1/2.
///
/// @param size how many points, 0 or more
/// @param centre empty for the whole cube
/// @param radius in units of the cube; of no effect without a centre
public record InitialDesign(int size, Optional<Point> centre, double radius) {

  /// Attempts at a point that differs from all known ones.
  private static final int TRIES = 64;

  public InitialDesign {
    if (!(size >= 0)) {
      throw new IllegalArgumentException("an initial design has 0 or more points, got " + size);
    }
    if (!(radius > 0 && radius <= 1)) {
      throw new IllegalArgumentException("an initial design's radius lies in (0, 1], got " + radius);
    }
  }

  /// Points spread over the whole cube.
  public static InitialDesign cube(int size) {
    return new InitialDesign(size, Optional.empty(), 1);
  }

  /// Points spread over the cube of a space: two for each dimension up to a fifth of the budget, and no fewer than 5, which a budget below 5 cuts.
  public static InitialDesign of(SearchSpace space, int budget) {
    return cube(Math.min(budget, Math.max(5, Math.min(2 * space.dimension(), budget / 5))));
  }

  /// Points within `radius` of the centre in each coordinate, inside the cube.
  public static InitialDesign around(Point centre, double radius, int size) {
    return new InitialDesign(size, Optional.of(centre), radius);
  }

  /// The design's point for this suggestion; empty once all have been asked for.
  Optional<Point> next(Knowledge knowledge) {
    return next(knowledge, Optional.empty());
  }

  /// The same where a user expects something: points over the whole cube are drawn from that, the first at what is expected itself.
  Optional<Point> next(Knowledge knowledge, Optional<UserPrior> expected) {
    return includes(knowledge.evaluations().size(), knowledge.asked()) ? Optional.of(point(knowledge, expected.filter(_ -> centre.isEmpty()))) : Optional.empty();
  }

  /// Whether a trial that follows so many others, so many of them asked for, is one of the design, or stands for one.
  boolean includes(int before, int asked) {
    return (centre.isPresent() ? asked : before) < size;
  }

  /// Where a strategy starts that has seen nothing.
  Point start(Cells cells) {
    return cells.region().clip(centre.orElse(middle(cells.region().bounds())));
  }

  private static Point middle(Box box) {
    double[] half = new double[box.dimension()];
    Arrays.fill(half, 0.5);
    return Point.of(box.place(half));
  }

  private Point point(Knowledge knowledge, Optional<UserPrior> expected) {
    var cells = new Cells(knowledge.space());
    var spread = cells.spread(region(cells), knowledge.seed());
    return Seen.firstNew(knowledge, cells, TRIES, k -> {
      int index = knowledge.asked() + k * size;
      double[] x = spread.point(index);
      return expected.map(e -> cells.inside(e.place(x, index == 0))).orElseGet(() -> cells.snap(x));
    });
  }

  private Region region(Cells cells) {
    if (centre.isEmpty() || !cells.region().isCube()) {
      return cells.region();
    }
    if (centre.get().dimension() != cells.dimension()) {
      throw new IllegalArgumentException("the space has " + cells.dimension() + " dimensions, the initial design's centre " + centre.get().dimension());
    }
    return Box.around(centre.get(), 2 * radius);
  }
}
