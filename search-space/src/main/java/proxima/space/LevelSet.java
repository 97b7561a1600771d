package proxima.space;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// The points of a box where a function is no higher than a level. It need not be convex, nor in one piece.
///
/// @param lowest one of its points, at which the function is low
/// @param box what the points are of
public record LevelSet(KernelSum function, double level, Point lowest, Box box) implements Region {

  // Regions with a smaller share of their box are not drawn from uniformly.
  private static final int TRIES = 2_000;

  private static final int DRAWS = 4096;
  private static final int HALVINGS = 50;

  public LevelSet {
    if (box.dimension() != function.dimension() || !box.contains(lowest) || !(function.at(lowest) <= level)) {
      throw new IllegalArgumentException("a level set contains its lowest point, got a level of " + level + ", " + lowest + " and " + box);
    }
  }

  @Override
  public int dimension() {
    return box.dimension();
  }

  @Override
  public boolean contains(Point x) {
    return box.contains(x) && function.at(x) <= level;
  }

  /// By rejection from the box. Where 2,000 of its points lie outside, as where the function is low at the best of a few choices and nowhere between them, one at the border.
  @Override
  public Point sample(RandomGenerator random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Point x = box.sample(random);
      if (function.at(x) <= level) {
        return x;
      }
    }
    return clip(box.sample(random));
  }

  /// Of the box, times the share of 4,096 points of it, the same each time, that lie in the set.
  @Override
  public double logVolume() {
    return box.logVolume() + Math.log(share(draws()));
  }

  /// The level set of the same function that has the share s^(1 - t) of the box, as far as 4,096 points tell, s being the share of this one.
  /// @param t in [0, 1): 0 for this one
  public LevelSet grown(double t) {
    double[] values = draws();
    int inside = (int) (DRAWS * Math.pow(share(values), 1 - t));
    return new LevelSet(function, Math.max(level, Arrays.stream(values).sorted().toArray()[Math.clamp(inside - 1L, 0, DRAWS - 1)]), lowest, box);
  }

  /// Values of the function at points of the box, the same each time.
  private double[] draws() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    return function.at(IntStream.range(0, DRAWS).mapToObj(_ -> box.sample(random)).toList());
  }

  private double share(double[] values) {
    return (double) Math.max(1, Arrays.stream(values).filter(v -> v <= level).count()) / DRAWS;
  }

  /// A point at the border between the box's nearest point and the lowest one; `x` itself where it lies inside.
  @Override
  public Point clip(Point x) {
    Point inBox = box.clip(x);
    if (function.at(inBox) <= level) {
      return inBox;
    }
    double inside = 0;
    double outside = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = 0.5 * (inside + outside);
      if (function.at(between(inBox, middle)) <= level) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return between(inBox, inside);
  }

  private Point between(Point x, double share) {
    double[] between = lowest.toArray();
    for (int i = 0; i < between.length; i++) {
      between[i] += share * (x.get(i) - between[i]);
    }
    return box.clip(Point.clip(between));
  }

  /// The clipped point is c + s (y - c) with f there at the level, so that with g the gradient of f there ds = -s (g, dy) / (g, y - c).
  @Override
  public void pull(Point x, double[] slope) {
    Point y = box.clip(x);
    if (function.at(y) > level) {
      Point border = clip(y);
      double[] g = new double[slope.length];
      function.at(border, g);
      double out = 0;
      double along = 0;
      double far = 0;
      double near = 0;
      for (int i = 0; i < g.length; i++) {
        double ray = y.get(i) - lowest.get(i);
        out += g[i] * ray;
        along += slope[i] * ray;
        far += ray * ray;
        near += ray * (border.get(i) - lowest.get(i));
      }
      double s = near / far;
      for (int i = 0; i < g.length; i++) {
        slope[i] = s * (slope[i] - g[i] * along / out);
      }
    }
    box.pull(x, slope);
  }

  @Override
  public Box bounds() {
    return box;
  }
}
