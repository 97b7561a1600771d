package proxima.strategy;

import java.util.Optional;
import proxima.space.Point;
import proxima.space.SearchSpace;

/// The points that a strategy tries before it has learned anything: scrambled Sobol points over the cube, or over the box within `radius`
/// of a centre. Point number i depends on the seed and i alone, so that strategies with the same seed and design start alike.
///
/// The centre itself is none of the points: it is usually known already and told as a warm start. Around a centre, a categorical keeps its
/// choice where the radius is below 1/2.
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
    return knowledge.asked() < size ? Optional.of(point(knowledge)) : Optional.empty();
  }

  /// Where a strategy starts that has seen nothing.
  Point start(int d) {
    return centre.orElse(Point.centre(d));
  }

  private Point point(Knowledge knowledge) {
    var cells = new Cells(knowledge.space());
    int d = cells.dimension();
    var sobol = new ScrambledSobol(d, knowledge.seed());
    return new Seen(knowledge, cells).firstNew(TRIES, k -> cells.snap(place(sobol.point(knowledge.asked() + k * size))));
  }

  private double[] place(double[] u) {
    if (centre.isEmpty()) {
      return u;
    }
    Point c = centre.get();
    if (c.dimension() != u.length) {
      throw new IllegalArgumentException("the space has " + u.length + " dimensions, the initial design's centre " + c.dimension());
    }
    for (int i = 0; i < u.length; i++) {
      double low = Math.max(0, c.get(i) - radius);
      double high = Math.min(1, c.get(i) + radius);
      u[i] = low + u[i] * (high - low);
    }
    return u;
  }
}
